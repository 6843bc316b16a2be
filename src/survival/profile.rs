//! Survival profiles: by steps since entry, the probability to be still there.

use super::law::Law;

/// A part of the people, all with the same distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// How large a part.
    pub weight: f64,
    /// How long they stay, before the minimum and the stretch.
    pub law: Law,
    /// Shorter stays are lengthened to this.
    pub minimum: f64,
    /// What the length is then multiplied by, above 0.
    pub stretch: f64,
}

/// What remains of people by steps since entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The probability to be there at the end of the step of entry and of those after it.
    s: Vec<f64>,
    /// The sum of the probabilities that follow, of those who leave some day.
    beyond: f64,
    /// The portion that never leaves.
    never: f64,
    /// The constant hazard (per step) that leaves as many of those who enter by the end of the step.
    entrant: f64,
}

/// What is left of a mean stay where the tail of a profile is cut off.
const NEGLIGIBLE: f64 = 1e-12;

impl Part {
    /// Everybody, with a plain length.
    pub fn all(law: Law) -> Part {
        Part { weight: 1.0, law, minimum: 0.0, stretch: 1.0 }
    }

    /// The integral of the survival function between two times.
    fn between(&self, from: f64, to: f64) -> f64 {
        let [from, to] = [from / self.stretch, to / self.stretch];
        let certain = to.min(self.minimum) - from.min(self.minimum);
        self.stretch * (certain + self.law.between(from.max(self.minimum), to.max(self.minimum)))
    }

    /// The integral from a time on.
    fn beyond(&self, t: f64) -> f64 {
        let t = t / self.stretch;
        self.stretch * ((self.minimum - t).max(0.0) + self.law.beyond(t.max(self.minimum)))
    }

    /// Adds this part to a profile.
    fn add_to(&self, profile: &mut Profile) {
        let last = profile.s.len() as f64;
        if let Law::Table(table) = &self.law {
            let whole = table.whole(self.minimum, self.stretch);
            // By duration, longer ones together; then those who stay longer than each age, summed from the longest.
            let mut leaving = vec![0.0; profile.s.len() + 1];
            for (duration, portion) in &whole {
                leaving[duration.min(last) as usize] += portion;
            }
            let mut longer = table.never();
            for (age, s) in profile.s.iter_mut().enumerate().rev() {
                longer += leaving[age + 1];
                *s += self.weight * longer;
            }
            let rest: f64 =
                whole.iter().map(|(duration, portion)| (duration - last).max(0.0) * portion).sum();
            profile.beyond += self.weight * rest;
            profile.never += self.weight * table.never();
            return;
        }
        for (age, s) in profile.s.iter_mut().enumerate() {
            *s += self.weight * self.between(age as f64, age as f64 + 1.0);
        }
        profile.beyond += self.weight * self.beyond(last);
    }
}

impl Profile {
    /// The profile of a mixture, step by step for `ages` steps after that of entry, and in one sum from there on.
    pub fn new(parts: &[Part], ages: usize) -> Profile {
        let mut profile = Profile { s: vec![0.0; ages + 1], beyond: 0.0, never: 0.0, entrant: 0.0 };
        for part in parts.iter().filter(|part| part.weight > 0.0) {
            part.add_to(&mut profile);
        }
        profile.entrant = hazard_that_leaves(profile.s[0]);
        profile
    }

    /// After how many steps what is left of a mixture no longer matters; at most `most`.
    pub fn ages_needed(parts: &[Part], most: usize) -> usize {
        let rest =
            |ages: usize| -> f64 { parts.iter().map(|part| part.weight * part.beyond(ages as f64)).sum() };
        let enough = NEGLIGIBLE * rest(0).max(1.0);
        let mut high = 1;
        while high < most && rest(high) > enough {
            high = (2 * high).min(most);
        }
        let mut low = high / 2;
        while high > low + 1 {
            let middle = low.midpoint(high);
            *(if rest(middle) > enough { &mut low } else { &mut high }) = middle;
        }
        high
    }

