//! What numbers are counted around, of all worlds and pairs.

use std::sync::{Arc, OnceLock};

use super::reference::Reference;

/// What the numbers of every world, and of every pair of worlds, are counted around.
#[derive(Debug, Default)]
pub struct References {
    /// By world and slot.
    pub worlds: Vec<Vec<Reference>>,
    /// By pair and cell.
    pub pairs: Vec<Vec<Reference>>,
}

/// References that become known while histories are tallied.
pub type Shared = Arc<OnceLock<References>>;
