//! Axes of numbers: they start and end at round numbers, at zero where what they show allows it.

use super::format;
use super::spec::AxisUnit;

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The value at its lower or left end.
    pub from: f64,
    /// The value at its other end.
    pub to: f64,
    /// Values and their texts.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// How far along the axis a value is, from 0 to 1.
    pub fn part(&self, value: f64) -> f64 {
        ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    /// Whether 0 lies between its ends.
    pub fn passes_zero(&self) -> bool {
        self.from < 0.0 && self.to > 0.0
    }
}

/// What an axis is to be like.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Values that it reaches at least.
    pub lowest: f64,
    /// The highest of them.
    pub highest: f64,
    /// How its numbers are written.
    pub unit: AxisUnit,
    /// Whether they are differences, written with their sign.
    pub signed: bool,
    /// About how many steps.
    pub steps: usize,
}

/// An axis that reaches from the lowest to the highest value.
pub fn axis(wanted: Wanted) -> Axis {
    if wanted.unit == AxisUnit::Share {
        let parts: u32 = if wanted.steps >= 4 { 4 } else { 2 };
        let ticks = (0..=parts).map(|part| f64::from(part) / f64::from(parts));
        let ticks = ticks.map(|share| (share, format::percent(share))).collect();
        return Axis { from: 0.0, to: 1.0, ticks };
    }
    let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
    let (lowest, mut highest) = (finite(wanted.lowest), finite(wanted.highest));
    if highest - lowest <= 1e-12 * lowest.abs().max(1e-3) {
        highest = lowest + 1.0;
    }
    let (step, first, last) =
        round_steps(lowest, highest, wanted.steps.max(1) as f64, wanted.unit == AxisUnit::Whole);
    let decimals =
        (0..16).find(|decimals| is_whole(step * libm::pow(10.0, f64::from(*decimals)))).unwrap_or(16);
    let largest = step * first.abs().max(last.abs());
    let text = |value: f64| {
        let size = value.abs();
        let size = match largest >= 1e6 {
            true => format::amount(size),
            false => format::decimal(size, decimals as usize),
        };
        let with_its_sign = if wanted.signed { format::with_sign } else { format::with_minus };
        with_its_sign(value, size)
    };
    // At most a handful: there are about as many as wanted.
    let ticks = (0..=(last - first) as u32).map(|k| (first + f64::from(k)) * step);
    Axis { from: first * step, to: last * step, ticks: ticks.map(|value| (value, text(value))).collect() }
}

/// A step of 1, 2, 2.5 or 5 times a power of ten, whole if so wanted, and the first and the last multiple of it that enclose
/// what is shown: about `wanted` steps apart, and such that little of the axis stays empty.
fn round_steps(lowest: f64, highest: f64, wanted: f64, whole: bool) -> (f64, f64, f64) {
    let span = highest - lowest;
    let power = libm::pow(10.0, libm::log10(span / wanted).floor());
    let mut best: Option<(f64, f64, f64, f64)> = None;
    for step in [0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|factor| factor * power) {
        let step = if whole { step.max(1.0) } else { step };
        let (first, last) = ((lowest / step + 1e-9).floor(), (highest / step - 1e-9).ceil());
        let last = last.max(first + 1.0);
        let steps = last - first;
        if (whole && !is_whole(step)) || steps > wanted + 2.0 {
            continue;
        }
        let empty = step * steps / span - 1.0;
        let cost = empty + 0.06 * (steps - wanted).abs();
        if best.is_none_or(|(least, ..)| cost < least) {
            best = Some((cost, step, first, last));
        }
    }
    best.map_or((span, lowest / span, lowest / span + 1.0), |(_, step, first, last)| (step, first, last))
}

