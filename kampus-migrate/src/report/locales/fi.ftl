# Sivujen tekstit suomeksi. $n on luku kirjoitettuna, $count valitsee yksikön ja monikon.

skip = Siirry sisältöön
contents = Sisällys
total = Yhteensä
untitled = (ei otsikkoa)
yes = kyllä
no = ei
nothing-read = mitään ei voitu lukea
no-date = ei päiväystä
bytes = { $count ->
    [one] 1 tavu
   *[other] { $n } tavua
}
unit-kB = kt
unit-MB = Mt
unit-GB = Gt
unit-TB = Tt
caption-all = { $text }: { $all }
caption-some = { $text }: { $shown } ensimmäistä, kaikkiaan { $all }
and-more = ja { $n } muuta
page-in-row = { $title } ({ $source }, rivi { $row })

kind-page = sivu
kind-news = uutinen
kind-service = palvelu
kind-discussion = keskustelu
kind-file = tiedosto
kind-comment = kommentti
kind-person = henkilö
kind-redirect = uudelleenohjaus
markup-meaning = lyhytkoodin { $code } merkitys
markup-tracker = seurantakuva
language-fi = suomi
language-sv = ruotsi
language-en = englanti
language-se = pohjoissaame

column-goes-to = Minne
column-organisation = Organisaatio
column-place-kind = Laji
column-rule = Sääntö
column-target = Kohde
column-visibility = Kuka näkee
column-address = Osoite
column-advice = Mitä asialle tehdään
column-bytes = Koko
column-comments = Kommentteja
column-detail = Tarkemmin
column-email = Sähköposti
column-file = Tiedosto
column-files = Tiedostoja
column-findings = Löydöksiä
column-from = Sivut, joilla linkki on
column-id = Tunniste
column-kind = Laji
column-language = Kieli
column-links = Linkkejä
column-listed = Henkilöluettelossa
column-mark = Merkintä
column-markup = Mitä
column-modified = Muutettu viimeksi
column-name = Nimi
column-no-content = Ei sisältöä
column-owner = Omistaja
column-page = Sivu
column-pages = Sivuja
column-place = Paikka viennissä
column-problem = Huomio
column-reason = Syy
column-records = Tietueita
column-row = Rivi
column-run = Siirrossa
column-share = Osuus
column-source = Lähde
column-sources = Lähteet
column-text = Teksti
column-times = Kertoja
column-title = Otsikko
column-year = Vuosi

assessment-title = Sisältöarvio: { $plan }
assessment-made = Tehty { $day } vanhojen intranetien vientitiedostoista. Mitään ei ole vielä siirretty.
assessment-about = Arvio on siirron valmistelijoille ja sisällönomistajien esihenkilöille. Se kertoo, mitä vanhoissa intraneteissä on, minkä ikäistä sisältö on, kuka siitä vastaa ja mistä on päätettävä ennen siirtoa.

verdict-pages = { $count ->
    [one] Yksi sivu
   *[other] { $n } sivua
}
verdict-sources = { $count ->
    [one] yhdestä lähteestä.
   *[other] { $n } lähteestä.
}
verdict-troubled = { $count ->
    [0] Yhdestäkään ei ole huomautettavaa.
    [one] Yhdestä on huomautettavaa.
   *[other] { $n } sivusta on huomautettavaa.
}
verdict-marks = { $count ->
    [one] Yksi suojaus- tai salassapitomerkintä odottaa ratkaisua
   *[other] { $n } suojaus- tai salassapitomerkintää odottaa ratkaisua
}
verdict-rejected = { $count ->
    [one] Yksi tietue on viennissä rikki, eikä se siirry korjaamatta
   *[other] { $n } tietuetta on viennissä rikki, eivätkä ne siirry korjaamatta
}
verdict-stopped = { $count ->
    [one] Yhtä tiedostoa ei voitu lukea loppuun
   *[other] { $n } tiedostoa ei voitu lukea loppuun
}

number-pages = sivua päätettäväksi
number-files = tiedostoa
number-comments = kommenttia
number-people = henkilöä
number-bytes = sisältöä kaikkiaan
number-marks = suojausmerkintää
number-rejected = rikkinäistä tietuetta

