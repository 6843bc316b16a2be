//! The scenario that a file extends.

use std::sync::Arc;

use crate::scenario::source::Source;

/// The scenario that a file extends. Its pieces have their places behind those of the file that extends it.
#[derive(Clone, Debug)]
pub struct Base {
    /// Its text.
    pub source: Arc<Source>,
    /// How many bytes its places are behind.
    pub shift: usize,
}
