role-reader = läsare
role-contributor = medarbetare
role-editor = redaktör
role-publisher = publicerare
role-manager = huvudanvändare
status-draft = ett utkast
status-in_review = under granskning
status-published = publicerad, men gäller inte nu
status-archived = arkiverad
principal-person = du ({ $id })
principal-post = tjänsten { $id }
principal-group = gruppen { $id }
principal-unit = { $id }
principal-everyone = hela personalen
allowed-grant = Ja: rollen { $role } i { $scope } har getts till: { $principal } (regel { $rule }).
allowed-grant-via = Ja: rollen { $role } i { $scope } har getts till: { $principal }, och du hör dit genom { $via } (regel { $rule }).
allowed-visibility = Ja: { $scope } är öppen för { $principal } (regel { $rule }).
allowed-administration = Ja: plattformens administratörer sköter { $scope } (regel { $rule }).
allowed-break_glass = Ja: du öppnade { $scope } i nödfall och angav ett skäl; rätten gäller i en timme och de som leder rummet får veta det (regel { $rule }).
allowed-own = Ja: det är ditt eget (regel { $rule }).
allowed-door = Ja: för detta behövs ingen särskild rätt (regel { $rule }).
denied-active_service = Nej: endast den som är i tjänst får göra något (regel { $rule }).
denied-thing = Nej: något sådant finns inte (regel { $rule }).
denied-role = Nej: detta kräver rollen { $needed }, och du har ingen roll här (regel { $rule }).
denied-role-held = Nej: detta kräver rollen { $needed }, din roll är { $held } (regel { $rule }).
denied-publication = Nej: det är { $status } (regel { $rule }).
denied-own_role = Nej: det är klassificerat och kräver en roll som getts just där (regel { $rule }).
denied-clearance = Nej: det kräver säkerhetsutredning för klass TL IV (regel { $rule }).
denied-invitation = Nej: gäster når bara de arbetsytor som har bjudit in dem (regel { $rule }).
denied-open_comments = Nej: kommentarerna är stängda (regel { $rule }).
denied-active_workspace = Nej: arbetsytan är arkiverad (regel { $rule }).
denied-applicable = Nej: det går inte att göra med en sådan sak (regel { $rule }).
denied-staff = Nej: gäster ansluter sig bara på inbjudan (regel { $rule }).
denied-part = Nej: du öppnade i nödfall, och det ger rätt att läsa, inte att delta (regel { $rule }).
could-give = { $count ->
    [one] { $count } person kan ge den: { $people }.
   *[other] { $count } personer kan ge den: { $people }.
}
