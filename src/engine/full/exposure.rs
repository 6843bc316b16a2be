//! The law of what is left of a step for those who found a door closed: they are still exposed to the other ways out.
//!
//! Somebody in a cell is exposed to hazards: some lead to places that fill (*doors*), the others are open. Tries at a
//! door that is closed change nothing, so the times of the first try at each door and of leaving are independent. Hence
//! the probability to be there at a time t, as a part of the step, with tries at exactly the doors of a set S is
//!
//! ```text
//! exp(-h t) * product over d in S of (1 - exp(-b_d t)) * product over other d of exp(-b_d t)
//! ```
//!
//! with h the open hazards and b_d those of the doors. Multiplied out it is a sum of exponentials, and its integral over
//! the step is the mean time spent so. What leaves at the rate of a hazard during that time, over what came into it, is the
//! probability that somebody refused at the last door of S goes that way. Where every try is refused these
//! probabilities add up to exactly what would happen if the doors were not there; where none is, nobody asks for them.

/// More doors than this out of one cell are told apart no further: the last ones are one.
pub const MOST_DOORS: usize = 4;

/// A set of doors: one bit for each.
pub type Set = usize;

/// For which part of a step somebody is exposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    /// All of it.
    Throughout,
    /// From a uniform moment to its end, or from its start to a uniform moment at which their stay is over: the same law.
    Part,
    /// All of it, and at the moment in question their stay is over.
    Overdue,
}

/// The hazards out of a cell in one replicate, each times the step.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExposureHazards {
    /// Of the ways that are open.
    pub open: f64,
    /// Of the doors.
    pub doors: [f64; MOST_DOORS],
}

impl ExposureHazards {
    fn of(&self, mut belongs: impl FnMut(usize) -> bool) -> f64 {
        self.doors.iter().enumerate().filter(|(door, _)| belongs(*door)).map(|(_, hazard)| hazard).sum()
    }

    /// The sum over the subsets U of `set` of (-1)^|U| times `kernel` of the hazards with those of U in place of all of `set`.
    fn over_subsets(&self, set: Set, kernel: impl Fn(f64) -> f64) -> f64 {
        let always = self.open + self.of(|door| set >> door & 1 == 0);
        let mut sum = 0.0;
        let mut subset = set;
        loop {
            let term = kernel(always + self.of(|door| subset >> door & 1 == 1));
            sum += if subset.count_ones().is_multiple_of(2) { term } else { -term };
            if subset == 0 {
                return sum;
            }
            subset = (subset - 1) & set;
        }
    }

    /// The mean time, in steps, that somebody spends after tries at exactly the doors of `set`.
    fn time(&self, set: Set, present: Present) -> f64 {
        let kernel = |a| match present {
            Present::Throughout => whole(a),
            Present::Part => part(a),
            Present::Overdue => whole(a) - part(a),
        };
        self.over_subsets(set, kernel).max(0.0)
    }

    /// The probability of ever having tried exactly the doors of `set`, as the last of them closes.
    fn refused(&self, set: Set, present: Present) -> f64 {
        let doors = (0..MOST_DOORS).filter(|door| set >> door & 1 == 1);
        let by_doors: f64 = doors.map(|door| self.doors[door] * self.time(set & !(1 << door), present)).sum();
        // The end of a stay comes at a constant rate over the step.
        let by_stay = if present == Present::Overdue { self.over_subsets(set, whole) } else { 0.0 };
        by_doors + by_stay
    }

    /// The mean time, in steps, that somebody still spends in the cell who was refused at a door, with tries at exactly those of
    /// `set`, before going on or the step's end; 0 where that cannot be.
    pub fn time_after(&self, set: Set, present: Present) -> f64 {
        let refused = self.refused(set, present);
        if refused > 0.0 { self.time(set, present) / refused } else { 0.0 }
    }
}

/// The integral of exp(-a t) over t from 0 to 1.
fn whole(a: f64) -> f64 {
    if a < SMALL { series(a, 1) } else { -libm::expm1(-a) / a }
}

/// The integral of (1 - t) exp(-a t) over t from 0 to 1.
fn part(a: f64) -> f64 {
    if a < SMALL { series(a, 2) } else { (1.0 - whole(a)) / a }
}

/// Below this the closed forms lose digits.
const SMALL: f64 = 1.0;

/// The sum over k of (-a)^k / (k + first)!.
fn series(a: f64, first: u32) -> f64 {
    let mut term = if first == 1 { 1.0 } else { 0.5 };
    let mut sum = term;
    for k in 1..=18 {
        term *= -a / f64::from(k + first);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The probability to leave by the open ways, over all paths through refusals at closed doors.
    fn leaves(hazards: &ExposureHazards, present: Present) -> f64 {
        let sets = 1 << MOST_DOORS;
        (0..sets).map(|set| hazards.open * hazards.time(set, present)).sum()
    }

    proptest! {
        #[test]
        fn closed_doors_change_nothing(open in 0.0..3.0f64, doors in prop::array::uniform4(0.0..3.0f64)) {
            let hazards = ExposureHazards { open, doors };
            let alone = ExposureHazards { open, doors: [0.0; MOST_DOORS] };
            for present in [Present::Throughout, Present::Part, Present::Overdue] {
                let (found, right) = (leaves(&hazards, present), open * alone.time(0, present));
                prop_assert!((found - right).abs() < 1e-12, "{present:?}: {found} for {right}");
            }
            // Whoever comes into a set goes on from it, or is there at the end.
            for set in 1..1 << MOST_DOORS {
                let on = hazards.open + hazards.of(|door| set >> door & 1 == 0);
                let going = on * hazards.time(set, Present::Throughout);
                let coming = hazards.refused(set, Present::Throughout);
                let product = |t: f64| -> f64 {
                    (0..MOST_DOORS).map(|door| {
                        let tried = libm::exp(-doors[door] * t);
                        if set >> door & 1 == 1 { 1.0 - tried } else { tried }
                    }).product::<f64>() * libm::exp(-open * t)
                };
                prop_assert!((coming - going - product(1.0)).abs() < 1e-12, "{coming} {going}");
                // Of those whose stay ends within the step everybody goes on.
                let going = on * hazards.time(set, Present::Part) + hazards.over_subsets(set, whole);
                prop_assert!((hazards.refused(set, Present::Part) - going).abs() < 1e-12);
                // Numerically.
                let n = 4000;
                let middle = |k: i32| (f64::from(k) + 0.5) / f64::from(n);
                let time: f64 = (0..n).map(|k| product(middle(k))).sum::<f64>() / f64::from(n);
                prop_assert!((time - hazards.time(set, Present::Throughout)).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_series_meet_the_closed_forms() {
        for a in [0.9_f64, 0.99999, 1.0, 1.00001, 1.1] {
            let exact = (1.0 - libm::exp(-a)) / a;
            assert!((whole(a) - exact).abs() < 1e-15);
            assert!((part(a) - (1.0 - exact) / a).abs() < 1e-15);
        }
        assert_eq!((whole(0.0), part(0.0)), (1.0, 0.5));
    }
}
