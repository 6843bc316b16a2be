//! Families of lengths with two parameters: the list of them.

use super::fit::{Quantile, TwoParameters};
use super::gamma::GammaLength;
use super::law::SurvivalLaw;
use super::lognormal::LognormalLength;
use super::weibull::WeibullLength;

/// Makes of each line, what a family is called in a file, its variant in [`SurvivalLaw`] and its type, what is said of all of them.
macro_rules! families {
    ($($name:literal $Family:ident $Kind:ident,)+) => {
        /// A family of distributions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum LengthFamily {
            $(#[doc = concat!("See [`", stringify!($Kind), "`].")] $Family,)+
        }

        impl LengthFamily {
            /// All of them.
            pub const ALL: &[LengthFamily] = &[$(LengthFamily::$Family),+];

            /// What it is called in a file.
            pub fn name(self) -> &'static str {
                match self {
                    $(LengthFamily::$Family => $name,)+
                }
            }

            /// Whether it is known by a shape.
            pub fn has_shape(self) -> bool {
                match self {
                    $(LengthFamily::$Family => $Kind::HAS_SHAPE,)+
                }
            }

            /// The one with this mean and shape; `None` of a family without a shape.
            pub fn by_shape(self, mean: f64, shape: f64) -> Option<SurvivalLaw> {
                match self {
                    $(LengthFamily::$Family => $Kind::by_shape(mean, shape).map(SurvivalLaw::$Family),)+
                }
            }

            /// The one with this mean and coefficient of variation.
            pub fn by_cv(self, mean: f64, cv: f64) -> SurvivalLaw {
                match self {
                    $(LengthFamily::$Family => SurvivalLaw::$Family($Kind::by_cv(mean, cv)),)+
                }
            }

            /// The one with two quantiles, the lower first.
            pub fn by_quantiles(self, quantiles: [Quantile; 2]) -> SurvivalLaw {
                match self {
                    $(LengthFamily::$Family => SurvivalLaw::$Family($Kind::by_quantiles(quantiles)),)+
                }
            }
        }

        impl SurvivalLaw {
            /// Whether its parameters are among those that are offered. Of a law of no family they all are.
            pub fn is_offered(&self) -> bool {
                match self {
                    $(SurvivalLaw::$Family(law) => law.is_offered(),)+
                    SurvivalLaw::Fixed(_) | SurvivalLaw::Exponential(_) | SurvivalLaw::Table(_) => true,
                }
            }
        }
    };
}

families! {
    "gamma" Gamma GammaLength,
    "weibull" Weibull WeibullLength,
    "lognormal" Lognormal LognormalLength,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_met() {
        let quantiles = [(0.5, 8.0), (0.9, 30.0)];
        for family in LengthFamily::ALL {
            let law = family.by_quantiles(quantiles);
            for (portion, time) in quantiles {
                let above = law.longer_than(time);
                assert!((above - (1.0 - portion)).abs() < 1e-12, "{law:?} at {time}: {above}");
            }
        }
    }

    #[test]
    fn means_and_spreads_are_met() {
        for cv in [0.1, 0.5, 1.0, 1.5] {
            for law in LengthFamily::ALL.iter().map(|family| family.by_cv(12.0, cv)) {
                assert!((law.mean() / 12.0 - 1.0).abs() < 1e-12, "{law:?}");
                // E X^2 = 2 x the integral of t S(t): by parts, twice the integral of what is beyond.
                let h = if cv < 0.75 { 0.01 } else { 0.2 };
                let second: f64 =
                    2.0 * h * (0..20_000).map(|k| law.beyond(h * (f64::from(k) + 0.5))).sum::<f64>();
                let found = (second / 144.0 - 1.0).sqrt();
                assert!((found / cv - 1.0).abs() < 1e-3, "{law:?}: {found} for {cv}");
            }
        }
    }
}