next-heading = Mitä seuraavaksi
next-fill = Sisällönomistajat päättävät jokaisesta sivusta työkirjassa
next-rows = Tämän sivun luetteloissa Rivi on sivun rivi tuossa työkirjassa.
next-survey = Sisällönomistajat päättävät jokaisesta sivusta työkirjassa, jonka komento survey tekee. Tämän sivun luetteloissa Rivi on sivun rivi tuossa työkirjassa.
next-marks = Suojausmerkinnät ratkaistaan yksitellen: asiakirja julistetaan julkiseksi, se jätetään pois, tai osion enimmäisluokitusta nostetaan.
next-mend = Rikkinäiset tietueet, puuttuvat tiedostot ja puuttuvat henkilöt korjataan vientiin tai henkilöluetteloon, ja kartoitus tehdään uudelleen.
next-rehearse = Siirtoa harjoitellaan ennen kuin se tehdään: harjoitus kertoo kaiken eikä kirjoita mitään.

holdings-heading = Mitä vanhoissa intraneteissä on
holdings-about = Tietueet lähteittäin ja lajeittain. Koko on tekstien ja tallella olevien tiedostojen koko. Ei sisältöä tarkoittaa tietueita, jotka jäävät pois päätöksistä riippumatta: valikot, roskapostin ja roskakorin.
holdings-caption = Tietueet lähteittäin ja lajeittain
places-heading = Minne sivut menevät
places-about = Suunnitelman säännöt ja kohteet. Sisällönomistaja voi vaihtaa sivun kohteen työkirjassa.
places-targets = Kohteet ja niihin säännöillä menevät sivut
places-rules = Säännöt ja mitä ne ottavat
place-section = osio
place-workspace = työtila
visibility-government = koko valtioneuvosto
visibility-organisation = organisaatio
visibility-restricted = rajattu
visibility-open = avoin
visibility-closed = suljettu
visibility-hidden = piilotettu
no-rule = (ei sääntöä)
own-section = lähteen oma osio
stays-behind = ei siirry

age-heading = Milloin sivuja on viimeksi muutettu
age-about = Vanha sivu ei ole väärä, mutta jonkun on luettava se ennen siirtoa. Sivu, jolla ei ole muutospäivää, on laskettu luontivuoteensa.
age-caption = Sivut viimeisen muutoksen vuoden mukaan
languages-heading = Kielet
languages-about = Kieli päätetään siitä, mitä lähde sivusta kertoo, tai suunnitelman säännöstä; jos ne eivät kerro, tekstistä.
languages-caption = Sivut kielittäin
language-given = { $count ->
    [one] Yhden sivun kielen kertoi lähde.
   *[other] { $n } sivun kielen kertoi lähde.
}
language-ruled = { $count ->
    [one] Yhden sivun kielen määräsi suunnitelman sääntö.
   *[other] { $n } sivun kielen määräsi suunnitelman sääntö.
}
language-detected = { $count ->
    [one] Yhden sivun kieli pääteltiin tekstistä.
   *[other] { $n } sivun kieli pääteltiin tekstistä.
}
language-assumed = { $count ->
    [one] Yhden sivun kieltä ei tiedetä: se on oletettu suunnitelman kieleksi.
   *[other] { $n } sivun kieltä ei tiedetä: se on oletettu suunnitelman kieleksi.
}
owners-heading = Omistajat
owners-about = Omistaja on se, jonka lähde nimeää sivun tekijäksi tai vastuuhenkilöksi. Uusi omistaja merkitään työkirjaan.
owners-caption = Eniten sivuja
owners-none = { $count ->
    [0] Jokaisella sivulla on omistaja.
    [one] Yhdellä sivulla ei ole omistajaa.
   *[other] { $n } sivulla ei ole omistajaa.
}
owners-unlisted = { $count ->
    [0] Jokainen omistaja on henkilöluettelossa.
    [one] Yhden sivun omistaja ei ole missään henkilöluettelossa.
   *[other] { $n } sivun omistaja ei ole missään henkilöluettelossa.
}
owners-no-lists = Suunnitelmassa ei ole henkilöluetteloa, joten kaikki ovat tuntemattomia.

