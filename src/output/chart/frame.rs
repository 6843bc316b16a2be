//! Where a panel is on the sheet.

use super::across::AcrossAxis;
use super::mark_labels::OfPanel;
use super::spec::EndLabel;
use super::ticks::{Axis, along};

/// Where a panel is on the sheet, in pixels, and its axes.
pub struct Frame<'a> {
    /// Left end of the plot.
    pub left: f64,
    /// Right end of the plot.
    pub right: f64,
    /// Upper end of the plot.
    pub top: f64,
    /// Lower end of the plot.
    pub bottom: f64,
    /// Left end of the heading.
    pub heading_left: f64,
    /// Baseline of the heading.
    pub heading_y: f64,
    /// Labels to the right.
    pub labels: &'a [EndLabel],
    /// Room for them.
    pub label_room: f64,
    /// The horizontal axis.
    pub across: &'a AcrossAxis,
    /// Whether it is logarithmic.
    pub logarithmic: bool,
    /// Whether its texts are written under this panel.
    pub tick_texts: bool,
    /// The vertical axis.
    pub axis: &'a Axis,
    /// The labels of the panel's marks.
    pub marks: &'a OfPanel,
}

impl Frame<'_> {
    /// The pixel column of a day, or of a number.
    pub fn x(&self, day: f64) -> f64 {
        let log = |x: f64| if self.logarithmic { libm::log10(x.max(f64::MIN_POSITIVE)) } else { x };
        let ends = (log(self.across.ends.0), log(self.across.ends.1));
        self.left + along(log(day), ends) * (self.right - self.left)
    }

    /// The pixel row of a value.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.axis.part(value) * (self.bottom - self.top)
    }
}
