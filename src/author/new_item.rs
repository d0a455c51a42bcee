//! An item of any list, such as a component of `site.yaml`.

use super::append::append_to;
use super::insertion::Refused;
use super::list_item::ListItem;
use crate::document::Node;
use crate::yaml::write;

/// The whole file at `path` with `items` at the end of its list `key`; nothing else of it changes.
///
/// # Errors
/// A file that cannot be read, or whose list is written so that nothing can be added with certainty.
pub fn append_items(key: &str, path: &str, bytes: &[u8], items: &[Node]) -> Result<String, Refused> {
    let items: Vec<NewItem> = items.iter().cloned().map(NewItem).collect();
    append_to(key, path, bytes, &items)
}

struct NewItem(Node);

impl ListItem for NewItem {
    fn lines(&self, _indent: usize) -> Vec<String> {
        match &self.0 {
            Node::Map(entries) => write::mapping(entries).lines().map(str::to_owned).collect(),
            other => vec![write::flow(other)],
        }
    }

    fn node(&self) -> Node {
        self.0.clone()
    }

    fn inline(&self) -> Option<String> {
        Some(write::flow(&self.0))
    }
}
