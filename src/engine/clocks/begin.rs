//! When people's stay is completed: drawn for who is there at the start, for who enters, and for who arrives with some
//! time behind.

use super::ages::{Ages, ClockWorkspace};
use super::clock::Clock;
use super::date::{Lot, date, divide};
use super::lengths::{Lengths, OfReplicate};
use super::row::{DueRow, Origin};
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::engine::state::State;
use crate::model::{AtStart, NumberId};
use crate::survival::{EntryTime, Profile};

/// Who comes with some time behind them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrive {
    /// The first step in which their time may be over.
    pub first: i64,
    pub lot: Lot,
}

/// At most so many steps of entry stand for all.
const STEPS_OF_ENTRY: usize = 2048;

/// How far those who come from a step on are told apart by the step in which they are due.
#[derive(Clone, Copy, Debug)]
struct DueResolution {
    /// The first step in which they may be due.
    first: i64,
    /// Before which step.
    until: i64,
    /// How many steps there are: who is due later is not told apart.
    steps: i64,
    /// Whether the others get their date when lengths change next. If not no changes are to come, and no origin is kept.
    undated: bool,
}

impl DueResolution {
    /// How many steps that is.
    fn count(self) -> usize {
        (self.until - self.first).max(0) as usize
    }

    /// The part of a profile from the first step on that is needed.
    fn of(self, still: &[f64]) -> &[f64] {
        &still[..still.len().min(self.count().saturating_add(1))]
    }

    /// The row of those who are due so many steps after the first; of those with this origin who are due later.
    fn row(self, after: Option<usize>, origin: Origin) -> DueRow {
        let due = after.map(|after| self.first + after as i64);
        match due {
            None if self.undated => DueRow::undated(origin),
            due => DueRow::due(due.filter(|due| *due < self.steps)),
        }
    }
}

impl Clock {
    /// Draws when the time of those is over who are there at the start.
    pub fn begin(&self, now: &Now<impl Chance>, lengths: &Lengths, state: &State, ages: &mut Ages) {
        let Ages { present, workspace, .. } = ages;
        for (place, timed) in self.cells.iter().enumerate() {
            for lane in 0..state.lanes() {
                let lot = Lot { site: timed.site.at(u64::MAX), lane, count: state.people(timed.cell, lane) };
                self.arrive(now, lengths.of(lane), Arrive { first: 0, lot }, &mut workspace.moving);
                present[workspace.at(place, lane)].add_all(&mut workspace.moving);
            }
        }
    }

    /// Draws when the time of those is over who come as those came who are there at the start.
    pub(super) fn arrive(
        &self,
        now: &Now<impl Chance>,
        of: &OfReplicate,
        Arrive { first, lot }: Arrive,
        rows: &mut Vec<(DueRow, f64)>,
    ) {
        if lot.count <= 0.0 {
            return;
        }
        let profile = self.entering(of, -1);
        let reported = self.reported(first, first);
        match &self.stay.at_start {
            AtStart::New => {
                let origin = Origin { entry: first, when: EntryTime::AtStart, concerned: 0 };
                date(now, lot, reported.of(profile.at_start()), |after, count| {
                    rows.push((reported.row(after, origin), count));
                });
            }
            AtStart::Even => arrive_evenly(now, profile, reported, lot, rows),
            AtStart::Elapsed(table) => arrive_elapsed(now, profile, table, reported, lot, rows),
        }
    }

    /// Ends the step: who entered and is still there gets the step in which their stay is completed.
    pub fn end(&self, now: &Now<impl Chance>, lengths: &Lengths, ages: &mut Ages) {
        let Ages { present, workspace, .. } = ages;
        workspace.touch_down();
        for (place, timed) in self.cells.iter().enumerate() {
            for lane in 0..now.readings.lanes {
                let at = workspace.at(place, lane);
                let ClockWorkspace { entered, moving: rows, .. } = &mut **workspace;
                let entered = &mut entered[at];
                if entered.is_empty() {
                    continue;
                }
                rows.clear();
                rows.extend_from_slice(entered.brought.rows());
                entered.brought.clear();
                let of = lengths.of(lane);
                let lot = |site, count| Lot { site: timed.site.at(site), lane, count };
                let new = lot(u64::MAX - 1, std::mem::take(&mut entered.new));
                self.enter(now, of, new, EntryTime::Within, rows);
                let lot = lot(u64::MAX, std::mem::take(&mut entered.any));
                self.arrive(now, of, Arrive { first: i64::from(now.step) + 1, lot }, rows);
                present[at].add_all(rows);
            }
        }
    }

    /// How far those are told apart, due from `first` on, who may be concerned by changes from a step on: only until the next of
    /// these. Then the new dates of all who entered in a step are worked out together, and nobody needs to know their old ones.
    fn reported(&self, first: i64, from: i64) -> DueResolution {
        let Clock { steps, .. } = *self;
        match self.upheavals.iter().map(|step| i64::from(*step)).find(|step| *step >= from) {
            None => DueResolution { first, until: steps, steps, undated: false },
            Some(next) => DueResolution { first, until: next.min(steps), steps, undated: true },
        }
    }

