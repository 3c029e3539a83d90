# Sidornas texter på svenska. $n är talet i skrift, $count väljer ental och flertal.

skip = Till innehållet
contents = Innehåll
total = Totalt
untitled = (utan rubrik)
yes = ja
no = nej
nothing-read = inget kunde läsas
no-date = inget datum
bytes = { $count ->
    [one] 1 byte
   *[other] { $n } byte
}
unit-kB = kB
unit-MB = MB
unit-GB = GB
unit-TB = TB
caption-all = { $text }: { $all }
caption-some = { $text }: de första { $shown } av { $all }
and-more = och { $n } till
page-in-row = { $title } ({ $source }, rad { $row })

kind-page = sida
kind-news = nyhet
kind-service = tjänst
kind-discussion = diskussion
kind-file = fil
kind-comment = kommentar
kind-person = person
kind-redirect = omdirigering
markup-meaning = betydelsen av kortkoden { $code }
markup-tracker = spårningsbild
language-fi = finska
language-sv = svenska
language-en = engelska
language-se = nordsamiska

column-goes-to = Vart
column-organisation = Organisation
column-place-kind = Slag
column-rule = Regel
column-target = Mål
column-visibility = Vem ser
column-address = Adress
column-advice = Vad som görs åt saken
column-bytes = Storlek
column-comments = Kommentarer
column-detail = Närmare
column-email = E-post
column-file = Fil
column-files = Filer
column-findings = Fynd
column-from = Sidor med länken
column-id = Identifierare
column-kind = Slag
column-language = Språk
column-links = Länkar
column-listed = I personlistan
column-mark = Märkning
column-markup = Vad
column-modified = Senast ändrad
column-name = Namn
column-no-content = Inget innehåll
column-owner = Ansvarig
column-page = Sida
column-pages = Sidor
column-place = Ställe i exporten
column-problem = Anmärkning
column-reason = Orsak
column-records = Poster
column-row = Rad
column-run = I flytten
column-share = Andel
column-source = Källa
column-sources = Källor
column-text = Text
column-times = Gånger
column-title = Rubrik
column-year = År

assessment-title = Innehållsbedömning: { $plan }
assessment-made = Gjord { $day } av de gamla intranätens exportfiler. Inget har flyttats ännu.
assessment-about = Bedömningen är för dem som bereder flytten och för de innehållsansvarigas chefer. Den berättar vad som finns i de gamla intranäten, hur gammalt innehållet är, vem som ansvarar för det och vad som måste avgöras före flytten.

verdict-pages = { $count ->
    [one] En sida
   *[other] { $n } sidor
}
verdict-sources = { $count ->
    [one] från en källa.
   *[other] från { $n } källor.
}
verdict-troubled = { $count ->
    [0] Ingen av dem ger anledning till anmärkning.
    [one] En av dem ger anledning till anmärkning.
   *[other] { $n } av dem ger anledning till anmärkning.
}
verdict-marks = { $count ->
    [one] En skydds- eller sekretessmärkning väntar på avgörande
   *[other] { $n } skydds- eller sekretessmärkningar väntar på avgörande
}
verdict-rejected = { $count ->
    [one] En post är trasig i exporten och flyttas inte om den inte lagas
   *[other] { $n } poster är trasiga i exporten och flyttas inte om de inte lagas
}
verdict-stopped = { $count ->
    [one] En fil kunde inte läsas till slut
   *[other] { $n } filer kunde inte läsas till slut
}

number-pages = sidor att besluta om
number-files = filer
number-comments = kommentarer
number-people = personer
number-bytes = innehåll i allt
number-marks = skyddsmärkningar
number-rejected = trasiga poster

next-heading = Vad som följer
next-fill = De innehållsansvariga beslutar om varje sida i arbetsboken
next-rows = I listorna på denna sida är Rad sidans rad i den arbetsboken.
next-survey = De innehållsansvariga beslutar om varje sida i den arbetsbok som kommandot survey gör. I listorna på denna sida är Rad sidans rad i den arbetsboken.
next-marks = Skyddsmärkningarna avgörs en och en: handlingen förklaras offentlig, den lämnas bort, eller avdelningens högsta klass höjs.
next-mend = Trasiga poster, filer som saknas och personer som saknas rättas i exporten eller i personlistan, och kartläggningen görs om.
next-rehearse = Flytten övas innan den görs: övningen berättar allt och skriver inget.

