//! The colours of a heat map, and the strip that says what they mean.

use crate::output::chart::palette::{self, Colour};
use crate::output::chart::spec::{Across, Area, AxisUnit, Panel};

/// The strip is made of so many pieces.
const PIECES: usize = 48;

/// From which number to which colours lead.
pub struct Scale {
    low: f64,
    high: f64,
    /// Whether 0 is white, and both ways lead away from it.
    leaning: bool,
}

impl Scale {
    /// The scale of some numbers; `None` where none is finite or all are equal.
    pub fn of(values: &[f64], leaning: bool) -> Option<Scale> {
        let finite = values.iter().copied().filter(|value| value.is_finite());
        let (low, high) = finite
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let largest = low.abs().max(high.abs());
        match leaning {
            _ if low >= high => None,
            true => Some(Scale { low: -largest, high: largest, leaning }),
            false => Some(Scale { low, high, leaning }),
        }
    }

    /// The colour of a number.
    pub fn colour(&self, value: f64) -> Colour {
        match self.leaning {
            true => palette::leaning(value / self.high),
            false => palette::shade((value - self.low) / (self.high - self.low)),
        }
    }
}

/// The strip.
pub fn scale_panel(scale: &Scale, unit: &str, signed: bool) -> Panel {
    let mut panel = Panel::new(String::new(), AxisUnit::Real, "");
    panel.wide = true;
    panel.height = Some(16.0);
    panel.rows = vec![String::new()];
    panel.across = Across::Numbers { words: unit.to_string(), signed };
    let at = |piece: usize| scale.low + (scale.high - scale.low) * piece as f64 / PIECES as f64;
    for piece in 0..PIECES {
        // Each reaches to the end, under those after it: no gaps.
        let colour = scale.colour((at(piece) + at(piece + 1)) / 2.0);
        panel.areas.push(Area::bar((at(piece), scale.high), (-0.5, 0.5), colour));
    }
    panel
}
