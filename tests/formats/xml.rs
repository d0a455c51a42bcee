//! XML, read by a parser that is not the one that wrote it.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

/// Every element by the path of its name, with its attributes' text and its own text, in order.
pub(crate) struct Xml(Vec<Element>);

struct Element {
    path: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Xml {
    pub fn read(text: &str) -> Xml {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{error}\n{text}"));
            let is_start = matches!(event, Event::Start(_));
            let said = match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                    let path = open.last().map_or(name.clone(), |parent| format!("{}/{name}", elements[*parent].path));
                    let attributes = tag.attributes().map(Result::unwrap).map(|attribute| {
                        let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                        (key, attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap().into_owned())
                    });
                    elements.push(Element { path, attributes: attributes.collect(), text: String::new() });
                    if is_start {
                        open.push(elements.len() - 1);
                    }
                    continue;
                }
                Event::End(_) => {
                    open.pop();
                    continue;
                }
                Event::Text(text) => text.decode().unwrap().into_owned(),
                Event::CData(text) => text.decode().unwrap().into_owned(),
                Event::GeneralRef(entity) => character(&entity).to_string(),
                Event::Eof => break,
                _ => continue,
            };
            if let Some(last) = open.last() {
                elements[*last].text += &said;
            }
        }
        assert!(open.is_empty(), "not closed:\n{text}");
        let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
        assert!(elements.iter().all(|element| element.text.chars().all(is_allowed)), "forbidden characters");
        Xml(elements)
    }

    /// The texts of the elements at a path.
    pub fn texts(&self, path: &str) -> Vec<&str> {
        self.0.iter().filter(|element| element.path == path).map(|element| &*element.text).collect()
    }

    /// An attribute of the elements at a path.
    pub fn attributes(&self, path: &str, name: &str) -> Vec<&str> {
        let at = self.0.iter().filter(|element| element.path == path).flat_map(|element| &element.attributes);
        at.filter(|(key, _)| key == name).map(|(_, value)| &**value).collect()
    }
}

fn character(entity: &BytesRef<'_>) -> char {
    entity.resolve_char_ref().unwrap().unwrap_or_else(|| match &*entity.decode().unwrap() {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        other => panic!("unknown entity {other}"),
    })
}
