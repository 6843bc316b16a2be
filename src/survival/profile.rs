//! Survival profiles: by steps since entry, the probability to be still there.

use std::sync::OnceLock;

use super::fixed::FixedLength;
use super::law::SurvivalLaw;

/// A part of the people, all with the same distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfilePart {
    /// How large a part.
    pub weight: f64,
    /// How long they stay, before the minimum and the stretch.
    pub law: SurvivalLaw,
    /// Shorter stays are lengthened to this.
    pub minimum: f64,
    /// What the length is then multiplied by, above 0.
    pub stretch: f64,
}

/// What remains of people by steps since entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    parts: Vec<ProfilePart>,
    /// For how many steps people are told apart.
    reach: usize,
    /// The probability to be there at the end of the step of entry and of those after it.
    within: Vec<f64>,
    /// The constant hazard (per step) that leaves as many of those who enter by the end of the step.
    entrant: f64,
    /// What is computed where it is asked for.
    at_start: OnceLock<Vec<f64>>,
    steady: OnceLock<Vec<f64>>,
}

/// What is left of a mean stay where the tail of a profile is cut off.
const NEGLIGIBLE: f64 = 1e-12;

impl ProfilePart {
    /// Everybody, with a plain length.
    pub fn all(law: SurvivalLaw) -> ProfilePart {
        ProfilePart { weight: 1.0, law, minimum: 0.0, stretch: 1.0 }
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

    /// The probability of a length above `t`. Of a table, parts of steps are divided.
    fn longer_than(&self, t: f64) -> f64 {
        match &self.law {
            SurvivalLaw::Table(table) => {
                let whole = table.whole(self.minimum, self.stretch);
                let longer = whole.iter().filter(|(duration, _)| *duration > t);
                table.never() + longer.map(|(_, portion)| portion).sum::<f64>()
            }
            _ if t < self.minimum * self.stretch => 1.0,
            law => law.longer_than(t / self.stretch),
        }
    }

    /// Lengths that many have: with them survival falls at once.
    pub(super) fn jumps(&self) -> impl Iterator<Item = f64> {
        let fixed = match self.law {
            SurvivalLaw::Fixed(FixedLength { length }) => length.max(self.minimum),
            _ => 0.0,
        };
        [self.minimum * self.stretch, fixed * self.stretch].into_iter()
    }

    /// Of a table, the portion of those whose duration is above 0, 1, ..., up to `reach`.
    fn longer_durations(&self, reach: usize) -> Option<Vec<f64>> {
        let SurvivalLaw::Table(table) = &self.law else { return None };
        let mut longer = vec![0.0; reach + 1];
        for (duration, portion) in table.whole(self.minimum, self.stretch) {
            // By duration, longer ones together; then summed from the longest.
            if duration >= 1.0 {
                longer[(duration.min(reach as f64 + 1.0) - 1.0) as usize] += portion;
            }
        }
        let mut sum = table.never();
        for longer in longer.iter_mut().rev() {
            sum += *longer;
            *longer = sum;
        }
        Some(longer)
    }

    /// The probability to be there at the end of the step of entry and of those after it, up to `reach`, entry being at a
    /// uniform moment of its step.
    fn within(&self, reach: usize) -> Vec<f64> {
        self.longer_durations(reach)
            .unwrap_or_else(|| (0..=reach).map(|age| self.between(age as f64, age as f64 + 1.0)).collect())
    }

    /// The probability to be there as the step of entry begins and as each of those after it does, up to `reach`. Entry is
    /// when a part of its step has `passed`, or, with none, as it begins. Of who enters in a step, everybody counts as there at first.
    pub fn since(&self, passed: Option<f64>, reach: usize) -> Vec<f64> {
        let mut there = match (self.longer_durations(reach), passed) {
            (Some(longer), None) => longer,
            // Who enters within a step has a duration of 0 at its end, one step later as steps are counted here.
            (Some(longer), Some(_)) => [1.0].into_iter().chain(longer).take(reach + 1).collect(),
            (None, passed) => {
                let passed = passed.unwrap_or(0.0);
                (0..=reach).map(|steps| self.longer_than(steps as f64 - passed)).collect()
            }
        };
        there[0] = 1.0;
        there
    }
}

impl Profile {
    /// The profile of a mixture, step by step for at most `most` steps after that of entry: until hardly anybody is left.
    pub fn new(parts: Vec<ProfilePart>, most: usize) -> Profile {
        let reach = Profile::steps_needed(&parts, most);
        let within = mixed(&parts, reach, |part| part.within(reach));
        let entrant = hazard_that_leaves(within[0]);
        Profile { parts, reach, within, entrant, at_start: OnceLock::new(), steady: OnceLock::new() }
    }

