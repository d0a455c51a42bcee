//! The page and its systems.

use super::piece::Piece;
use crate::document::{Document, Node, Step};
use crate::import::Notes;
use crate::import::front::{child, scalar};
use crate::import::page::objects::{Component, Page};

/// What the settings say.
#[derive(Default)]
pub(super) struct StactusSettings {
    pub path: String,
    pub page: Page,
    pub systems: Vec<Component>,
}

/// Reads a document `stactus/v1`.
pub(super) fn read(piece: &Piece<'_>, document: &Document, notes: &mut Notes) -> StactusSettings {
    let root = document.root();
    // `brandURL` is where the product is, not the page; a theme is how it looks.
    piece.note_others(document, &Vec::new(), root, &["version", "name", "url", "brandName", "theme", "systems"], notes);
    let text = |key: &str| child(root, key).and_then(scalar);
    // The names of today, and those of its first versions.
    let page = Page { name: text("name").or_else(|| text("brandName")), url: text("url"), ..Page::default() };
    let mut settings = StactusSettings { path: piece.path.to_owned(), page, systems: Vec::new() };
    let systems = if let Some(Node::List(systems)) = child(root, "systems") { systems.as_slice() } else { &[] };
    for (index, system) in systems.iter().enumerate() {
        let way = vec![Step::Key("systems".into()), Step::Index(index)];
        piece.note_others(document, &way, system, &["id", "name", "description"], notes);
        let Some(code) = child(system, "id").and_then(scalar) else {
            piece.note(notes, document.place(&way).line, "the system has no `id`; not imported");
            continue;
        };
        settings.systems.push(Component {
            id: Some(code),
            name: child(system, "name").and_then(scalar),
            description: child(system, "description").and_then(scalar),
            position: i64::try_from(index).ok(),
            group: Some(false),
            ..Component::default()
        });
    }
    settings
}
