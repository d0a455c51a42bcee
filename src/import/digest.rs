//! What bytes are known by.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Their SHA-256, in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
