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

column-goes-to = Goes to
column-organisation = Organisation
column-place-kind = Kind
column-rule = Rule
column-target = Target
column-visibility = Who sees it
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
places-heading = Where pages go
places-about = The plan's rules and targets. A content owner can change a page's target in the workbook.
places-targets = Targets and the pages that go there by rule
places-rules = Rules and what they take
place-section = section
place-workspace = workspace
visibility-government = the whole Government
visibility-organisation = the organisation
visibility-restricted = restricted
visibility-open = open
visibility-closed = closed
visibility-hidden = hidden
no-rule = (no rule)
own-section = its source's own section
stays-behind = does not move

age-heading = When pages were last changed
age-about = An old page is not a wrong page, but somebody has to read it before the move. A page without a date of change counts in the year in which it was made.
age-caption = Pages by the year of their last change
languages-heading = Languages
languages-about = The language is what the source says of a page, or what a rule of the plan says; where neither does, what the text tells.
languages-caption = Pages by language
language-given = { $count ->
    [one] Of one page the source says it.
   *[other] Of { $n } pages the source says it.
}
language-ruled = { $count ->
    [one] Of one page a rule of the plan says it.
   *[other] Of { $n } pages a rule of the plan says it.
}
language-detected = { $count ->
    [one] Of one page the text tells it.
   *[other] Of { $n } pages the text tells it.
}
language-assumed = { $count ->
    [one] Of one page it is not known: the plan's language is assumed.
   *[other] Of { $n } pages it is not known: the plan's language is assumed.
}
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
problem-impossible = A rule cannot be carried out
problem-impossible-advice = Mend the rule or the decision: the page would be rejected.
problem-route = A rule does more than move
problem-route-advice = Look whether this is meant: the page is shown to others or kept out of somewhere.
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

column-addresses = Old addresses
column-by = By
column-claim = Claim
column-expected = Should be
column-found = Is
column-item = Item
column-leads-to = Leads to
column-person = Person
column-looked-at = Looked at
column-missing = Missing
column-number = Number
column-texts = Texts
column-verdict = Verdict
column-words = Words
column-wrong = Wrong

proof-title = Proof of the move: { $plan }
proof-made = Made on { $day } from the exports and the store { $store } as they were then.
proof-about = The exports were read again, and each record was held against what it became. The proof does not rest on the run's own counts.
proof-proven = Proven: of every record it is known what it became, no words are missing, and every old address leads to its item.
proof-not-proven = Not proven: something is missing or different. It is listed below.

checked-records = records
checked-bodies = texts
checked-words = words
checked-files = files
checked-bytes = in the files
checked-links = links to items
checked-addresses = old addresses

claims-heading = What was to be proven
claims-about = Every claim has to hold. What is wrong is listed one by one.
claim-equations = Every record is loaded, merged, discarded by decision or rejected with a reason
claim-words = Every word of the source is in its item, in the same order
claim-hashes = Content is what was moved, to the byte, unless people have edited it since
claim-links = Every internal link leads to an item that is there
claim-addresses = Every old address leads to what its record became, by the rules for web servers too
claim-readers = Nobody reads what they could not read at the source, unless people have decided so since
claim-others = Every source could be read to its end, and the attachments are there
looked-at-equations = { $count ->
    [one] 1 equation
   *[other] { $n } equations
}
looked-at-words = { $count ->
    [one] 1 word
   *[other] { $n } words
}
looked-at-hashes = { $count ->
    [one] 1 content
   *[other] { $n } contents
}
looked-at-links = { $count ->
    [one] 1 link
   *[other] { $n } links
}
looked-at-addresses = { $count ->
    [one] 1 address
   *[other] { $n } addresses
}
looked-at-readers = { $count ->
    [one] 1 reader of a restricted page
   *[other] { $n } readers of restricted pages
}
looked-at-others = { $count ->
    [one] 1 source
   *[other] { $n } sources
}
holds = holds
holds-not = does not hold

equations-heading = What became of the records
equations-about = Read = loaded + updated + merged + discarded + rejected. A record is missing when the ledger knows nothing of it or its item is not in the store.
equations-caption = The equations by source and kind
fate-read = Read
fate-loaded = = loaded
fate-updated = + updated
fate-merged = + merged
fate-discarded = + discarded
fate-rejected = + rejected
fate-missing = Missing

words-heading = Missing words
words-about = Texts that lack words or have them in another order.
hashes-heading = Content that is different
hashes-about = Files and texts that are not, to the byte, what was moved. The numbers are BLAKE3 hashes.
links-heading = Links to items that are not there
links-about = Links in texts that were moved to items that the store does not have.
addresses-heading = Addresses that lead elsewhere
addresses-about = Old addresses that do not lead to what their record became.
by-ledger = the ledger
by-store = the store
by-rules = the rules for web servers
by-redirect = the old redirect
found-nothing = nothing
readers-heading = People who read too much
readers-about = People who can read something here that they could not read at its source, with the item.
others-heading = Other obstacles
others-about = What else stands in the way of the proof.

sum-heading = Old addresses
sum-about = { $count ->
    [one] The rules for web servers have one address.
   *[other] The rules for web servers have { $n } addresses.
}
sum-caption = Where the addresses of the exports lead
addresses-read = Addresses in the exports
addresses-landed = = lead to their item
addresses-shared = + are another record's too, to which they lead
addresses-left-behind = + belong to records that stayed behind
addresses-not-web = + are no addresses of the web
addresses-unwritten = + have no rule for a web server
addresses-wrong = + lead elsewhere
edited-heading = Edited on both sides
edited-about = Records that people edited in Kampus since, while their source has another text, too. What stands in Kampus was kept.
gone-heading = No longer at the source
gone-about = Records that were loaded and that their source does not hold any more. What they became stays in Kampus.
dead-heading = Links to nothing
dead-about = Links to pages of the old intranets that no export holds or that stayed behind. They were broken before the move or by a decision, and are no loss.
shared-heading = Shared addresses
shared-about = Addresses that several records have. The address leads to the one that was read first.
unwritten-heading = Addresses without a rule
unwritten-about = Old addresses for which no rule of a web server can be written.
dropped-heading = What was left out
dropped-about = Layout and code that were left out of texts. There were no words in them.