problems-heading = Huomiot sivuista
problems-about = Samalla sivulla voi olla monta huomiota. Työkirjan sarakkeessa Huomiot ovat kaikki; tässä on jokaisesta lajista enintään kymmenen esimerkkiä.
problems-none = Sivuista ei ole huomautettavaa.
problems-caption = Huomiot lajeittain
problem-mark = Suojaus- tai salassapitomerkintä
problem-mark-advice = Ratkaistaan ennen siirtoa. Vanhaa merkintää ei tulkita: sivu joko jää pois tai siirtyy niin suppeana kuin osio sallii.
problem-impossible = Sääntöä ei voi noudattaa
problem-impossible-advice = Korjaa sääntö tai päätös: muuten sivu hylätään.
problem-route = Sääntö tekee muutakin kuin siirtää
problem-route-advice = Tarkista, onko näin tarkoitus: sivu näkyy muille tai päätyy muualle.
problem-no-owner = Ei omistajaa
problem-no-owner-advice = Merkitse työkirjaan uusi omistaja. Muuten omistajaksi tulee ”Tuntematon tekijä”.
problem-unlisted-owner = Omistaja ei ole henkilöluettelossa
problem-unlisted-owner-advice = Merkitse uusi omistaja, tai lisää henkilö luetteloon. Muuten tilalle tehdään tunnus, jolla ei voi kirjautua.
problem-private = Yksityinen sivu
problem-private-advice = Siirtyy luonnoksena, jonka vain tekijä ja toimittajat näkevät. Julkaise tai poista siirron jälkeen.
problem-password = Salasanan takana
problem-password-advice = Siirtyy luonnoksena ilman salasanaa. Julkaise siirron jälkeen niille, joille se kuuluu.
problem-trash = Roskakorissa
problem-trash-advice = Ei siirry. Palauta vanhassa järjestelmässä, jos sitä tarvitaan.
problem-no-title = Ei otsikkoa
problem-no-title-advice = Saa otsikoksi ”Nimetön”. Lisää otsikko vanhassa järjestelmässä tai siirron jälkeen.
problem-no-text = Ei tekstiä
problem-no-text-advice = Harkitse poistamista: sivulla ei ole luettavaa.
problem-same-text = Sama teksti monella sivulla
problem-same-text-advice = Säilytä yksi, yhdistä muut siihen. Vanhat osoitteet johtavat silloin säilyneeseen.
problem-dead-link = Linkki, joka ei johda mihinkään
problem-dead-link-advice = Korjaa tai poista linkki. Siirto ei muuta sitä.
problem-markup = Muotoilua tai koodia, joka ei siirry
problem-markup-advice = Sanat säilyvät. Katso siirron jälkeen sivut, joilla oli upotuksia tai lomakkeita.

marks-heading = Suojausmerkinnät
marks-about = Jokainen tekstistä löytynyt suojaus- tai salassapitomerkintä ja sen paikka. Merkinnän ympärillä olevaa tekstiä ei toisteta tässä, koska tällä sivulla voi olla enemmän lukijoita kuin asiakirjalla.
marks-none = Teksteistä ei löytynyt suojaus- eikä salassapitomerkintöjä.
marks-refused = ei siirry: osio ei saa sisältää tällaista
marks-narrow = siirtyy salassa pidettävänä; tarkistettava

duplicates-heading = Samat tekstit
duplicates-about = Sivut, joiden tekstissä on samat sanat samassa järjestyksessä.
duplicates-none = Kahdella sivulla ei ole samaa tekstiä.
duplicates-text = { $count ->
    [0] { $number }. (vain kuvia)
    [one] { $number }. (yksi sana)
   *[other] { $number }. ({ $n } sanaa)
}

dead-links-heading = Rikkinäiset linkit
dead-links-about = Vanhojen intranetien osoitteita, joihin sivuilta on linkki mutta joita missään viennissä ei ole.
dead-links-none = Kaikki linkit vanhojen intranetien sisällä johtavat sivulle, joka on mukana.