    /// The probability to be still there at the end of the `age`-th step after that of entry.
    pub fn at(&self, age: usize) -> f64 {
        self.s[age]
    }

    /// The sum of the probabilities from the last single one on, of those who leave some day.
    pub fn tail(&self) -> f64 {
        self.s[self.s.len() - 1] - self.never + self.beyond
    }

    /// The portion that never leaves.
    pub fn never(&self) -> f64 {
        self.never
    }

    /// The constant hazard (per step) that leaves as many of those who enter a step by its end; infinite where it
    /// leaves nobody.
    pub fn entrant_hazard(&self) -> f64 {
        self.entrant
    }

    /// The probability to leave in the step after `age`, where `self` holds now and `before` held in the step before.
    pub fn leaving(&self, before: &Profile, age: usize) -> f64 {
        portion_gone(self.s[age + 1], before.s[age])
    }

    /// The same for all who are older than what is told apart, so that a steady inflow keeps its exact stock.
    pub fn tail_leaving(&self, before: &Profile) -> f64 {
        match (self.never > 0.0, before.never > 0.0) {
            (false, false) => portion_gone(self.beyond, before.tail()),
            (false, true) => 1.0,
            (true, false) => 0.0,
            (true, true) => portion_gone(self.never, before.never),
        }
    }
}

fn portion_gone(now: f64, before: f64) -> f64 {
    if before > 0.0 { (1.0 - now / before).clamp(0.0, 1.0) } else { 1.0 }
}

/// The `a` with (1 - exp(-a)) / a = `stayed`, by bisection: the left side falls from 1 to 0.
fn hazard_that_leaves(stayed: f64) -> f64 {
    if stayed >= 1.0 {
        return 0.0;
    }
    if stayed <= 1e-12 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, 1.0 / stayed);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        *(if -libm::expm1(-middle) / middle > stayed { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::Table;

    fn part(weight: f64, portions: &[(f64, f64)], stretch: f64) -> Part {
        Part { weight, law: Law::Table(Table::new(portions.to_vec(), 0.0)), minimum: 0.0, stretch }
    }

    #[test]
    fn a_stretched_table_divides_parts_of_steps() {
        let base = [(3.0, 0.6), (5.0, 0.4)];
        let before = Profile::new(&[part(1.0, &base, 1.0)], 6);
        let after = Profile::new(&[part(0.25, &base, 1.0), part(0.75, &base, 0.5)], 6);
        let known = [0.225, 0.6, 0.9, 0.75, 1.0];
        for (age, known) in known.into_iter().enumerate() {
            let found = after.leaving(&before, age);
            assert!((found - known).abs() < 1e-14, "step {}: {found} for {known}", age + 1);
        }
    }

    #[test]
    fn a_minimum_is_kept_by_all_and_stretched_with_the_rest() {
        let law = Law::Exponential { mean: 10.0 };
        let profile = Profile::new(&[Part { weight: 1.0, law, minimum: 6.0, stretch: 2.0 }], 300);
        for age in 0..12 {
            assert_eq!(profile.at(age), 1.0);
        }
        let mean: f64 = (0..300).map(|age| profile.at(age)).sum::<f64>() + profile.tail();
        assert!((mean - 2.0 * (6.0 + 10.0 * libm::exp(-0.6))).abs() < 1e-9, "{mean}");
    }

    #[test]
    fn an_exponential_entrant_has_its_own_hazard() {
        let profile = Profile::new(&[Part::all(Law::Exponential { mean: 4.0 })], 3);
        assert!((profile.entrant_hazard() - 0.25).abs() < 1e-14);
        assert!((profile.leaving(&profile, 1) + libm::expm1(-0.25)).abs() < 1e-14);
        assert!((profile.tail_leaving(&profile) + libm::expm1(-0.25)).abs() < 1e-14);
    }
}
