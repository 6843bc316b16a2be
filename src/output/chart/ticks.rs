//! The vertical axis: it starts at zero and ends at a round number.

use super::format;
use super::spec::Unit;

/// A vertical axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The value at its upper end, above 0.
    pub top: f64,
    /// Values and their texts, from 0 up.
    pub ticks: Vec<(f64, String)>,
}

/// An axis that reaches at least to `highest`, with about `wanted` steps.
pub fn axis(highest: f64, unit: Unit, wanted: usize) -> Axis {
    if unit == Unit::Share {
        let parts: u32 = if wanted >= 4 { 4 } else { 2 };
        let ticks = (0..=parts).map(|part| f64::from(part) / f64::from(parts));
        return Axis { top: 1.0, ticks: ticks.map(|share| (share, format::percent(share))).collect() };
    }
    let highest = if highest.is_finite() && highest > 1e-9 { highest } else { 1.0 };
    let (step, steps) = round_steps(highest, wanted.max(1) as f64, unit == Unit::Whole);
    let decimals =
        (0..9).find(|decimals| is_whole(step * libm::pow(10.0, f64::from(*decimals)))).unwrap_or(9);
    let text = |value: f64| {
        if step * steps >= 1e6 { format::amount(value) } else { format::decimal(value, decimals as usize) }
    };
    // At most a handful: `steps` is near `wanted`.
    let ticks = (0..=steps as u32).map(|k| f64::from(k) * step).map(|value| (value, text(value))).collect();
    Axis { top: step * steps, ticks }
}

/// A step of 1, 2, 2.5 or 5 times a power of ten, whole if so wanted, and how many of them reach `highest`: about
/// `wanted`, and such that little of the axis stays empty.
fn round_steps(highest: f64, wanted: f64, whole: bool) -> (f64, f64) {
    let power = libm::pow(10.0, libm::log10(highest / wanted).floor());
    let mut best: Option<(f64, f64, f64)> = None;
    for step in [0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|factor| factor * power) {
        let step = if whole { step.max(1.0) } else { step };
        let steps = (highest / step - 1e-9).ceil().max(1.0);
        if (whole && !is_whole(step)) || steps > wanted + 2.0 {
            continue;
        }
        let empty = step * steps / highest - 1.0;
        let cost = empty + 0.06 * (steps - wanted).abs();
        if best.is_none_or(|(least, _, _)| cost < least) {
            best = Some((cost, step, steps));
        }
    }
    best.map_or((highest, 1.0), |(_, step, steps)| (step, steps))
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9 * value.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(highest: f64, unit: Unit) -> Vec<String> {
        axis(highest, unit, 4).ticks.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(texts(3412.0, Unit::Whole), ["0", "1,000", "2,000", "3,000", "4,000"]);
        assert_eq!(texts(0.0, Unit::Whole), ["0", "1"]);
        assert_eq!(texts(3.0, Unit::Whole), ["0", "1", "2", "3"]);
        assert_eq!(texts(0.7, Unit::Real), ["0", "0.25", "0.5", "0.75"]);
        assert_eq!(texts(1e9, Unit::Whole)[1], "250 million");
        assert_eq!(texts(1.0, Unit::Share)[2], "50 %");
        assert_eq!(texts(f64::NAN, Unit::Real).len(), texts(1.0, Unit::Real).len());
    }

    #[test]
    fn the_axis_reaches_its_data() {
        let mut highest = 1e-6;
        while highest < 1e12 {
            for unit in [Unit::Whole, Unit::Real] {
                let axis = axis(highest, unit, 5);
                assert!(axis.top >= highest * 0.999_999 && axis.ticks.len() <= 12, "{highest}: {axis:?}");
            }
            highest *= 1.37;
        }
    }
}