left-out-heading = Mikä jää pois
left-out-about = Nämä eivät siirry, päätettiinpä sivuista mitä tahansa. Näkyvät sanat säilyvät.
left-out-markup = Muotoilut ja koodi
left-out-no-markup = Sivujen muotoiluista ei jää mitään pois.
left-out-records = Tietueet, jotka eivät ole sisältöä

unknown-people-heading = Tuntemattomat henkilöt
unknown-people-about = Vienneissä nimetyt, joita ei ole missään henkilöluettelossa. Siirto tekee heidän tilalleen tunnuksen, jolla ei voi kirjautua.
unknown-people-none = Kaikki vienneissä nimetyt ovat henkilöluettelossa.

missing-files-heading = Puuttuvat tiedostot
missing-files-about = Liitteet, jotka viennissä nimetään mutta joita ei voi ottaa mukaan.
missing-files-none = Kaikki liitteet ovat tallella.

rejected-heading = Hylättävät tietueet
rejected-about = Tietueet, jotka ovat viennissä rikki. Siirto jättää ne pois ja jatkaa muista.
rejected-none = Yhtään tietuetta ei tarvitse hylätä.
rejected-stopped = Lähdettä { $source } ei voitu lukea loppuun:

column-addresses = Vanhat osoitteet
column-by = Kenen mukaan
column-claim = Väite
column-expected = Pitäisi olla
column-found = On
column-item = Kohde
column-leads-to = Johtaa kohteeseen
column-person = Henkilö
column-looked-at = Tarkastettu
column-missing = Puuttuu
column-number = Määrä
column-texts = Tekstejä
column-verdict = Tulos
column-words = Sanat
column-wrong = Virheitä

proof-title = Siirron todiste: { $plan }
proof-made = Tehty { $day } vientitiedostoista ja varastosta { $store } sellaisina kuin ne silloin olivat.
proof-about = Vientitiedostot luettiin uudelleen ja jokaista tietuetta verrattiin siihen, mitä siitä tuli. Todiste ei nojaa siirron omiin laskureihin.
proof-proven = Todistettu: jokaisesta tietueesta tiedetään, mitä siitä tuli, sanoja ei puutu, ja jokainen vanha osoite johtaa perille.
proof-not-proven = Ei todistettu: jotain puuttuu tai on toisin. Kohdat luetellaan alla.

checked-records = tietuetta
checked-bodies = tekstiä
checked-words = sanaa
checked-files = tiedostoa
checked-bytes = tiedostoissa
checked-links = linkkiä kohteisiin
checked-addresses = vanhaa osoitetta

claims-heading = Mitä todistettiin
claims-about = Jokaisen väitteen on pidettävä. Virheet luetellaan yksitellen.
claim-equations = Jokainen tietue on ladattu, yhdistetty, poistettu päätöksellä tai hylätty syystä
claim-words = Lähteen jokainen sana on kohteessaan, samassa järjestyksessä
claim-hashes = Sisältö on tavulleen se, joka siirrettiin, ellei sitä ole sen jälkeen muokattu
claim-links = Jokainen sisäinen linkki johtaa kohteeseen, joka on olemassa
claim-addresses = Jokainen vanha osoite johtaa siihen, mitä sen tietueesta tuli, myös verkkopalvelimien säännöissä
claim-readers = Kukaan ei lue mitään, mitä ei voinut lukea lähteessä, ellei siitä ole sen jälkeen päätetty
claim-others = Jokainen lähde voitiin lukea loppuun, ja liitteet ovat tallella
looked-at-equations = { $count ->
    [one] 1 yhtälö
   *[other] { $n } yhtälöä
}
looked-at-words = { $count ->
    [one] 1 sana
   *[other] { $n } sanaa
}
looked-at-hashes = { $count ->
    [one] 1 sisältö
   *[other] { $n } sisältöä
}
looked-at-links = { $count ->
    [one] 1 linkki
   *[other] { $n } linkkiä
}
looked-at-addresses = { $count ->
    [one] 1 osoite
   *[other] { $n } osoitetta
}
looked-at-readers = { $count ->
    [one] 1 rajatun sivun lukija
   *[other] { $n } rajattujen sivujen lukijaa
}
looked-at-others = { $count ->
    [one] 1 lähde
   *[other] { $n } lähdettä
}
holds = pitää
holds-not = ei pidä