holdings-heading = Vad de gamla intranäten innehåller
holdings-about = Poster efter källa och slag. Storleken är texternas och de bevarade filernas. Inget innehåll är poster som lämnas oavsett besluten: menyer, skräppost och papperskorgen.
holdings-caption = Poster efter källa och slag
places-heading = Vart sidorna går
places-about = Planens regler och mål. En innehållsansvarig kan byta en sidas mål i arbetsboken.
places-targets = Målen och sidorna som går dit enligt reglerna
places-rules = Reglerna och vad de tar
place-section = avdelning
place-workspace = arbetsyta
visibility-government = hela statsrådet
visibility-organisation = organisationen
visibility-restricted = begränsad
visibility-open = öppen
visibility-closed = stängd
visibility-hidden = dold
no-rule = (ingen regel)
own-section = källans egen avdelning
stays-behind = flyttas inte

age-heading = När sidorna senast ändrades
age-about = En gammal sida är inte fel, men någon måste läsa den före flytten. En sida utan ändringsdatum räknas till det år då den skapades.
age-caption = Sidor efter året för den senaste ändringen
languages-heading = Språk
languages-about = Språket avgörs av det som källan uppger för sidan eller av en regel i planen; uppger de inget, av texten.
languages-caption = Sidor efter språk
language-given = { $count ->
    [one] En sidas språk uppgav källan.
   *[other] { $n } sidors språk uppgav källan.
}
language-ruled = { $count ->
    [one] En sidas språk bestämde en regel i planen.
   *[other] { $n } sidors språk bestämde en regel i planen.
}
language-detected = { $count ->
    [one] En sidas språk framgår av texten.
   *[other] { $n } sidors språk framgår av texten.
}
language-assumed = { $count ->
    [one] En sidas språk är okänt: det antas vara planens.
   *[other] { $n } sidors språk är okänt: det antas vara planens.
}
owners-heading = Ansvariga
owners-about = Ansvarig är den som källan anger som sidans författare eller ansvariga. En ny ansvarig antecknas i arbetsboken.
owners-caption = Flest sidor
owners-none = { $count ->
    [0] Varje sida har en ansvarig.
    [one] En sida har ingen ansvarig.
   *[other] { $n } sidor har ingen ansvarig.
}
owners-unlisted = { $count ->
    [0] Varje ansvarig finns i en personlista.
    [one] En sidas ansvariga finns inte i någon personlista.
   *[other] { $n } sidors ansvariga finns inte i någon personlista.
}
owners-no-lists = Planen har ingen personlista, så alla är okända.

problems-heading = Anmärkningar på sidorna
problems-about = Samma sida kan ha många anmärkningar. Alla finns i arbetsbokens kolumn Anmärkningar; här finns högst tio exempel på varje slag.
problems-none = Sidorna ger ingen anledning till anmärkning.
problems-caption = Anmärkningar efter slag
problem-mark = Skydds- eller sekretessmärkning
problem-mark-advice = Avgörs före flytten. En gammal märkning tolkas inte: sidan lämnas bort eller flyttas så snävt som avdelningen tillåter.
problem-impossible = En regel kan inte följas
problem-impossible-advice = Rätta regeln eller beslutet: annars avvisas sidan.
problem-route = En regel gör mer än flyttar
problem-route-advice = Se efter om detta är meningen: sidan visas för andra eller hamnar någon annanstans.
problem-no-owner = Ingen ansvarig
problem-no-owner-advice = Anteckna en ny ansvarig i arbetsboken. Annars blir ”Okänd författare” ansvarig.
problem-unlisted-owner = Den ansvariga finns inte i personlistan
problem-unlisted-owner-advice = Anteckna en ny ansvarig eller för in personen i listan. Annars får den ett konto som ingen kan logga in med.
problem-private = Privat sida
problem-private-advice = Flyttas som utkast, som bara författaren och redaktörerna ser. Publicera eller ta bort efter flytten.
problem-password = Bakom lösenord
problem-password-advice = Flyttas som utkast utan lösenord. Publicera efter flytten för dem som den är för.
problem-trash = I papperskorgen
problem-trash-advice = Flyttas inte. Återställ i det gamla systemet om den behövs.
problem-no-title = Ingen rubrik
problem-no-title-advice = Får rubriken ”Namnlös”. Skriv en rubrik i det gamla systemet eller efter flytten.
problem-no-text = Ingen text
problem-no-text-advice = Överväg att ta bort sidan: den har inget att läsa.
problem-same-text = Samma text på flera sidor
problem-same-text-advice = Behåll en och slå ihop de andra med den. De gamla adresserna leder då till den som är kvar.
problem-dead-link = Länk som inte leder någonstans
problem-dead-link-advice = Rätta eller ta bort länken. Flytten ändrar den inte.
problem-markup = Utformning eller kod som inte flyttas
problem-markup-advice = Orden bevaras. Se efter flytten på sidor som hade inbäddningar eller formulär.

