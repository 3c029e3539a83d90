# Kampus-raportit, suomi.

report-title = Kampus: käyttö ja yhteistyö
report-period = { $from } – { $to }
report-about = Miten ministeriöiden henkilöstö käyttää yhteistä työpöytäänsä ja tekee työtä yli organisaatiorajojen. Luvut koskevat ryhmiä: yksikään luku ei koske alle { $k } henkilöä.
skip = Siirry sisältöön
contents = Sisällys
key-figures = Keskeiset luvut
key-active = Aktiivisia henkilöitä viimeisellä kokonaisella viikolla
key-active-note = { $share } palveluksessa olevista, joita on { $staff }; viikko alkaen { $week }
key-news = Uutisia jakson aikana lukeneita henkilöitä
key-news-note = { $share } palveluksessa olevista, joita on { $staff }
key-pairs = Organisaatiopareja, joissa työskennellään toisen tiloissa
key-pairs-note = mahdollisia suuntia { $possible }; luettu ne, joissa osallistujia on vähintään { $k }
not-shown = ei näytetä

table-active_people = Aktiiviset henkilöt organisaatioittain ja viikoittain
define-active_people = Eri henkilöt, joilla on vähintään yksi tarkoituksellinen teko (katselu, muokkaus, luonti, julkaisu, kommentti, reaktio, liittyminen, poistuminen, haku, kuittaus) viikon aikana maanantaista sunnuntaihin Helsingin aikaa, sen mukaan mihin organisaatioon he kuuluvat. Osuus: organisaation palveluksessa olevista, sellaisina kuin hakemisto heidät nyt tuntee. Viikot, joilta ei ole lainkaan tietoja, ovat aukkoja eivätkä nollia.
chart-active-all = Aktiivisia henkilöitä viikossa, kaikki organisaatiot
chart-active-all-text = { $first } henkilöä { $first_week } alkavalla viikolla, { $last } henkilöä { $last_week } alkavalla; eniten, { $most }, { $most_week } alkavalla viikolla.
chart-active-each = Viikoittain aktiivisten osuus henkilöstöstä organisaatioittain
chart-active-each-text = { $name }: ensimmäisellä näytetyllä viikolla { $first }, viimeisellä { $last }, enimmillään { $most }.
chart-weeks = Kuvioista on jätetty pois viikot, jotka jakso katkaisee tai joista puuttuu päiviä.
chart-active-none = { $name }: yhtäkään viikkoa ei voida näyttää.

table-interactions = Kuka työskentelee kenenkin tiloissa
define-interactions = Osallistumiset (luonti, muokkaus, julkaisu, kommentti, reaktio) osallistujan organisaation mukaan ja sen organisaation mukaan, jonka osiossa tai työtilassa se tapahtuu; yhteiset osiot kuuluvat koko valtioneuvostolle (VN). Tapahtumat ovat tekoja, henkilöt eri osallistujia. Pari, jossa on henkilöitä vähemmän kuin pienin ryhmä, on kokonaan piilotettu.
matrix-caption = Osallistumiset: riveillä osallistujan organisaatio, sarakkeissa tilan omistaja. Mitä tummempi, sitä enemmän.
matrix-corner = Mistä / mihin

table-news_reach = Luetuimpien uutisten lukijat organisaatioittain
define-news_reach = Uutisen eri lukijat sen mukaan, mihin organisaatioon he kuuluvat, 20 luetuimmasta uutisesta. Osuus: organisaation palveluksessa olevista, sellaisina kuin hakemisto heidät nyt tuntee. Lukija on avannut uutisen vähintään kerran jakson aikana.
news-caption = Kuinka suuri osuus kunkin organisaation henkilöistä luki uutisen; luetuimmat ensin.

table-news_reach_overall = Uutisten tavoittavuus organisaatioittain
define-news_reach_overall = Minkä tahansa uutisen eri lukijat sen mukaan, mihin organisaatioon he kuuluvat. Osuus: organisaation palveluksessa olevista, sellaisina kuin hakemisto heidät nyt tuntee.
chart-reach = Uutisia lukeneiden osuus henkilöstöstä organisaatioittain
chart-reach-text = Suurin: { $most_name }, { $most }. Pienin näytetyistä: { $least_name }, { $least }. Kaikki yhteensä: { $all }.
chart-nothing = Tästä kuviosta ei voida näyttää mitään.

definition = Määritelmä
whole-table = Koko taulukko ({ $rows } riviä)
column-week = Viikko alkaen
column-organisation = Organisaatio
column-people = Henkilöitä
column-staff = Henkilöstö
column-share = Osuus
column-from = Mistä
column-to = Kenen tilaan
column-events = Osallistumisia
column-item = Sisältö
column-title = Otsikko
column-published = Julkaistu
column-readers = Lukijoita
all-organisations = Kaikki organisaatiot

quality = Tietojen laatu
quality-events = Tapahtumia jaksolla: { $events }.
quality-days = Tietoja on ajalta { $first } – { $last }.
quality-unknown = Tapahtumia henkilöiltä, joiden organisaatiota ei tunneta (vieraat ja hakemistosta puuttuvat), eivät missään luvussa: { $events }.
quality-rejected = Rivejä, joita ei voitu lukea tietoja otettaessa (kaikilta ajoilta): { $rows }.
quality-gaps = Päiviä ilman tietoja: { $gaps }.
quality-no-gaps = Vähintään kolmen päivän aukkoja ei ole.

privacy = Yksityisyyden suoja
privacy-pseudonyms = Henkilöt ovat peitenimiä siitä hetkestä, kun tapahtumat otetaan vastaan. Yksittäisistä henkilöistä ei ole raporttia.
privacy-hidden = ”{ $mark }” tarkoittaa lukua, jota ei näytetä: se koskee alle { $k } henkilöä, myös ei ketään, tai siitä voisi laskea sellaisen luvun.
privacy-deliberate = Vain tarkoitukselliset teot lasketaan, ei sitä, minkä tietokone avaa itsestään.
privacy-rolled = Ulkomaanedustustot lasketaan ministeriöönsä ja virastot omaansa.
privacy-gap = ”{ $mark }” tarkoittaa, että laskettavaa tai jakajaa ei ole.

workbook-contents = Sisällys
workbook-sheet = Taulukko
workbook-what = Mitä siinä on