equations-heading = Mitä tietueista tuli
equations-about = Luettu = ladattu + päivitetty + yhdistetty + poistettu + hylätty. Puuttuva on tietue, josta kirjanpito ei tiedä mitään tai jonka kohde ei ole varastossa.
equations-caption = Yhtälöt lähteittäin ja lajeittain
fate-read = Luettu
fate-loaded = = ladattu
fate-updated = + päivitetty
fate-merged = + yhdistetty
fate-discarded = + poistettu
fate-rejected = + hylätty
fate-missing = Puuttuu

words-heading = Puuttuvat sanat
words-about = Tekstit, joista puuttuu sanoja tai joissa ne ovat eri järjestyksessä.
hashes-heading = Muuttunut sisältö
hashes-about = Tiedostot ja tekstit, jotka eivät ole tavulleen sitä, mitä siirrettiin. Luvut ovat BLAKE3-tiivisteitä.
links-heading = Linkit, joiden kohdetta ei ole
links-about = Linkit siirretyissä teksteissä kohteisiin, joita varastossa ei ole.
addresses-heading = Osoitteet, jotka johtavat väärään paikkaan
addresses-about = Vanhat osoitteet, jotka eivät johda siihen, mitä niiden tietueesta tuli.
by-ledger = kirjanpito
by-store = varasto
by-rules = verkkopalvelimien säännöt
by-redirect = vanha uudelleenohjaus
found-nothing = ei mitään
readers-heading = Liikaa lukevat henkilöt
readers-about = Henkilöt, jotka voivat lukea täällä jotakin, mitä eivät voineet lukea lähteessä, ja kohde.
others-heading = Muut esteet
others-about = Mitä muuta todisteen tiellä on.

sum-heading = Vanhat osoitteet
sum-about = { $count ->
    [one] Verkkopalvelimien säännöissä on yksi osoite.
   *[other] Verkkopalvelimien säännöissä on { $n } osoitetta.
}
sum-caption = Mihin vienneissä olevat osoitteet johtavat
addresses-read = Osoitteita vienneissä
addresses-landed = = johtavat perille
addresses-shared = + ovat toisenkin tietueen, johon johtavat
addresses-left-behind = + kuuluvat tietueille, jotka eivät siirtyneet
addresses-not-web = + eivät ole verkko-osoitteita
addresses-unwritten = + eivät taivu palvelimen säännöksi
addresses-wrong = + johtavat väärään paikkaan
edited-heading = Muokattu molemmilla puolilla
edited-about = Sivuja, joita on muokattu Kampuksessa siirron jälkeen ja joiden teksti on muuttunut myös lähteessä. Kampuksen teksti jäi voimaan.
gone-heading = Ei enää lähteessä
gone-about = Tietueita, jotka on siirretty ja joita lähteessä ei enää ole. Se, mitä niistä tuli, säilyy Kampuksessa.
dead-heading = Linkit, jotka eivät johda mihinkään
dead-about = Linkit vanhojen intranetien sivuille, joita missään viennissä ei ole tai jotka jäivät pois. Ne olivat rikki jo ennen siirtoa tai tulivat rikki päätöksestä, eivätkä ole hävikkiä.
shared-heading = Yhteiset osoitteet
shared-about = Osoitteet, jotka usealla tietueella on. Osoite johtaa siihen, joka luettiin ensin.
unwritten-heading = Osoitteet ilman sääntöä
unwritten-about = Vanhat osoitteet, joille ei voi kirjoittaa verkkopalvelimen sääntöä.
dropped-heading = Mikä jätettiin pois
dropped-about = Muotoilut ja koodi, jotka teksteistä jäivät pois. Sanoja niissä ei ollut.
