//! Rates, hazards and probabilities: the one place that converts between them.
//!
//! A scenario writes a rate in the unit that its reader thinks in; inside, everything is a hazard per year.
//! A year is 12 equal months, 365.25 days and 365.25 / 7 weeks.

/// Days in a year, as every conversion here takes it.
pub const DAYS_PER_YEAR: f64 = 365.25;

/// A hazard above this leaves nobody behind in any step we offer, and as a rate of arrivals, births or occasions it brings more than a
/// replicate may have in the shortest of them, which stops it; larger ones are cut here so that arithmetic on them stays finite.
pub const LARGEST_HAZARD: f64 = 1e15;

/// A span of the calendar in which lengths of time are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// A twelfth of a year.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

impl TimeUnit {
    /// Every unit, shortest first.
    pub const ALL: [TimeUnit; 5] =
        [TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year];

    /// The length of one unit in years.
    pub fn years(self) -> f64 {
        match self {
            TimeUnit::Day => 1.0 / DAYS_PER_YEAR,
            TimeUnit::Week => 7.0 / DAYS_PER_YEAR,
            TimeUnit::Month => 1.0 / 12.0,
            TimeUnit::Quarter => 0.25,
            TimeUnit::Year => 1.0,
        }
    }

    /// The unit's name in the singular: `"month"`.
    pub fn name(self) -> &'static str {
        match self {
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Quarter => "quarter",
            TimeUnit::Year => "year",
        }
    }

    /// Reads `"month"` or `"months"`; `None` for anything else.
    pub fn from_name(word: &str) -> Option<TimeUnit> {
        let singular = word.strip_suffix('s').unwrap_or(word);
        TimeUnit::ALL.into_iter().find(|unit| unit.name() == singular)
    }
}

/// How a rate was written, and so what its number means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RateUnit {
    /// Events per unit of time and person (or, for arrivals and shocks, just per unit of time).
    Per(TimeUnit),
    /// The mean time until leaving, in this unit.
    MeanStay(TimeUnit),
    /// The time after which half have left, in this unit.
    HalfLife(TimeUnit),
    /// The probability of leaving within one unit of time.
    Probability(TimeUnit),
}

impl RateUnit {
    /// The hazard per year of a rate whose written number is `amount`.
    ///
    /// Amounts that mean nothing (negative, not a number) give 0, and so do infinite stays; a stay of zero or a
    /// probability of one gives [`LARGEST_HAZARD`].
    pub fn hazard(self, amount: f64) -> f64 {
        let hazard = match self {
            RateUnit::Per(unit) => amount / unit.years(),
            RateUnit::MeanStay(unit) => 1.0 / (amount * unit.years()),
            RateUnit::HalfLife(unit) => std::f64::consts::LN_2 / (amount * unit.years()),
            RateUnit::Probability(unit) => -libm::log1p(-amount.min(1.0)) / unit.years(),
        };
        if hazard > 0.0 { hazard.min(LARGEST_HAZARD) } else { 0.0 }
    }

    /// The rate as its unit reads in a sentence, after the number: `"per year"`.
    pub fn words(self) -> String {
        match self {
            RateUnit::Per(unit) => format!("per {}", unit.name()),
            RateUnit::MeanStay(unit) => format!("{}s mean stay", unit.name()),
            RateUnit::HalfLife(unit) => format!("{}s half-life", unit.name()),
            RateUnit::Probability(unit) => format!("probability per {}", unit.name()),
        }
    }
}

/// The probability that someone exposed to `hazard` (per year) for all of `years` leaves: 1 - exp(-H t).
pub fn leaving_probability(hazard: f64, years: f64) -> f64 {
    -libm::expm1(-hazard * years)
}

/// The probability that someone who entered at a uniform moment of a step of `years` leaves within it:
/// 1 - (1 - exp(-H t)) / (H t).
pub fn entrant_leaving_probability(hazard: f64, years: f64) -> f64 {
    let x = hazard * years;
    if x < 1e-4 {
        // The series, where the closed form would lose its digits: x/2 - x^2/6 + x^3/24.
        return x * (0.5 - x * (1.0 / 6.0 - x / 24.0));
    }
    1.0 + libm::expm1(-x) / x
}

/// The mean part of a step of `years` that someone who entered at a uniform moment of it then spends there:
/// (x - 1 + exp(-x)) / x^2 with x = H t; one half where nobody leaves. `leaving` is
/// [`entrant_leaving_probability`] of the same hazard.
pub fn entrant_presence(hazard: f64, years: f64, leaving: f64) -> f64 {
    let x = hazard * years;
    if x < 1e-4 { 0.5 - x / 6.0 } else { leaving / x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_rate_gives_the_same_hazard() {
        let hazard = 0.36;
        for (unit, amount) in [
            (RateUnit::Per(TimeUnit::Month), 0.03),
            (RateUnit::Per(TimeUnit::Day), 0.36 / 365.25),
            (RateUnit::MeanStay(TimeUnit::Year), 1.0 / 0.36),
            (RateUnit::HalfLife(TimeUnit::Month), 12.0 * std::f64::consts::LN_2 / 0.36),
            (RateUnit::Probability(TimeUnit::Month), 0.029554466451491845),
        ] {
            assert!((unit.hazard(amount) - hazard).abs() < 1e-12, "{unit:?}");
        }
    }

    #[test]
    fn meaningless_amounts_stay_finite() {
        for unit in [RateUnit::Per(TimeUnit::Day), RateUnit::MeanStay(TimeUnit::Day)] {
            for amount in [f64::NAN, -1.0, 0.0, f64::INFINITY] {
                let hazard = unit.hazard(amount);
                assert!((0.0..=LARGEST_HAZARD).contains(&hazard), "{unit:?} {amount}: {hazard}");
            }
        }
        assert_eq!(RateUnit::Probability(TimeUnit::Month).hazard(1.0), LARGEST_HAZARD);
    }

    #[test]
    fn the_series_meets_the_closed_form() {
        let below = entrant_leaving_probability(0.99999e-4, 1.0);
        let above = entrant_leaving_probability(1.00001e-4, 1.0);
        assert!((above - below - 1e-9).abs() < 1e-12);
    }
}
