//! The chapters of the book that are made from what the program itself reads, so that they cannot be false.
//! `SNAPSHOTS=overwrite cargo test --test candor reference::` makes them anew.

mod codes;
mod keys;
mod outputs;
mod templates;
mod usage;

use snapbox::{Assert, Data};

/// What stands above every chapter that is made.
const MARK: &str =
    "<!-- Made by `SNAPSHOTS=overwrite cargo test --test candor reference::`; edits are overwritten. -->\n\n";

#[test]
fn every_key_is_in_the_book() {
    is_chapter("keys.md", keys::chapter());
}

#[test]
fn every_command_is_in_the_book() {
    is_chapter("usage.md", usage::chapter());
}

#[test]
fn every_code_is_in_the_book() {
    is_chapter("codes.md", codes::chapter());
}

#[test]
fn what_each_template_gets_is_in_the_book() {
    is_chapter("templates.md", templates::chapter());
}

fn is_chapter(name: &str, text: String) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/reference").join(name);
    Assert::new().action_env("SNAPSHOTS").eq(Data::text(text).raw(), Data::read_from(&path, None).raw());
}

/// A text as it can stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
