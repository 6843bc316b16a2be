//! What is written down.

/// More cells than this are recorded only where the scenario asks for them.
pub const CELLS_RECORDED_BY_DEFAULT: usize = 200;

/// What a summary holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Whether every cell is recorded: by default where there are at most [`CELLS_RECORDED_BY_DEFAULT`].
    pub cells: bool,
    /// Whether every place is recorded.
    pub places: bool,
    /// The dimensions whose values are recorded, for people held and, in detail, for flows and rates.
    pub dimensions: Vec<usize>,
    /// How flows are recorded.
    pub flows: FlowDetail,
}

/// How much of the flows is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowDetail {
    /// Nothing.
    None,
    /// Every mechanism in total.
    Totals,
    /// Every mechanism in total and by each recorded dimension.
    Dimensions,
}
