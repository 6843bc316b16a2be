//! The values of a slider: how far it goes, and in which steps, so that they are round and the scenario's own is among them.

use crate::model::NumberKind;

/// How far a slider goes, and in which steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeverRange {
    /// The lowest value.
    pub min: f64,
    /// The highest.
    pub max: f64,
    /// How far apart its values are.
    pub step: f64,
}

/// So many steps a slider has at least, and ten times as many where the scenario's value wants it.
const STEPS: f64 = 100.0;

/// Between a lowest and a highest value, and as far as `value`.
pub fn within(low: f64, high: f64, value: f64) -> LeverRange {
    let (min, max) = (low.min(value), high.max(value));
    LeverRange { min, max, step: step(min, max, value) }
}

/// From none of it to about three times as much; of a share to all.
pub fn about(value: f64, kind: NumberKind) -> LeverRange {
    let most = if value == 0.0 { 1.0 } else { rounded_up(3.0 * value.abs()) };
    let (low, high) = match kind {
        NumberKind::Share => (0.0, 1.0),
        NumberKind::Any if value < 0.0 => (-most, 0.0),
        _ => (0.0, most),
    };
    let range = within(low, high, value);
    // No length of time is 0.
    let min = if kind == NumberKind::Duration { range.step } else { range.min };
    LeverRange { min, ..range }
}

/// Of a factor.
pub fn factors(kind: NumberKind) -> LeverRange {
    let step = 0.05;
    LeverRange { min: if kind == NumberKind::Duration { step } else { 0.0 }, max: 4.0, step }
}

/// The largest round step by which the slider has enough values and `value` is one of them.
fn step(min: f64, max: f64, value: f64) -> f64 {
    let width = max - min;
    if !(width.is_finite() && width > 0.0) {
        return 1.0;
    }
    let mut power = libm::floor(libm::log10(width / STEPS)) as i32;
    for _ in 0..4 {
        for digit in [5.0, 2.0, 1.0] {
            let step = decimal(digit, power);
            let steps = (value - min) / step;
            if step <= width / STEPS * 1.001 && step > 0.0 && (steps - steps.round()).abs() < 1e-6 {
                return step;
            }
        }
        power -= 1;
    }
    // No round one has it: as fine as this many.
    decimal(1.0, power)
}

/// The next number above `value` with a first digit that people count by.
fn rounded_up(value: f64) -> f64 {
    let power = libm::floor(libm::log10(value)) as i32;
    let digits = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    let above = digits.into_iter().map(|digit| decimal(digit, power)).find(|it| *it >= value);
    above.unwrap_or(value)
}

/// `digit` times ten to the power `power`, as it is written: 0.05 and not 0.05000000000000001.
fn decimal(digit: f64, power: i32) -> f64 {
    format!("{digit}e{power}").parse().unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_meet_the_value_of_the_scenario() {
        for ((low, high, value), step) in [
            ((0.0, 4.0, 1.0), 0.02),
            ((0.0, 1.0, 0.0), 0.01),
            ((0.0, 1.0, 0.165), 0.005),
            ((0.0, 100.0, 60.0), 1.0),
            ((0.5, 2.0, 1.0), 0.01),
            ((-3.0, 3.0, 0.0), 0.05),
        ] {
            assert_eq!(within(low, high, value).step, step, "{low} {high} {value}");
        }
        assert_eq!(within(2.0, 2.0, 2.0).step, 1.0);
        assert!(within(0.0, 1.0, 1.0 / 3.0).step < 1e-5);
    }

    #[test]
    fn numbers_go_from_none_to_three_times_as_much() {
        assert_eq!(about(60.0, NumberKind::Amount), LeverRange { min: 0.0, max: 200.0, step: 2.0 });
        assert_eq!(about(0.3, NumberKind::Share), LeverRange { min: 0.0, max: 1.0, step: 0.01 });
        assert_eq!(about(13.0, NumberKind::Duration), LeverRange { min: 0.2, max: 40.0, step: 0.2 });
        assert_eq!(about(-2.0, NumberKind::Any).min, -6.0);
        for value in [f64::MAX, f64::MIN_POSITIVE, 1e300] {
            let range = about(value, NumberKind::Amount);
            assert!(range.min <= value && value <= range.max && range.step > 0.0, "{range:?}");
        }
    }
}
