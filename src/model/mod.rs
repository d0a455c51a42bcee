//! What the content means: plain data, always valid once built. The field's own words.
//!
//! Public facts and internal ones are kept in types of their own, so that [`crate::audience`] can
//! hand out the former without the latter.

mod address;
mod alert;
mod brand;
mod colour;
mod component;
mod edits;
mod headings;
mod id;
mod postmortem;
mod privacy;
mod settings;
mod site;
mod translation;
mod window;
mod words;

pub use address::{host, is_address, is_site_address, lies_under, origin};
pub use alert::AlertRule;
pub use brand::{Additions, Brand, Font, FooterLine, Script};
pub use colour::{Colour, DARK_GROUNDS, LIGHT_GROUNDS, SHAPE_CONTRAST, TEXT_CONTRAST};
pub use component::*;
pub use edits::*;
pub use id::*;
pub use postmortem::*;
pub use privacy::*;
pub use settings::*;
pub use site::*;
pub use translation::{Translation, Translations};
pub use window::Window;
pub use words::*;
