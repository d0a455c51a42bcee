//! The settings of a site that is made for the postmortems.

use crate::document::Node;
use crate::import::Notes;
use crate::import::history::write::Keys;
use crate::import::ids::Ids;
use crate::yaml::write as yaml;

/// An address that nobody can take for a real one.
const PLACEHOLDER: &str = "https://status.example.com/";

/// `site.yaml` with what it must have, named after the folder.
pub(super) fn file(name: &str, notes: &mut Notes) -> Vec<u8> {
    let mut component = Keys::default();
    component.set("id", Ids::default().give(name, "service"));
    component.set("name", name);
    let mut keys = Keys::default();
    keys.set("name", name);
    keys.set("url", PLACEHOLDER);
    keys.node("components", Node::List(vec![component.map()]));
    let message = format!(
        "there was no content/site.yaml: one was written, with the name `{name}`, the address `{PLACEHOLDER}` and one component for the whole; please correct it"
    );
    notes.add(".", None, message);
    yaml::mapping(&keys.0).into_bytes()
}
