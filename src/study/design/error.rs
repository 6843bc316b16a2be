//! Why there is no such design.

use super::direction::DIMENSIONS;

/// Why there is no such design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// Nothing varies.
    #[error("a design needs at least one factor")]
    NoFactors,
    /// A factor of a grid has no levels.
    #[error("every factor of a grid needs at least one level")]
    NoLevels,
    /// A grid with more points than can be counted.
    #[error(
        "the grid has more points than a number can count: give fewer levels, or sample it (Latin hypercube)"
    )]
    TooManyPoints,
    /// A hypercube without points.
    #[error("a Latin hypercube needs at least one point")]
    NoPoints,
    /// A hypercube with more points than strata can be numbered.
    #[error("a Latin hypercube has at most {} points", u32::MAX)]
    TooManyStrata,
    /// Sobol points that do not fill the cube evenly.
    #[error(
        "{given} base points do not fill the cube evenly, and indices from them are biased: give a power of two, such as {below} or {above}"
    )]
    NotPowerOfTwo {
        /// How many were asked for.
        given: usize,
        /// The next power of two below.
        below: usize,
        /// The next power of two above.
        above: usize,
    },
    /// More Sobol points than there are.
    #[error("there are at most 2^31 base points")]
    TooManyBasePoints,
    /// More factors than the sequence has dimensions for.
    #[error(
        "Sobol points serve at most {} factors, not {given}: leave out those that a Morris screening shows to have no effect",
        DIMENSIONS / 2
    )]
    TooManyFactors {
        /// How many were asked for.
        given: usize,
    },
    /// No trajectories.
    #[error("a Morris design needs at least two trajectories, better ten to fifty")]
    NoTrajectories,
    /// An odd number of levels, or none.
    #[error("a Morris design has an even number of levels, such as 4 or 6, not {given}")]
    OddLevels {
        /// How many were asked for.
        given: usize,
    },
}
