//! Changes of stays that were read.

use std::ops::Range;

use crate::model::StayChange;

/// A change of a stay that was read, with what messages say of it.
#[derive(Clone, Debug)]
pub(super) struct MadeStayChange {
    /// Index of the stay.
    pub(super) stay: usize,
    pub(super) change: StayChange,
    pub(super) span: Range<usize>,
    pub(super) words: String,
    /// Index among a variant's items.
    pub(super) item: Option<usize>,
}
