//! What the files of a folder are called, and whose they are.

use serde::{Deserialize, Serialize};

/// The file that describes the others.
pub const PACKAGE_FILE: &str = "datapackage.json";

/// The folder in it with the results of earlier runs.
pub const KEPT: &str = "earlier";

/// What the names of the files of a part of a study begin with.
pub const PARTIAL: &str = "partial_";

/// Earlier results while they are being put there.
pub(super) const KEPT_ON_THE_WAY: &str = ".repatria-earlier";

/// What the temporary names begin with under which new files are written; a number follows.
pub(super) const NEW: &str = ".repatria-new-";

/// The same of old files while new ones take their places.
pub(super) const OLD: &str = ".repatria-old-";

/// What makes two runs runs of the same scenario, whatever their seed and number of replicates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The scenario's file name without its ending.
    pub name: String,
    /// The scenario's title.
    pub title: String,
}

/// A file that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name in the folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Whether it is a temporary name of a new file.
pub(super) fn is_staged(name: &str) -> bool {
    is_numbered(name, NEW)
}

/// Whether it is a temporary name that begins with `stage`.
pub(super) fn is_numbered(name: &str, stage: &str) -> bool {
    let number = name.strip_prefix(stage).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