marks-heading = Skyddsmärkningar
marks-about = Varje skydds- eller sekretessmärkning som hittades i en text, med sitt ställe. Texten omkring upprepas inte här, för denna sida kan ha fler läsare än handlingen.
marks-none = Texterna har inga skydds- eller sekretessmärkningar.
marks-refused = flyttas inte: avdelningen får inte innehålla sådant
marks-narrow = flyttas som sekretessbelagd; bör granskas

duplicates-heading = Samma texter
duplicates-about = Sidor vars text har samma ord i samma ordning.
duplicates-none = Inga två sidor har samma text.
duplicates-text = { $count ->
    [0] { $number }. (bara bilder)
    [one] { $number }. (ett ord)
   *[other] { $number }. ({ $n } ord)
}

dead-links-heading = Trasiga länkar
dead-links-about = Adresser i de gamla intranäten som sidor länkar till men som ingen export innehåller.
dead-links-none = Alla länkar inom de gamla intranäten leder till en sida som är med.

left-out-heading = Vad som lämnas
left-out-about = Detta flyttas inte, vad som än beslutas om sidorna. De synliga orden bevaras.
left-out-markup = Utformning och kod
left-out-no-markup = Inget av sidornas utformning lämnas.
left-out-records = Poster som inte är innehåll

unknown-people-heading = Okända personer
unknown-people-about = De som nämns i exporterna men inte finns i någon personlista. Flytten gör åt dem ett konto som ingen kan logga in med.
unknown-people-none = Alla som nämns i exporterna finns i en personlista.

missing-files-heading = Filer som saknas
missing-files-about = Bilagor som exporten nämner men som inte kan tas med.
missing-files-none = Alla bilagor finns kvar.

rejected-heading = Poster som avvisas
rejected-about = Poster som är trasiga i exporten. Flytten lämnar dem och fortsätter med de andra.
rejected-none = Ingen post behöver avvisas.
rejected-stopped = Källan { $source } kunde inte läsas till slut:

column-addresses = Gamla adresser
column-by = Enligt
column-claim = Påstående
column-expected = Borde vara
column-found = Är
column-item = Mål
column-leads-to = Leder till
column-person = Person
column-looked-at = Granskat
column-missing = Saknas
column-number = Antal
column-texts = Texter
column-verdict = Resultat
column-words = Orden
column-wrong = Fel

proof-title = Bevis på flytten: { $plan }
proof-made = Gjort { $day } av exportfilerna och lagret { $store } sådana de då var.
proof-about = Exportfilerna lästes på nytt och varje post jämfördes med det som den blev. Beviset stöder sig inte på flyttens egna räkneverk.
proof-proven = Bevisat: om varje post vet man vad den blev, inga ord saknas, och varje gammal adress leder fram.
proof-not-proven = Inte bevisat: något saknas eller är annorlunda. Ställena räknas upp nedan.

checked-records = poster
checked-bodies = texter
checked-words = ord
checked-files = filer
checked-bytes = i filerna
checked-links = länkar till mål
checked-addresses = gamla adresser

