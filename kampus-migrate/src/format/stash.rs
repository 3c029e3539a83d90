//! Parts of a text that are worked out before the rest, with marks in their places.

/// A part that is worked out already.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) html: String,
    /// As it was written, without marks in it.
    pub(super) raw: String,
    pub(super) is_block: bool,
}

/// The parts of a text, in the order in which they were put aside: each holds marks of earlier ones only.
#[derive(Debug, Default)]
pub(super) struct Stash(Vec<Piece>);

/// What marks begin and end with. No text has them: [`without_marks`] sees to it.
const BEGIN: char = '\u{1}';
const END: char = '\u{2}';

/// A text without characters that marks are made of, its line ends alike.
pub(super) fn without_marks(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !matches!(c, &BEGIN | &END | '\0' | '\r')).collect()
}

impl Stash {
    /// Puts a part aside; the mark that stands for it.
    pub(super) fn put(&mut self, html: String, raw: &str, is_block: bool) -> String {
        let raw = self.plain(raw);
        self.0.push(Piece { html, raw, is_block });
        format!("{BEGIN}{}{END}", self.0.len() - 1)
    }

    /// The number of the part that was put aside last.
    pub(super) fn last(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Writes a part anew.
    pub(super) fn fill(&mut self, number: usize, html: String) {
        if let Some(piece) = self.0.get_mut(number) {
            piece.html = html;
        }
    }

    /// What stands behind the mark with which a text begins, and how long the mark is.
    pub(super) fn piece(&self, text: &str) -> Option<(&Piece, usize)> {
        let (number, _) = text.strip_prefix(BEGIN)?.split_once(END)?;
        Some((self.0.get(number.parse::<usize>().ok()?)?, number.len() + 2))
    }

    /// A text as it was written: each mark is what it stands for.
    pub(super) fn plain(&self, text: &str) -> String {
        self.replaced(text, |piece| &piece.raw)
    }

    /// A text whose marks are HTML, of which those of finished parts are whole.
    pub(super) fn shown(&self, text: &str) -> String {
        self.replaced(text, |piece| &piece.html)
    }

    fn replaced<'a>(&'a self, text: &str, what: impl Fn(&'a Piece) -> &'a str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(BEGIN) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            match self.piece(from) {
                Some((piece, length)) => {
                    out.push_str(what(piece));
                    rest = from.get(length..).unwrap_or_default();
                }
                None => rest = from.get(1..).unwrap_or_default(),
            }
        }
        out.push_str(rest);
        out
    }

    /// Makes all parts whole. Each holds only marks of earlier ones, so that each is finished once, in order.
    pub(super) fn finish(&mut self) {
        for number in 0..self.0.len() {
            let whole = self
                .0
                .get(number)
                .filter(|piece| piece.html.contains(BEGIN))
                .map(|piece| self.shown(&piece.html));
            if let Some(whole) = whole {
                self.fill(number, whole);
            }
        }
    }
}
