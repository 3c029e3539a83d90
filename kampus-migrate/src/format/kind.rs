//! The formats: one place answers what each is called and what is read of it.

/// A format of legacy exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// WordPress eXtended RSS.
    Wxr,
    /// Dump of a MediaWiki.
    MediaWiki,
    /// Documents of Lotus Notes and Domino.
    Dxl,
    /// Package of XWiki.
    Xar,
    /// Export of Confluence.
    Confluence,
    /// RSS or Atom.
    Feed,
    /// XML that the plan explains.
    Xml,
    /// Excel workbook, Office Open XML.
    Xlsx,
    /// Excel workbook, 97–2003.
    Xls,
    /// Excel workbook, binary.
    Xlsb,
    /// Spreadsheet of the Open Document Format.
    Ods,
    /// Delimited text.
    Csv,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 12] = [
        Self::Wxr,
        Self::MediaWiki,
        Self::Dxl,
        Self::Xar,
        Self::Confluence,
        Self::Feed,
        Self::Xml,
        Self::Xlsx,
        Self::Xls,
        Self::Xlsb,
        Self::Ods,
        Self::Csv,
    ];

    /// The word that plans and reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wxr => "wxr",
            Self::MediaWiki => "mediawiki",
            Self::Dxl => "dxl",
            Self::Xar => "xar",
            Self::Confluence => "confluence",
            Self::Feed => "feed",
            Self::Xml => "xml",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What people call it.
    pub fn description(self) -> &'static str {
        match self {
            Self::Wxr => "WordPress export (WXR 1.0 to 1.2)",
            Self::MediaWiki => "MediaWiki dump (export 0.3 to 0.11), also compressed with gzip or bzip2",
            Self::Dxl => "Lotus Notes and Domino (DXL)",
            Self::Xar => "XWiki package (XAR)",
            Self::Confluence => "Confluence export (XML, of a space or a site, server or cloud)",
            Self::Feed => "News feed (RSS 0.91 to 2.0, RSS 1.0, Atom)",
            Self::Xml => "Any other XML, explained by [source.mapping] in the plan",
            Self::Xlsx => "Excel workbook",
            Self::Xls => "Excel 97-2003 workbook",
            Self::Xlsb => "Excel binary workbook",
            Self::Ods => "OpenDocument spreadsheet",
            Self::Csv => "Delimited text (delimiter and encoding detected)",
        }
    }

    /// Usual endings of file names, without the dot. Only a hint: formats are told by their bytes.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Wxr => &["xml", "wxr"],
            Self::MediaWiki => &["xml", "xml.bz2", "xml.gz"],
            Self::Dxl => &["dxl", "xml"],
            Self::Xar => &["xar"],
            Self::Confluence => &["zip", "xml"],
            Self::Feed => &["xml", "rss", "rdf", "atom"],
            Self::Xml => &["xml"],
            Self::Xlsx => &["xlsx", "xlsm"],
            Self::Xls => &["xls"],
            Self::Xlsb => &["xlsb"],
            Self::Ods => &["ods"],
            Self::Csv => &["csv", "tsv", "txt"],
        }
    }

    /// Whether it is also read from a file that is compressed as a whole, with gzip or bzip2.
    pub fn may_be_compressed(self) -> bool {
        matches!(self, Self::Wxr | Self::MediaWiki | Self::Dxl | Self::Feed | Self::Xml)
    }

    /// What is read of it.
    pub fn reads(self) -> &'static str {
        match self {
            Self::Wxr => {
                "pages, posts as news, attachments, comments, authors, categories and tags, parents, statuses, dates"
            }
            Self::MediaWiki => {
                "pages by their newest revision, talk pages as discussions, files, redirects, categories, contributors, dates"
            }
            Self::Dxl => {
                "documents with rich text, pictures and attachments, responses below what they answer, categories, authors, \
                 dates; reader fields as permissions"
            }
            Self::Xar => {
                "pages in XWiki syntax 2.0 and 2.1, HTML or plain text, translations, attachments, comments, tags, users, \
                 dates; pages with rights to view as private"
            }
            Self::Confluence => {
                "pages, blog posts as news, comments, attachments, labels, users and groups, parents, statuses, dates; rights in \
                 spaces and restrictions of pages as permissions"
            }
            Self::Feed => {
                "entries as news, with leads, authors, dates, categories, replies as comments; drafts stay drafts"
            }
            Self::Xml => "one kind of element as pages, fields by paths to elements and attributes",
            Self::Xlsx | Self::Xls | Self::Xlsb | Self::Ods | Self::Csv => {
                "one table of pages or of people, columns found by their headers"
            }
        }
    }

    /// What is not.
    pub fn leaves(self) -> &'static str {
        match self {
            Self::Wxr => "menus, revisions and other parts of the old site are counted and left behind",
            Self::MediaWiki => {
                "older revisions are counted; templates stay as the text that calls them; template, module and message \
                 pages are counted and left behind"
            }
            Self::Dxl => {
                "forms, views, agents and other design are counted; hidden paragraphs, pictures in Notes' own format; \
                 documents in raw or encrypted form are rejected"
            }
            Self::Xar => {
                "macros stay as the text that calls them; preferences, groups and classes are counted; history is in no \
                 package"
            }
            Self::Confluence => {
                "older versions are counted; macros that only Confluence can carry out stay as the text that calls them; \
                 templates and what add-ons keep are counted; old wiki markup stays as it is written"
            }
            Self::Feed => {
                "enclosed files are in no feed: a link to each stays; the feed's own title and picture"
            }
            Self::Xml => {
                "everything outside of these elements; in them, what no path names is kept for rules and reports"
            }
            Self::Xlsx | Self::Xls | Self::Xlsb | Self::Ods => {
                "formulas (their results are read), pictures, macros"
            }
            Self::Csv => "nothing",
        }
    }
}
