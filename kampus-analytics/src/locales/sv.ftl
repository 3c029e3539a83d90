# Kampus-rapporter, svenska.

report-title = Kampus: användning och samarbete
report-period = { $from } – { $to }
report-about = Hur ministeriernas personal använder sitt gemensamma skrivbord och arbetar över organisationsgränserna. Siffrorna gäller grupper: ingen siffra gäller färre än { $k } personer.
skip = Hoppa till innehållet
contents = Innehåll
key-figures = Nyckeltal
key-active = Aktiva personer under den senaste hela veckan
key-active-note = { $share } av { $staff } i aktiv tjänst, veckan från { $week }
key-news = Personer som läste nyheter under perioden
key-news-note = { $share } av { $staff } i aktiv tjänst
key-pairs = Organisationspar där man arbetar i den andras utrymmen
key-pairs-note = av { $possible } möjliga riktningar, de som har minst { $k } deltagare
not-shown = visas inte

table-active_people = Aktiva personer per organisation och vecka
define-active_people = Olika personer med minst en avsiktlig handling (visning, redigering, skapande, publicering, kommentar, reaktion, anslutning, utträde, sökning, kvittering) under en vecka från måndag till söndag, Helsingforstid, enligt den organisation de hör till. Andel: av organisationens personer i aktiv tjänst, så som katalogen känner dem nu. Veckor helt utan uppgifter är luckor, inte nollor.
chart-active-all = Aktiva personer per vecka, alla organisationer
chart-active-all-text = { $first } personer veckan från { $first_week }, { $last } veckan från { $last_week }; flest, { $most }, veckan från { $most_week }.
chart-active-each = Andel av personalen som är aktiv varje vecka, per organisation
chart-active-each-text = { $name }: { $first } den första veckan som visas, { $last } den sista, som mest { $most }.
chart-weeks = Diagrammen utelämnar veckor som perioden skär av och veckor med saknade dagar.
chart-active-none = { $name }: ingen vecka kan visas.

table-interactions = Vem arbetar i vems utrymmen
define-interactions = Bidrag (skapande, redigering, publicering, kommentar, reaktion) enligt bidragsgivarens organisation och den organisation i vars sektion eller arbetsrum det sker; gemensamma sektioner hör till hela statsrådet (VN). Händelser är handlingar, personer är olika bidragsgivare. Ett par med färre personer än den minsta gruppen döljs helt.
matrix-caption = Bidrag: på raderna bidragsgivarens organisation, i kolumnerna vems utrymme det är. Ju mörkare, desto fler.
matrix-corner = Från / till

table-news_reach = Läsare av de mest lästa nyheterna per organisation
define-news_reach = Olika läsare av en nyhet enligt den organisation de hör till, för de 20 mest lästa nyheterna. Andel: av organisationens personer i aktiv tjänst, så som katalogen känner dem nu. En läsare har öppnat nyheten minst en gång under perioden.
news-caption = Andelen av varje organisations personer som läste nyheten; de mest lästa först.

table-news_reach_overall = Nyheternas räckvidd per organisation
define-news_reach_overall = Olika läsare av någon nyhet enligt den organisation de hör till. Andel: av organisationens personer i aktiv tjänst, så som katalogen känner dem nu.
chart-reach = Andel av personalen som läste nyheter, per organisation
chart-reach-text = Högst: { $most_name }, { $most }. Lägst av dem som visas: { $least_name }, { $least }. Alla tillsammans: { $all }.
chart-nothing = Ingenting i detta diagram kan visas.

definition = Definition
whole-table = Hela tabellen ({ $rows } rader)
column-week = Vecka från
column-organisation = Organisation
column-people = Personer
column-staff = Personal
column-share = Andel
column-from = Från
column-to = Till vems utrymme
column-events = Bidrag
column-item = Innehåll
column-title = Rubrik
column-published = Publicerad
column-readers = Läsare
all-organisations = Alla organisationer

quality = Uppgifternas kvalitet
quality-events = Händelser under perioden: { $events }.
quality-days = Uppgifter från { $first } till { $last }.
quality-unknown = Händelser av personer vars organisation inte är känd (gäster och de som saknas i katalogen), i ingen siffra: { $events }.
quality-rejected = Rader som inte kunde läsas när uppgifterna togs in, för alla perioder: { $rows }.
quality-gaps = Dagar utan uppgifter: { $gaps }.
quality-no-gaps = Det finns ingen lucka på tre dagar eller mer.

privacy = Skydd för privatlivet
privacy-pseudonyms = Personer är pseudonymer från det ögonblick då händelserna tas in. Det finns ingen rapport om enskilda personer.
privacy-hidden = ”{ $mark }” står för en siffra som inte visas: den gäller färre än { $k } personer, ingen alls inräknat, eller så skulle en sådan siffra kunna räknas ut ur den.
privacy-deliberate = Bara avsiktliga handlingar räknas, inte det som en dator öppnar av sig själv.
privacy-rolled = Beskickningarna räknas till sitt ministerium och ämbetsverken till sitt.
privacy-gap = ”{ $mark }” står där det inte finns något att räkna eller dela med.

workbook-contents = Innehåll
workbook-sheet = Blad
workbook-what = Vad det innehåller