claims-heading = Vad som bevisades
claims-about = Varje påstående måste hålla. Felen räknas upp ett och ett.
claim-equations = Varje post är inläst, sammanslagen, borttagen genom beslut eller avvisad av en orsak
claim-words = Varje ord i källan finns i sitt mål, i samma ordning
claim-hashes = Innehållet är till sista byten det som flyttades, om ingen har redigerat det sedan dess
claim-links = Varje intern länk leder till ett mål som finns
claim-addresses = Varje gammal adress leder till det som dess post blev, också i webbservrarnas regler
claim-readers = Ingen läser något som de inte kunde läsa i källan, om ingen har beslutat det sedan dess
claim-others = Varje källa kunde läsas till slut, och bilagorna finns kvar
looked-at-equations = { $count ->
    [one] 1 ekvation
   *[other] { $n } ekvationer
}
looked-at-words = { $count ->
    [one] 1 ord
   *[other] { $n } ord
}
looked-at-hashes = { $count ->
    [one] 1 innehåll
   *[other] { $n } innehåll
}
looked-at-links = { $count ->
    [one] 1 länk
   *[other] { $n } länkar
}
looked-at-addresses = { $count ->
    [one] 1 adress
   *[other] { $n } adresser
}
looked-at-readers = { $count ->
    [one] 1 läsare av en begränsad sida
   *[other] { $n } läsare av begränsade sidor
}
looked-at-others = { $count ->
    [one] 1 källa
   *[other] { $n } källor
}
holds = håller
holds-not = håller inte

equations-heading = Vad posterna blev
equations-about = Lästa = inlästa + uppdaterade + sammanslagna + borttagna + avvisade. En post saknas om bokföringen inte vet något om den eller om dess mål inte finns i lagret.
equations-caption = Ekvationerna efter källa och slag
fate-read = Lästa
fate-loaded = = inlästa
fate-updated = + uppdaterade
fate-merged = + sammanslagna
fate-discarded = + borttagna
fate-rejected = + avvisade
fate-missing = Saknas

words-heading = Ord som saknas
words-about = Texter där ord saknas eller står i annan ordning.
hashes-heading = Ändrat innehåll
hashes-about = Filer och texter som inte till sista byten är det som flyttades. Talen är BLAKE3-kondensat.
links-heading = Länkar vilkas mål inte finns
links-about = Länkar i flyttade texter till mål som inte finns i lagret.
addresses-heading = Adresser som leder fel
addresses-about = Gamla adresser som inte leder till det som deras post blev.
by-ledger = bokföringen
by-store = lagret
by-rules = webbservrarnas regler
by-redirect = den gamla omdirigeringen
found-nothing = inget
readers-heading = Personer som läser för mycket
readers-about = Personer som här kan läsa något som de inte kunde läsa i källan, och målet.
others-heading = Andra hinder
others-about = Vad annat som står i vägen för beviset.

sum-heading = Gamla adresser
sum-about = { $count ->
    [one] Webbservrarnas regler har en adress.
   *[other] Webbservrarnas regler har { $n } adresser.
}
sum-caption = Vart adresserna i exporterna leder
addresses-read = Adresser i exporterna
addresses-landed = = leder fram
addresses-shared = + är också en annan posts, dit de leder
addresses-left-behind = + hör till poster som inte flyttades
addresses-not-web = + är inga webbadresser
addresses-unwritten = + kan inte bli en regel för en server
addresses-wrong = + leder fel
edited-heading = Redigerat på båda hållen
edited-about = Sidor som har redigerats i Kampus efter flytten och vars text har ändrats också i källan. Texten i Kampus gäller.
gone-heading = Finns inte längre i källan
gone-about = Poster som har flyttats och som inte längre finns i källan. Det som blev av dem finns kvar i Kampus.
dead-heading = Länkar som inte leder någonstans
dead-about = Länkar till sidor i de gamla intranäten som ingen export innehåller eller som lämnades. De var brutna före flytten eller bröts av ett beslut och är ingen förlust.
shared-heading = Gemensamma adresser
shared-about = Adresser som flera poster har. Adressen leder till den som lästes först.
unwritten-heading = Adresser utan regel
unwritten-about = Gamla adresser som det inte går att skriva en regel för.
dropped-heading = Vad som lämnades bort
dropped-about = Utformning och kod som lämnades bort ur texterna. Inga ord fanns i dem.
