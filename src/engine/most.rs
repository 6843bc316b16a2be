//! The most people that are counted.

/// A replicate with more people than this in one cell is stopped: counts are exact far beyond, samplers were tested up to here.
pub const MOST_PEOPLE: f64 = 1e9;
