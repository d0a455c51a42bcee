//! What can be added to a list of a file.

use crate::document::Node;

/// An update, a reading of capacity.
pub(super) trait ListItem {
    /// Its text, as lines; `indent` is what they will be indented by, in blanks.
    fn lines(&self, indent: usize) -> Vec<String>;
    /// What a reader of the file must find.
    fn node(&self) -> Node;
    /// Its text as an item of a list in brackets; none if it has no place there.
    fn inline(&self) -> Option<String> {
        None
    }
}
