role-reader = lukija
role-contributor = osallistuja
role-editor = toimittaja
role-publisher = julkaisija
role-manager = pääkäyttäjä
status-draft = luonnos
status-in_review = tarkistettavana
status-published = julkaistu, mutta ei nyt voimassa
status-archived = arkistoitu
principal-person = sinä ({ $id })
principal-post = virka { $id }
principal-group = ryhmä { $id }
principal-unit = { $id }
principal-everyone = koko henkilöstö
allowed-grant = Kyllä: rooli { $role } kohteessa { $scope }, saaja { $principal } (sääntö { $rule }).
allowed-grant-via = Kyllä: rooli { $role } kohteessa { $scope }, saaja { $principal }, johon kuulut: { $via } (sääntö { $rule }).
allowed-visibility = Kyllä: { $scope } on avoin, { $principal } (sääntö { $rule }).
allowed-administration = Kyllä: alustan ylläpito hoitaa kohdetta { $scope } (sääntö { $rule }).
allowed-break_glass = Kyllä: avasit kohteen { $scope } hätäkeinolla ja perustelit sen; oikeus kestää tunnin ja tilan vetäjät saavat siitä tiedon (sääntö { $rule }).
allowed-own = Kyllä: se on omasi (sääntö { $rule }).
allowed-door = Kyllä: tähän ei tarvita erillistä oikeutta (sääntö { $rule }).
denied-active_service = Ei: vain palveluksessa oleva voi tehdä mitään (sääntö { $rule }).
denied-thing = Ei: sellaista ei ole (sääntö { $rule }).
denied-role = Ei: tähän tarvitaan rooli { $needed }, eikä sinulla ole täällä roolia (sääntö { $rule }).
denied-role-held = Ei: tähän tarvitaan rooli { $needed }, roolisi on { $held } (sääntö { $rule }).
denied-publication = Ei: sen tila on { $status } (sääntö { $rule }).
denied-own_role = Ei: se on luokiteltu, ja siihen tarvitaan juuri siinä paikassa annettu rooli (sääntö { $rule }).
denied-clearance = Ei: siihen tarvitaan turvallisuusselvitys luokkaan TL IV (sääntö { $rule }).
denied-invitation = Ei: vierailija pääsee vain työtiloihin, joihin hänet on kutsuttu (sääntö { $rule }).
denied-open_comments = Ei: kommentointi on suljettu (sääntö { $rule }).
denied-active_workspace = Ei: työtila on arkistoitu (sääntö { $rule }).
denied-applicable = Ei: sellaiselle ei voi tehdä tätä (sääntö { $rule }).
denied-staff = Ei: vierailija liittyy vain kutsusta (sääntö { $rule }).
denied-part = Ei: avasit kohteen hätäkeinolla, ja se antaa luvan lukea, ei osallistua (sääntö { $rule }).
could-give = { $count ->
    [one] Sen voi antaa { $count } henkilö: { $people }.
   *[other] Sen voi antaa { $count } henkilöä: { $people }.
}
