# Kampus reports, English.

report-title = Kampus: use and collaboration
report-period = { $from } – { $to }
report-about = How the staff of the ministries use their shared desktop, and how they work across organisational borders. Figures are about groups: no figure is about fewer than { $k } people.
skip = Skip to the content
contents = Contents
key-figures = Key figures
key-active = People active in the last whole week
key-active-note = { $share } of { $staff } in active service, week from { $week }
key-news = People who read news in the period
key-news-note = { $share } of { $staff } in active service
key-pairs = Pairs of organisations that work in each other's spaces
key-pairs-note = of { $possible } possible directions, those with { $k } contributors or more
not-shown = not shown

table-active_people = Active people by organisation and week
define-active_people = Distinct people with at least one deliberate act (view, edit, create, publish, comment, react, join, leave, search, acknowledge) in a week from Monday to Sunday, Helsinki time, by the organisation they belong to. Share: of the organisation's people in active service, as the directory has them now. Weeks without any data are gaps, not zeros.
chart-active-all = Active people a week, all organisations
chart-active-all-text = { $first } people in the week from { $first_week }, { $last } in the week from { $last_week }; the most, { $most }, in the week from { $most_week }.
chart-active-each = Share of staff active each week, by organisation
chart-active-each-text = { $name }: { $first } in the first week shown, { $last } in the last one, at most { $most }.
chart-weeks = The charts leave out weeks that the period cuts and weeks of which days are missing.
chart-active-none = { $name }: no week may be shown.

table-interactions = Who works in whose spaces
define-interactions = Contributions (create, edit, publish, comment, react) by the organisation of who contributes and the organisation whose section or workspace it happens in; common sections belong to the Government as a whole (VN). Events are acts, people are distinct contributors. A pair with fewer people than the least group is hidden whole.
matrix-caption = Contributions: in rows the organisation of who contributes, in columns whose space it is. The darker, the more.
matrix-corner = From / to

table-news_reach = Readers of the most-read news by organisation
define-news_reach = Distinct readers of a news item by the organisation they belong to, for the 20 items with the most readers. Share: of the organisation's people in active service, as the directory has them now. A reader opened the item at least once in the period.
news-caption = Share of each organisation's people who read the item; items with the most readers first.

table-news_reach_overall = Reach of news by organisation
define-news_reach_overall = Distinct readers of any news by the organisation they belong to. Share: of the organisation's people in active service, as the directory has them now.
chart-reach = Share of staff who read news, by organisation
chart-reach-text = Highest: { $most_name }, { $most }. Lowest of those shown: { $least_name }, { $least }. All together: { $all }.
chart-nothing = Nothing in this chart may be shown.

definition = Definition
whole-table = The whole table ({ $rows } rows)
column-week = Week from
column-organisation = Organisation
column-people = People
column-staff = Staff
column-share = Share
column-from = From
column-to = To the space of
column-events = Contributions
column-item = Item
column-title = Title
column-published = Published
column-readers = Readers
all-organisations = All organisations

quality = How good the data are
quality-events = Events in the period: { $events }.
quality-days = Data from { $first } to { $last }.
quality-unknown = Events of people whose organisation is not known (guests, people who are not in the directory), in no figure: { $events }.
quality-rejected = Rows that could not be read when the data were taken in, in all periods: { $rows }.
quality-gaps = Days without any data: { $gaps }.
quality-no-gaps = There is no gap of three days or longer.

privacy = Protection of privacy
privacy-pseudonyms = People are pseudonyms from the moment that activity is taken in. There is no report about single persons.
privacy-hidden = “{ $mark }” stands for a figure that is not shown: it is about fewer than { $k } people, nobody included, or such a figure could be worked out from it.
privacy-deliberate = Only deliberate acts count; what a computer opens by itself does not.
privacy-rolled = Missions abroad are counted with their ministry, and agencies with theirs.
privacy-gap = “{ $mark }” stands where there is nothing to count or to divide by.

workbook-contents = Contents
workbook-sheet = Sheet
workbook-what = What it holds