/// Logarithmic axes of numbers above 0, all with the same ends, with ever fewer ticks: at 1, 2 and 5 times the powers of ten,
/// at 1 and 3 times, at the powers, and at every second, third and so on of them.
pub fn powers(lowest: f64, highest: f64) -> Vec<Axis> {
    let ends = if highest > lowest { (lowest, highest) } else { (lowest / 2.0, lowest * 2.0) };
    let (first, last) = (libm::log10(ends.0).floor() as i32, libm::log10(ends.1).ceil() as i32);
    let slack = 1.0 + 1e-9;
    let at = |every: usize, factors: &[f64]| -> Vec<(f64, String)> {
        let powers = (first..=last).step_by(every).map(|power| libm::pow(10.0, f64::from(power)));
        let all = powers.flat_map(|power| factors.iter().map(move |factor| factor * power));
        all.filter(|at| *at * slack >= ends.0 && *at <= ends.1 * slack)
            .map(|at| (at, format::number(at)))
            .collect()
    };
    let mut all = vec![at(1, &[1.0, 2.0, 5.0]), at(1, &[1.0, 3.0]), at(1, &[1.0])];
    all.extend((2..=8).map(|every| at(every, &[1.0])));
    // A range within a power of ten has its ends.
    all.retain(|ticks| ticks.len() > 1);
    if all.is_empty() {
        all.push([ends.0, ends.1].map(|at| (at, format::number(at))).to_vec());
    }
    all.into_iter().map(|ticks| Axis { from: ends.0, to: ends.1, ticks }).collect()
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9 * value.abs().max(1.0)
}

/// How far along an axis `x` is, from 0 to 1.
pub fn along(x: f64, (from, until): (f64, f64)) -> f64 {
    ((x - from) / (until - from)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(highest: f64, unit: AxisUnit) -> Vec<String> {
        let wanted = Wanted { lowest: 0.0, highest, unit, signed: false, steps: 4 };
        axis(wanted).ticks.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(texts(3412.0, AxisUnit::Whole), ["0", "1,000", "2,000", "3,000", "4,000"]);
        assert_eq!(texts(0.0, AxisUnit::Whole), ["0", "1"]);
        assert_eq!(texts(3.0, AxisUnit::Whole), ["0", "1", "2", "3"]);
        assert_eq!(texts(0.7, AxisUnit::Real), ["0", "0.25", "0.5", "0.75"]);
        assert_eq!(texts(1e9, AxisUnit::Whole)[1], "250 million");
        assert_eq!(texts(1.0, AxisUnit::Share)[2], "50 %");
        assert_eq!(texts(f64::NAN, AxisUnit::Real).len(), texts(1.0, AxisUnit::Real).len());
    }

    #[test]
    fn differences_have_signs() {
        let wanted = Wanted { lowest: -420.0, highest: 130.0, unit: AxisUnit::Whole, signed: true, steps: 4 };
        let texts: Vec<String> = axis(wanted).ticks.into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["−500", "−250", "0", "+250"]);
    }

    #[test]
    fn powers_have_round_ticks() {
        let all = powers(0.01, 100.0);
        assert!(all.iter().all(|axis| (axis.from, axis.to) == (0.01, 100.0)));
        let texts = |axis: &Axis| axis.ticks.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&all[0])[..4], ["0.01", "0.02", "0.05", "0.1"]);
        assert_eq!(texts(&all[2]), ["0.01", "0.1", "1", "10", "100"]);
        assert_eq!(texts(&powers(2.1, 2.9)[0]), ["2.1", "2.9"]);
    }

    #[test]
    fn the_axis_reaches_its_data() {
        let mut highest = 1e-6;
        while highest < 1e12 {
            for unit in [AxisUnit::Whole, AxisUnit::Real] {
                for lowest in [0.0, -highest / 3.0, -20.0 * highest, 0.9 * highest] {
                    let axis = axis(Wanted { lowest, highest, unit, signed: false, steps: 5 });
                    let slack = 1e-6 * (highest - lowest);
                    let reaches = axis.to >= highest - slack && axis.from <= lowest + slack;
                    assert!(reaches && axis.ticks.len() <= 12, "{lowest} to {highest}: {axis:?}");
                }
            }
            highest *= 1.37;
        }
    }
}
