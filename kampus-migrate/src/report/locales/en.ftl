# What the pages say in English. $n is the number as it is written, $count chooses between one and many.

skip = Skip to the content
contents = Contents
total = Total
untitled = (no title)
yes = yes
no = no
nothing-read = nothing could be read
no-date = no date
bytes = { $count ->
    [one] 1 byte
   *[other] { $n } bytes
}
unit-kB = kB
unit-MB = MB
unit-GB = GB
unit-TB = TB
caption-all = { $text }: { $all }
caption-some = { $text }: the first { $shown } of { $all }
and-more = and { $n } more
page-in-row = { $title } ({ $source }, row { $row })

kind-page = page
kind-news = news
kind-service = service
kind-discussion = discussion
kind-file = file
kind-comment = comment
kind-person = person
kind-redirect = redirect
markup-meaning = meaning of { $code }
markup-tracker = tracker
language-fi = Finnish
language-sv = Swedish
language-en = English
language-se = Northern Sámi

column-address = Address
column-advice = What to do about it
column-bytes = Size
column-comments = Comments
column-detail = In detail
column-email = E-mail
column-file = File
column-files = Files
column-findings = Findings
column-from = Pages with the link
column-id = Id
column-kind = Kind
column-language = Language
column-links = Links
column-listed = In a list of people
column-mark = Mark
column-markup = What
column-modified = Last changed
column-name = Name
column-no-content = No content
column-owner = Owner
column-page = Page
column-pages = Pages
column-place = Place in the export
column-problem = Finding
column-reason = Reason
column-records = Records
column-row = Row
column-run = In the run
column-share = Share
column-source = Source
column-sources = Sources
column-text = Text
column-times = Times
column-title = Title
column-year = Year

assessment-title = Content assessment: { $plan }
assessment-made = Made on { $day } from the exports of the old intranets. Nothing has been moved yet.
assessment-about = This is for the migration team and for the managers of those who own content. It says what the old intranets hold, how old it is, who answers for it, and what has to be decided before the move.

verdict-pages = { $count ->
    [one] One page
   *[other] { $n } pages
}
verdict-sources = { $count ->
    [one] from one source.
   *[other] from { $n } sources.
}
verdict-troubled = { $count ->
    [0] Nothing was found about any of them.
    [one] One of them needs a look.
   *[other] { $n } of them need a look.
}
verdict-marks = { $count ->
    [one] One protection mark waits for a decision
   *[other] { $n } protection marks wait for a decision
}
verdict-rejected = { $count ->
    [one] One record is broken in the export and does not move unless it is mended
   *[other] { $n } records are broken in the exports and do not move unless they are mended
}
verdict-stopped = { $count ->
    [one] One file could not be read to its end
   *[other] { $n } files could not be read to their end
}

number-pages = pages to decide on
number-files = files
number-comments = comments
number-people = people
number-bytes = of content
number-marks = protection marks
number-rejected = broken records

next-heading = What comes next
next-fill = Content owners decide on each page in the workbook
next-rows = Row, in the lists of this page, is the page's row in that workbook.
next-survey = Content owners decide on each page in the workbook that the command survey makes. Row, in the lists of this page, is the page's row in that workbook.
next-marks = Protection marks are settled one by one: the paper is declared open, it is left behind, or the section's ceiling is raised.
next-mend = Broken records, missing files and missing people are mended in the export or in the list of people, and the survey is made again.
next-rehearse = The move is rehearsed before it is made: a rehearsal tells everything and writes nothing.

holdings-heading = What the old intranets hold
holdings-about = Records by source and kind. The size is that of texts and of the files that are there. No content are records that stay behind whatever is decided: menus, spam, the waste-paper basket.
holdings-caption = Records by source and kind
age-heading = When pages were last changed
age-about = An old page is not a wrong page, but somebody has to read it before the move. A page without a date of change counts in the year in which it was made.
age-caption = Pages by the year of their last change
languages-heading = Languages
languages-about = The language is what the source says of the page; where it does not say, the plan's language.
languages-caption = Pages by language
owners-heading = Owners
owners-about = The owner is whom the source names as a page's author or as responsible for it. A new owner is noted in the workbook.
owners-caption = Most pages
owners-none = { $count ->
    [0] Every page has an owner.
    [one] One page has no owner.
   *[other] { $n } pages have no owner.
}
owners-unlisted = { $count ->
    [0] Every owner is in a list of people.
    [one] The owner of one page is in no list of people.
   *[other] The owners of { $n } pages are in no list of people.
}
owners-no-lists = The plan has no list of people, so everybody is unknown.

problems-heading = Findings about pages
problems-about = A page can have many findings. All are in the workbook's column Problems; here are at most ten examples of each kind.
problems-none = Nothing was found about any page.
problems-caption = Findings by kind
problem-mark = Protection mark
problem-mark-advice = Settle it before the move. An old mark is not translated: the page stays behind, or moves as narrow as the section allows.
problem-no-owner = No owner
problem-no-owner-advice = Note a new owner in the workbook. Otherwise “Unknown author” owns the page.
problem-unlisted-owner = Owner in no list of people
problem-unlisted-owner-advice = Note a new owner, or add the person to the list. Otherwise an account that nobody can log in with stands in.
problem-private = Private page
problem-private-advice = Moves as a draft, which its author and editors see. Publish or delete it after the move.
problem-password = Behind a password
problem-password-advice = Moves as a draft without its password. Publish it after the move for those it is meant for.
problem-trash = In the waste-paper basket
problem-trash-advice = Does not move. Restore it in the old system if it is needed.
problem-no-title = No title
problem-no-title-advice = Gets the title “Untitled”. Write one in the old system or after the move.
problem-no-text = No text
problem-no-text-advice = Consider discarding it: there is nothing to read.
problem-same-text = Same text on several pages
problem-same-text-advice = Keep one and merge the others into it. Their old addresses then lead to the one that stays.
problem-dead-link = Link to nothing
problem-dead-link-advice = Mend or remove the link. The move does not change it.
problem-markup = Layout or code that does not move
problem-markup-advice = The words stay. After the move, look at pages that had embedded things or forms.

marks-heading = Protection marks
marks-about = Every protection mark found in a text, with its place. The text around it is not repeated here, because this page may have more readers than the paper.
marks-none = No text bears a protection mark.
marks-refused = does not move: the section may not hold such a thing
marks-narrow = moves as non-public; to be checked

duplicates-heading = Same texts
duplicates-about = Pages whose texts have the same words in the same order.
duplicates-none = No two pages have the same text.
duplicates-text = { $count ->
    [0] { $number }. (pictures only)
    [one] { $number }. (one word)
   *[other] { $number }. ({ $n } words)
}

dead-links-heading = Broken links
dead-links-about = Addresses of the old intranets that pages link to and no export holds.
dead-links-none = Every link within the old intranets leads to a page that is there.

left-out-heading = What is left out
left-out-about = These do not move, whatever is decided about pages. The words that people see stay.
left-out-markup = Layout and code
left-out-no-markup = Nothing of the pages' layout is left out.
left-out-records = Records that are no content

unknown-people-heading = Unknown people
unknown-people-about = Those named in the exports whom no list of people has. The run makes accounts for them that nobody can log in with.
unknown-people-none = Everybody named in the exports is in a list of people.

missing-files-heading = Missing files
missing-files-about = Attachments that the exports name and that cannot be taken in.
missing-files-none = All attachments are there.

rejected-heading = Records that are rejected
rejected-about = Records that are broken in the exports. The run leaves them out and goes on with the others.
rejected-none = No record has to be rejected.
rejected-stopped = The source { $source } could not be read to its end:
