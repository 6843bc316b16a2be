//! Parameters that wander: in each replicate they move over time, about their value.

use super::{NumberId, Span};

/// The largest standard deviation on the scale: with more, a value would go up or down by a factor of a million every now and then.
pub const LARGEST_SD: f64 = 5.0;

/// How a parameter wanders: a stationary autoregressive process on a scale on which it is unbounded (in continuous time:
/// Ornstein and Uhlenbeck's), whose median is the parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Wander {
    /// Its standard deviation on the scale; above [`LARGEST_SD`], as a change may make it, it counts as that.
    pub sd: NumberId,
    /// The time in which a deviation halves, on average: the autocorrelation at that distance is one half.
    pub halves_in: Span,
    /// The scale.
    pub scale: WanderScale,
}

/// The scale on which a parameter wanders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WanderScale {
    /// The logarithm: the parameter is multiplied by what keeps its sign.
    Log,
    /// The logarithm of the odds: the parameter stays between 0 and 1.
    Logit,
}

impl WanderScale {
    /// The scale of a parameter with this range: one that lies within 0 and 1 says that it is a share.
    pub fn of_range(range: Option<(f64, f64)>) -> WanderScale {
        match range {
            Some((low, high)) if low >= 0.0 && high <= 1.0 => WanderScale::Logit,
            _ => WanderScale::Log,
        }
    }

    /// Whether something can wander about this value.
    pub fn allows(self, value: f64) -> bool {
        match self {
            WanderScale::Log => value > 0.0,
            WanderScale::Logit => value > 0.0 && value < 1.0,
        }
    }

    /// A value after a move by `by` on the scale. One that the scale does not have stays.
    pub fn moved(self, value: f64, by: f64) -> f64 {
        match self {
            WanderScale::Log => value * libm::exp(by),
            WanderScale::Logit if self.allows(value) && by != 0.0 => {
                value / (value + (1.0 - value) * libm::exp(-by))
            }
            WanderScale::Logit => value,
        }
    }

    /// What its standard deviation is one of.
    pub fn words(self) -> &'static str {
        match self {
            WanderScale::Log => "the logarithm",
            WanderScale::Logit => "the logit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_keep_what_they_promise() {
        let logit = WanderScale::Logit;
        assert_eq!((WanderScale::Log.moved(0.3, 0.0), logit.moved(0.3, 0.0)), (0.3, 0.3));
        assert!((WanderScale::Log.moved(2.0, libm::log(3.0)) - 6.0).abs() < 1e-14);
        // Odds of 1 to 3, times 3.
        assert!((logit.moved(0.25, libm::log(3.0)) - 0.5).abs() < 1e-15);
        assert_eq!((logit.moved(1.0, 2.0), logit.moved(-0.1, 2.0)), (1.0, -0.1));
        for by in [-800.0, -3.0, 40.0, 800.0] {
            assert!((0.0..=1.0).contains(&logit.moved(0.5, by)), "{by}");
        }
        assert_eq!(WanderScale::of_range(Some((0.2, 1.0))), logit);
        assert_eq!(WanderScale::of_range(Some((0.2, 1.1))), WanderScale::Log);
        assert_eq!(WanderScale::of_range(None), WanderScale::Log);
    }
}
