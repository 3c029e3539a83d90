//! The fields that a plan can give a column of a spreadsheet.

/// Fields of a list of pages.
pub const PAGE_FIELDS: [&str; 21] = [
    "id",
    "title",
    "address",
    "lead",
    "body",
    "kind",
    "status",
    "created",
    "modified",
    "author",
    "language",
    "parent",
    "labels",
    "link",
    "decision",
    "merge_into",
    "translation_of",
    "readers",
    "editors",
    "denied",
    "inheritance",
];

/// Fields of a list of people: SCIM 2.0's attributes under our names.
pub const PERSON_FIELDS: [&str; 12] = [
    "email",
    "login",
    "given_name",
    "family_name",
    "display_name",
    "title",
    "phone",
    "organisation",
    "language",
    "user_type",
    "groups",
    "member",
];
