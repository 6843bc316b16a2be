//! Sizes that all parts of a sheet share, in pixels.

/// Width of every chart in pixels. Set 16.5 cm wide (an A4 page less its margins) a pixel is 0.668 points, so that the smallest
/// text, of 12 pixels, has 8 points.
pub const WIDTH: f64 = 700.0;
/// Left and right of everything.
pub(super) const MARGIN: f64 = 16.0;
/// Font size of ticks, marks and units.
pub const SMALL: f64 = 12.5;