    /// Draws when the time of those is over who enter in this step: who enters within it and outlasts it, or who enters as it
    /// begins.
    pub(super) fn enter(
        &self,
        now: &Now<impl Chance>,
        of: &OfReplicate,
        lot: Lot,
        when: EntryTime,
        rows: &mut Vec<(DueRow, f64)>,
    ) {
        if lot.count <= 0.0 {
            return;
        }
        let entry = i64::from(now.step);
        let profile = self.entering(of, entry);
        let (still, first) = match when {
            EntryTime::Within => (profile.within(), entry + 1),
            EntryTime::AtStart => (profile.at_start(), entry),
        };
        let reported = self.reported(first, entry + 1);
        let still = reported.of(still);
        let last = still.len() - 1;
        let concerned = if reported.undated {
            self.stay.concerned(self.stay.in_force(entry), |change| of.share(change))
        } else {
            Vec::new()
        };
        let row = |after, concerned| reported.row(after, Origin { entry, when, concerned });
        let mut serial = 0;
        date(now, lot, still, |after, count| {
            serial += 1;
            if after.is_some() || concerned.len() < 2 {
                rows.push((row(after, concerned.first().map_or(0, |(concerned, _)| *concerned)), count));
                return;
            }
            // Whom which changes concern is told of those who are still there as lengths change.
            let there = |profile: &Profile| {
                let still = if when == EntryTime::Within { profile.within() } else { profile.at_start() };
                still.get(last).copied().unwrap_or(0.0)
            };
            let weights: Vec<f64> = concerned
                .iter()
                .map(|(concerned, p)| of.apart(*concerned).map_or(0.0, |profile| p * there(profile)))
                .collect();
            let lot = Lot { site: lot.site.at(u64::MAX).at(serial), count, ..lot };
            divide(now, lot, &weights, |which, count| rows.push((row(None, concerned[which].0), count)));
        });
    }
}

/// Those who have been there for a length of time as it is in a steady state.
fn arrive_evenly(
    now: &Now<impl Chance>,
    profile: &Profile,
    reported: DueResolution,
    lot: Lot,
    rows: &mut Vec<(DueRow, f64)>,
) {
    let origin =
        |ago: usize| Origin { entry: reported.first - 1 - ago as i64, when: EntryTime::Within, concerned: 0 };
    date(now, lot, reported.of(profile.steady()), |after, count| {
        if after.is_some() || !reported.undated {
            return rows.push((reported.row(after, origin(0)), count));
        }
        let there = profile.within().get(reported.count()..).unwrap_or_default();
        // An odd number of steps has one in its middle.
        let coarse = there.len().div_ceil(STEPS_OF_ENTRY) | 1;
        let mut weights: Vec<f64> = there.chunks(coarse).map(|some| some.iter().sum()).collect();
        weights.resize(weights.len().max(1), 0.0);
        divide(now, Lot { count, ..lot }, &weights, |which, count| {
            rows.push((reported.row(None, origin(which * coarse + coarse / 2)), count));
        });
    });
}

/// Those who have been there for as long as a table says: steps, and the number that is the portion of those who have.
fn arrive_elapsed(
    now: &Now<impl Chance>,
    profile: &Profile,
    table: &[(u32, NumberId)],
    reported: DueResolution,
    lot: Lot,
    rows: &mut Vec<(DueRow, f64)>,
) {
    let portion =
        |(age, number): &(u32, NumberId)| (*age, now.readings.numbers.at(*number, lot.lane).max(0.0));
    let mut portions: Vec<(u32, f64)> = table.iter().map(portion).collect();
    if portions.iter().all(|(_, portion)| *portion <= 0.0) {
        portions = vec![(0, 1.0)];
    }
    let origin =
        |age: u32| Origin { entry: reported.first - i64::from(age), when: EntryTime::AtStart, concerned: 0 };
    // People are handed out one by one or many at once; each has numbers of its own.
    let mut serial = 0;
    date(now, lot, reported.of(&elapsed(profile, &portions)), |after, count| {
        if after.is_some() || !reported.undated {
            return rows.push((reported.row(after, origin(0)), count));
        }
        let change = reported.count();
        serial += 1;
        let site = lot.site.at(change as u64).at(serial);
        let still_there = |(age, portion): &(u32, f64)| {
            let all = profile.longer_than(*age);
            // Who should have left before is due at once.
            if all > 0.0 {
                portion * profile.longer_than(age + change as u32) / all
            } else {
                portion * f64::from(u8::from(change == 0))
            }
        };
        let weights: Vec<f64> = portions.iter().map(still_there).collect();
        divide(now, Lot { site, count, ..lot }, &weights, |which, count| {
            rows.push((reported.row(None, origin(portions[which].0)), count));
        });
    });
}

/// Of those who are there after some time, how many are after 0, 1, ... more steps: the sum over portions of people who have been
/// there for so long. Who should have left before is due at once.
fn elapsed(profile: &Profile, portions: &[(u32, f64)]) -> Vec<f64> {
    let mut still = vec![0.0; profile.reach() + 1];
    for (age, portion) in portions {
        let all = profile.longer_than(*age);
        still[0] += portion;
        for (after, still) in still.iter_mut().enumerate().skip(1).take_while(|_| all > 0.0) {
            *still += portion * profile.longer_than(age + after as u32) / all;
        }
    }
    still
}
