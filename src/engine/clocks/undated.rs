//! A change of the length of stay: all who entered in one step get their new dates together.
//!
//! Who is there with quantile u under the length of entry keeps it. Of who entered at one moment, those are still there whose quantile is below the
//! survival of every length that concerned them, each at the moment when it ended: so a bound by moment is all that needs to be
//! known of them, and the steps in which they would have been due are not told apart before the next change.

use std::collections::BTreeMap;

use super::clock::Clock;
use super::date::{Lot, date, divide};
use super::due_counts::DueCounts;
use super::lengths::OfReplicate;
use super::row::{DueRow, Origin};
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::model::stay::InForce;
use crate::survival::{EntryTime, moments};

/// By moment of entry: its weight, and who is there as each step from that of entry on begins.
type There = Vec<(f64, Vec<f64>)>;

/// What is worked out once for all who turn in a step.
#[derive(Debug, Default)]
pub(super) struct Worked {
    there: BTreeMap<(InForce, EntryTime), There>,
    /// Those who got a date, by steps from now on.
    dated: Vec<f64>,
    /// The rows of the others who are at hand.
    pub(super) rows: Vec<(DueRow, f64)>,
}

impl Worked {
    /// Another replicate has lengths of its own.
    pub(super) fn forget(&mut self) {
        self.there.clear();
    }

    fn learn(&mut self, of: &OfReplicate, concerned: InForce, when: EntryTime) {
        self.there.entry((concerned, when)).or_insert_with(|| {
            let Some((part, reach)) =
                of.apart(concerned).and_then(|it| Some((it.parts().first()?, it.reach())))
            else {
                return There::new();
            };
            let moments = moments(of.all_apart().flat_map(|profile| profile.parts()), when);
            moments.into_iter().map(|(passed, weight)| (weight, part.since(passed, reach + 1))).collect()
        });
    }

    /// The part of those who entered at the k-th moment that is there so many steps after that of entry.
    fn at(&self, concerned: InForce, when: EntryTime, k: usize, steps: i64) -> f64 {
        let there = self.there.get(&(concerned, when)).and_then(|moments| moments.get(k));
        there.map_or(1.0, |(_, there)| there[(steps.max(0) as usize).min(there.len() - 1)])
    }

    /// Puts everybody back into the due counts; who got a date did so in step `now`.
    pub(super) fn hand_out(&mut self, now: u32, due_counts: &mut DueCounts) {
        let Worked { dated, rows, .. } = self;
        for (after, count) in dated.drain(..).enumerate().filter(|(_, count)| *count > 0.0) {
            rows.push((DueRow::due(Some(i64::from(now) + after as i64)), count));
        }
        due_counts.replace(rows);
        rows.clear();
    }
}

/// Tells the draws of dates from those of whom a change concerns.
const DATES: u64 = 1 << 40;

impl Clock {
    /// Of the changes that ever concerned people, those that do so in a step.
    fn concerned_in(&self, path: InForce, step: i64) -> InForce {
        let holds = |i: &usize| {
            let change = &self.stay.changes[*i];
            let ended = change.everyone && change.window.until.is_some_and(|until| i64::from(until) <= step);
            path >> i & 1 == 1 && i64::from(change.window.from) <= step && !ended
        };
        (0..self.stay.changes.len()).filter(holds).map(|i| 1 << i).sum()
    }

    /// Those of one origin, in a step in which lengths change: who is due before the next change gets a date.
    pub(super) fn turn_undated(
        &self,
        now: &Now<impl Chance>,
        of: &OfReplicate,
        lot: Lot,
        origin: Origin,
        worked: &mut Worked,
    ) {
        let Origin { entry, when, concerned: path } = origin;
        let step = i64::from(now.step);
        let changes = || self.upheavals.iter().map(|change| i64::from(*change));
        let before: Vec<(i64, InForce)> = changes()
            .filter(|change| entry < *change && *change <= step)
            .map(|change| (change, self.concerned_in(path, change - 1)))
            .collect();
        for (_, concerned) in &before {
            worked.learn(of, *concerned, when);
        }
        let next = changes().find(|change| *change > step);
        let turned = self.stay.turn(self.concerned_in(path, step - 1), now.step, |change| of.share(change));
        let weights: Vec<f64> = turned.iter().map(|(_, p)| *p).collect();
        divide(now, lot, &weights, |which, count| {
            let lot = Lot { site: lot.site.at(DATES | which as u64), count, ..lot };
            let concerned = turned[which].0;
            worked.learn(of, concerned, when);
            let moments = worked.there.get(&(concerned, when)).map_or(&[][..], Vec::as_slice);
            let bound = |k: usize| {
                before.iter().fold(1.0, |bound: f64, (change, concerned)| {
                    bound.min(worked.at(*concerned, when, k, change - entry))
                })
            };
            let mut still = vec![0.0; (next.unwrap_or(self.steps) - step).max(0) as usize + 1];
            for (k, (weight, there)) in moments.iter().enumerate() {
                let bound = bound(k);
                still[0] += weight * bound;
                for (after, still) in still.iter_mut().enumerate().skip(1) {
                    let at = (step - entry).max(0) as usize + after;
                    *still += weight * bound.min(there[at.min(there.len() - 1)]);
                }
            }
            let Worked { dated, rows, .. } = &mut *worked;
            dated.resize(dated.len().max(still.len()), 0.0);
            date(now, lot, &still, |after, count| match after {
                Some(after) => dated[after] += count,
                None if next.is_some() => {
                    rows.push((DueRow::undated(Origin { concerned: path | concerned, ..origin }), count));
                }
                None => rows.push((DueRow::due(None), count)),
            });
        });
    }
}
