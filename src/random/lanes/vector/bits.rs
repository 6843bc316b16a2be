//! Words of 64 bits, for the generator.

/// Words of several lanes.
///
/// As of [`Vector`](super::Vector), its methods are called in functions that [`levels!`](super::super::levels) compiles for the
/// instructions, and nowhere else.
pub trait Bits: Copy {
    /// How many lanes.
    const LANES: usize;
    /// One word for all lanes.
    fn all(word: u64) -> Self;
    /// `first`, `first + 1`, ...
    fn count_from(first: u64) -> Self;
    /// The products of the lower halves.
    fn product_of_lower(self, other: Self) -> Self;
    /// The upper halves of `self`, turned over by the lower ones of two others; their own upper halves are any.
    fn upper_turned(self, one: Self, other: Self) -> Self;
    /// The lower halves of `self` and, as upper halves, those of `upper`.
    fn with_upper(self, upper: Self) -> Self;
    /// Writes to the first of a row.
    fn store(self, row: &mut [u64]);
}
