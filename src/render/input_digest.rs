//! What a build is made from, as one number.

use std::fmt;
use std::sync::{Arc, LazyLock};

/// What a build is made from, as one number, worked out when somebody first asks: a preview never does. A copy costs
/// nothing.
#[derive(Clone)]
pub struct InputDigest(Arc<LazyLock<String, Box<dyn FnOnce() -> String + Send>>>);

impl InputDigest {
    /// As `work_out` gives it, in hexadecimal.
    pub fn new(work_out: impl FnOnce() -> String + Send + 'static) -> InputDigest {
        InputDigest(Arc::new(LazyLock::new(Box::new(work_out))))
    }

    /// In hexadecimal.
    pub fn hex(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for InputDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InputDigest")
    }
}
