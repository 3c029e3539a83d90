//! The words that made-up pages are written with, one text file a language.

use std::sync::LazyLock;

/// A language's phrases. Any of a list can stand beside any of another: objects are in the case that the verbs ask
/// for.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Who does something; begins a sentence.
    pub(super) actors: Phrases,
    pub(super) verbs: Phrases,
    pub(super) objects: Phrases,
    /// When, where to, how.
    pub(super) manners: Phrases,
    /// What a sentence ends with, after a comma.
    pub(super) clauses: Phrases,
    /// Sentences that stand by themselves.
    pub(super) sentences: Phrases,
    /// What pages are about.
    pub(super) subjects: Phrases,
    /// What a title says of it.
    pub(super) turns: Phrases,
    pub(super) headings: Phrases,
    /// Words of links.
    pub(super) links: Phrases,
    pub(super) comments: Phrases,
}

/// Phrases of a kind.
pub(super) type Phrases = Vec<&'static str>;

pub(super) static FINNISH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("words/fi.txt")));
pub(super) static SWEDISH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("words/sv.txt")));
pub(super) static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("words/en.txt")));

impl Words {
    /// Reads `# kind` and the phrases of that kind, one a line.
    fn read(text: &'static str) -> Self {
        let mut words = Self::default();
        let mut kind = "";
        for line in text.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("# ") {
                Some(next) => kind = next,
                None => words.kind(kind).push(line),
            }
        }
        words
    }

    fn kind(&mut self, name: &str) -> &mut Phrases {
        match name {
            "actors" => &mut self.actors,
            "verbs" => &mut self.verbs,
            "objects" => &mut self.objects,
            "manners" => &mut self.manners,
            "clauses" => &mut self.clauses,
            "sentences" => &mut self.sentences,
            "subjects" => &mut self.subjects,
            "turns" => &mut self.turns,
            "headings" => &mut self.headings,
            "links" => &mut self.links,
            "comments" => &mut self.comments,
            #[expect(clippy::unreachable, reason = "the files are part of this program")]
            other => unreachable!("`{other}` is no kind of phrases"),
        }
    }
}
