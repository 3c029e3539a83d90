//! Going through a file, however its elements are called.

use super::Yield;
use super::outbox::Outbox;
use super::xml::Broken;

/// A reader that takes one step after another through a file, and puts what it finds into its outbox.
pub(super) trait Walk {
    /// Where it puts what it finds. Closed, it takes no more steps.
    fn out(&mut self) -> &mut Outbox;

    /// Reads on to the next thing of interest.
    fn advance(&mut self) -> Result<(), Broken>;
}

/// What a reader finds, one thing after another. Where the file is broken, it ends.
pub(super) struct Records<W>(pub(super) W);

impl<W: Walk> Iterator for Records<W> {
    type Item = Yield;

    fn next(&mut self) -> Option<Yield> {
        loop {
            if let Some(ready) = self.0.out().next() {
                return Some(ready);
            }
            if self.0.out().is_closed() {
                return None;
            }
            if let Err(broken) = self.0.advance() {
                self.0.out().broken(broken);
            }
        }
    }
}
