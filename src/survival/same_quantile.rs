//! Another length for who is already there: the one of the same quantile.
//!
//! Whose stay is longer than that of a portion u of people under one law stays as long as u of people do under the other: a
//! stretch multiplies every length, a minimum lengthens the short ones. Of who is to leave in the j-th step after the one of
//! entry under the first law this is the law of the step under the second.

use super::Part;

/// When somebody entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// At a uniform moment of a step.
    Within,
    /// As a step began.
    AtStart,
}

/// By the step in which people are to leave under one law, the step under another.
#[derive(Clone, Debug)]
pub struct SameQuantile {
    rows: Vec<Steps>,
}

/// In which step people are to leave, counted from that of entry.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// The first that is possible.
    pub first: usize,
    /// How many (of any number) are still there after 0, 1, ... of the steps from there on; after all of them those who leave
    /// beyond what is told apart.
    pub still: Vec<f64>,
}

impl SameQuantile {
    /// From one law to another, each told apart for so many steps.
    pub fn new(
        (from, from_reach): (&Part, usize),
        (to, to_reach): (&Part, usize),
        entry: Entry,
    ) -> SameQuantile {
        // By step, the mass of each step under the other law; the last of both is beyond.
        let mut masses: Vec<(usize, Vec<f64>)> = vec![(0, Vec::new()); from_reach + 1];
        for (passed, weight) in moments([from, to].into_iter(), entry) {
            let [there, then] =
                [(from, from_reach), (to, to_reach)].map(|(part, reach)| part.since(passed, reach));
            let after = |there: &[f64], step: usize| there.get(step + 1).copied().unwrap_or(0.0);
            let (mut step, mut other, mut top) = (0, 0, 1.0f64);
            while top > 0.0 && step < there.len() && other < then.len() {
                let [low, other_low] = [after(&there, step), after(&then, other)];
                let bottom = low.max(other_low);
                if top > bottom {
                    let (first, masses) = &mut masses[step];
                    add(first, masses, other, weight * (top - bottom));
                    top = bottom;
                }
                step += usize::from(low >= bottom);
                other += usize::from(other_low >= bottom);
            }
        }
        let beyond = to_reach;
        SameQuantile {
            rows: masses.into_iter().map(|(first, masses)| still(first, &masses, beyond)).collect(),
        }
    }

    /// Where those are who are to leave so many steps after the one of entry; `None`: beyond what is told apart.
    pub fn of(&self, step: Option<usize>) -> &Steps {
        let last = self.rows.len() - 1;
        &self.rows[step.map_or(last, |step| step.min(last))]
    }
}

fn add(first: &mut usize, masses: &mut Vec<f64>, step: usize, mass: f64) {
    if masses.is_empty() {
        *first = step;
    }
    while step < *first {
        masses.insert(0, 0.0);
        *first -= 1;
    }
    if masses.len() <= step - *first {
        masses.resize(step - *first + 1, 0.0);
    }
    masses[step - *first] += mass;
}

/// Masses by step, summed from behind; the mass of step `beyond` stays.
fn still(first: usize, masses: &[f64], beyond: usize) -> Steps {
    let mut sum = 0.0;
    let mut still = vec![0.0; masses.len() + 1];
    for (index, mass) in masses.iter().enumerate().rev() {
        sum += mass;
        still[index] = sum;
    }
    if first + masses.len() == beyond + 1 {
        still.pop();
    }
    Steps { first, still }
}

/// The moments of entry that stand for all, by the part of the step that has passed, each with its weight. Survival as a function of
/// the moment is smooth but where a length that many have ends: between those, a Gauss-Legendre rule.
pub fn moments<'p>(parts: impl Iterator<Item = &'p Part>, entry: Entry) -> Vec<(Option<f64>, f64)> {
    /// Nodes and weights of the rule of three points on (-1, 1): Abramowitz and Stegun, table 25.4.
    const GAUSS: [(f64, f64); 3] =
        [(-0.774_596_669_241_483_4, 5.0 / 9.0), (0.0, 8.0 / 9.0), (0.774_596_669_241_483_4, 5.0 / 9.0)];
    /// Pieces between two jumps.
    const PIECES: usize = 4;
    if entry == Entry::AtStart {
        return vec![(None, 1.0)];
    }
    let mut edges: Vec<f64> = parts.flat_map(Part::jumps).map(|length| 1.0 - length.fract()).collect();
    edges.extend([0.0, 1.0]);
    edges.sort_unstable_by(f64::total_cmp);
    let mut moments = Vec::new();
    for pair in edges.windows(2).filter(|pair| pair[1] - pair[0] > 1e-9) {
        let width = (pair[1] - pair[0]) / PIECES as f64;
        for piece in 0..PIECES {
            let middle = pair[0] + (piece as f64 + 0.5) * width;
            moments.extend(
                GAUSS.map(|(node, weight)| (Some(middle + node * width / 2.0), weight * width / 2.0)),
            );
        }
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{Law, Profile, Table};

    /// Of all who enter, how many leave in each step under the new law.
    fn then(from: &Part, to: &Part, entry: Entry) -> Vec<f64> {
        let same = SameQuantile::new((from, 60), (to, 60), entry);
        let mut then = vec![0.0; 61];
        for steps in &same.rows {
            for (index, there) in steps.still.iter().enumerate() {
                then[steps.first + index] += there - steps.still.get(index + 1).copied().unwrap_or(0.0);
            }
        }
        then
    }

    #[test]
    fn all_together_have_the_new_law() {
        let laws = [
            Law::Exponential { mean: 5.0 },
            Law::Weibull { shape: 2.0, scale: 4.3 },
            Law::Fixed { length: 4.6 },
            Law::Table(Table::new(vec![(1.0, 0.3), (4.0, 0.6)], 0.1)),
        ];
        for from in &laws {
            for to in &laws {
                for (minimum, stretch) in [(0.0, 1.0), (2.3, 1.0), (0.0, 0.7)] {
                    let part = Part { weight: 1.0, law: to.clone(), minimum, stretch };
                    let profile = Profile::new(vec![part.clone()], 60);
                    for entry in [Entry::Within, Entry::AtStart] {
                        let found = then(&Part::all(from.clone()), &part, entry);
                        let mut known: Vec<f64> = match entry {
                            Entry::Within => [1.0].into_iter().chain(profile.within().to_vec()).collect(),
                            Entry::AtStart => profile.at_start().to_vec(),
                        };
                        known.resize(62, known.last().copied().filter(|_| known.len() > 60).unwrap_or(0.0));
                        for step in 0..50 {
                            let known = known[step] - known[step + 1];
                            assert!(
                                (found[step] - known).abs() < 1e-6,
                                "{from:?} to {part:?}, {entry:?}, {step}: {} for {known}",
                                found[step]
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_stretch_moves_each_date() {
        let fixed = |length| Part::all(Law::Fixed { length });
        let same = SameQuantile::new((&fixed(3.5), 9), (&fixed(7.0), 9), Entry::AtStart);
        assert_eq!((same.of(Some(3)).first, &same.of(Some(3)).still[..]), (7, &[1.0, 0.0][..]));
        // Half of those who enter within a step are due 3 steps later, half 4; all of them 7.
        let same = SameQuantile::new((&fixed(3.5), 9), (&fixed(7.0), 9), Entry::Within);
        for step in [3, 4] {
            let Steps { first, still } = same.of(Some(step));
            assert!(*first == 7 && (still[0] - 0.5).abs() < 1e-12 && still[1] == 0.0, "{still:?}");
        }
    }
}