    /// After how many steps what is left of a mixture no longer matters; at most `most`.
    pub fn steps_needed(parts: &[ProfilePart], most: usize) -> usize {
        let rest =
            |ages: usize| -> f64 { parts.iter().map(|part| part.weight * part.beyond(ages as f64)).sum() };
        let enough = NEGLIGIBLE * rest(0).max(1.0);
        let most = most.max(1);
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

    /// The parts that it is made of.
    pub fn parts(&self) -> &[ProfilePart] {
        &self.parts
    }

    /// For how many steps since entry people are told apart.
    pub fn reach(&self) -> usize {
        self.reach
    }

    /// The probability to be still there at the end of the step of entry and of those after it, where entry is at a uniform
    /// moment of its step. Never increasing.
    pub fn within(&self) -> &[f64] {
        &self.within
    }

    /// The probability to be still there 0, 1, ... steps after an entry as a step begins. Never increasing, from 1.
    pub fn at_start(&self) -> &[f64] {
        self.at_start.get_or_init(|| mixed(&self.parts, self.reach, |part| part.since(None, self.reach)))
    }

    /// The probability to be still there so many steps after an entry as a step begins.
    pub fn longer_than(&self, steps: u32) -> f64 {
        if steps == 0 {
            return 1.0;
        }
        self.parts.iter().map(|part| part.weight * part.longer_than(f64::from(steps))).sum()
    }

    /// Of those whom a steady inflow has left there, how many (in steps of inflow) are there after 0, 1, ... more steps. Never
    /// increasing, from the mean stay of those who outlast the step of entry.
    pub fn steady(&self) -> &[f64] {
        self.steady.get_or_init(|| {
            let last = self.within.len();
            let mut sum: f64 = self.parts.iter().map(|part| part.weight * part.beyond(last as f64)).sum();
            let mut there = vec![sum; last + 1];
            for age in (0..last).rev() {
                sum += self.within[age];
                there[age] = sum;
            }
            there
        })
    }

    /// The constant hazard (per step) that leaves as many of those who enter a step by its end; infinite where it
    /// leaves nobody.
    pub fn entrant_hazard(&self) -> f64 {
        self.entrant
    }
}

/// The sum over parts of what each has by step, kept from rising by rounding.
fn mixed(parts: &[ProfilePart], reach: usize, of: impl Fn(&ProfilePart) -> Vec<f64>) -> Vec<f64> {
    let mut sum = vec![0.0; reach + 1];
    for part in parts.iter().filter(|part| part.weight > 0.0) {
        sum.iter_mut().zip(of(part)).for_each(|(sum, of)| *sum += part.weight * of);
    }
    for step in 1..sum.len() {
        sum[step] = sum[step].min(sum[step - 1]);
    }
    sum
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
    use crate::survival::{ExponentialLength, SurvivalTable};

    #[test]
    fn a_stretched_table_divides_parts_of_steps() {
        let table = SurvivalTable::new(vec![(3.0, 0.6), (5.0, 0.4)], 0.0);
        let part = ProfilePart { weight: 1.0, law: SurvivalLaw::Table(table), minimum: 0.0, stretch: 0.5 };
        let profile = Profile::new(vec![part], 6);
        // 3 months become 1 or 2, 5 become 2 or 3.
        for (age, known) in [1.0, 0.7, 0.2, 0.0].into_iter().enumerate() {
            assert!((profile.within()[age] - known).abs() < 1e-14, "{:?}", profile.within());
            assert!((profile.at_start()[age] - known).abs() < 1e-14, "{:?}", profile.at_start());
        }
    }

    #[test]
    fn a_minimum_is_kept_by_all_and_stretched_with_the_rest() {
        let law = SurvivalLaw::Exponential(ExponentialLength { mean: 10.0 });
        let profile = Profile::new(vec![ProfilePart { weight: 1.0, law, minimum: 6.0, stretch: 2.0 }], 1_000);
        for age in 0..12 {
            assert_eq!((profile.within()[age], profile.at_start()[age]), (1.0, 1.0));
        }
        let mean = profile.steady()[0];
        assert!((mean - 2.0 * (6.0 + 10.0 * libm::exp(-0.6))).abs() < 1e-9, "{mean}");
    }

    #[test]
    fn an_exponential_entrant_has_its_own_hazard() {
        let profile = Profile::new(
            vec![ProfilePart::all(SurvivalLaw::Exponential(ExponentialLength { mean: 4.0 }))],
            3,
        );
        assert!((profile.entrant_hazard() - 0.25).abs() < 1e-14);
        for there in [profile.within(), profile.at_start(), profile.steady()] {
            let leaving = 1.0 - there[2] / there[1];
            assert!((leaving + libm::expm1(-0.25)).abs() < 1e-14, "{there:?}");
        }
    }

    #[test]
    fn who_enters_as_a_step_begins_is_there_for_all_of_it() {
        let profile =
            Profile::new(vec![ProfilePart::all(SurvivalLaw::Fixed(FixedLength { length: 1.75 }))], 5);
        assert_eq!(profile.at_start()[..3], [1.0, 1.0, 0.0]);
        assert_eq!(profile.within()[..3], [1.0, 0.75, 0.0]);
    }
}
