//! What numbers are counted around, of all variants and pairs.

use std::sync::{Arc, OnceLock};

use super::reference::Reference;

/// What the numbers of every variant, and of every pair of variants, are counted around.
#[derive(Debug, Default)]
pub struct References {
    /// By variant and slot.
    pub variants: Vec<Vec<Reference>>,
    /// By pair and cell.
    pub pairs: Vec<Vec<Reference>>,
}

/// References that become known while replicates are tallied.
pub type Shared = Arc<OnceLock<References>>;
