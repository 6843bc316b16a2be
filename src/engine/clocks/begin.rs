//! When people's time is over: drawn for who is there at the start, for who enters, and for who arrives with some time behind.

use super::ages::Ages;
use super::clock::Clock;
use super::date::{date, divide};
use super::lengths::{Lengths, OfHistory};
use super::row::{Origin, Row};
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::state::State;
use crate::model::AtStart;
use crate::random::Site;
use crate::survival::{Entry, Profile};

/// Who comes with some time behind them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrive {
    /// The first step in which their time may be over.
    pub first: i64,
    /// The last step whose changes they have lived through.
    pub step: u32,
    pub lane: usize,
}

/// At most so many steps of entry stand for all.
const STEPS_OF_ENTRY: usize = 2048;

/// How far those who come are told apart by the step in which they are due.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// Before which step.
    until: i64,
    /// Whether the others get their date when lengths change next.
    undated: bool,
}

impl Told {
    /// The part of a profile from step `first` on that is needed.
    fn of(self, still: &[f64], first: i64) -> &[f64] {
        let most = self.until.saturating_sub(first).max(0) as usize;
        &still[..still.len().min(most.saturating_add(1))]
    }
}

impl Clock {
    /// Draws when the time of those is over who are there at the start.
    pub fn begin(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        lengths: &Lengths,
        state: &State,
        ages: &mut Ages,
    ) {
        let mut rows = Vec::new();
        for (place, timed) in self.cells.iter().enumerate() {
            for lane in 0..state.lanes() {
                let people = state.people(timed.cell, lane);
                let site = timed.site.at(u64::MAX);
                let arrive = Arrive { first: 0, step: 0, lane };
                self.arrive(now, readings, lengths.of(lane), site, &arrive, people, &mut rows);
                ages.present_mut(place, lane).add_all(&mut rows);
            }
        }
    }

    /// Draws when the time of those is over who come as those came who are there at the start.
    #[expect(clippy::too_many_arguments, reason = "who, by what, and whereto")]
    pub(super) fn arrive(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        of: &OfHistory,
        site: Site,
        arrive: &Arrive,
        count: f64,
        rows: &mut Vec<(Row, f64)>,
    ) {
        if count <= 0.0 {
            return;
        }
        let Arrive { first, step, lane } = *arrive;
        let profile = self.entering(of, -1);
        let told = self.told(first);
        // The next change is so many steps after the first in which they may be due.
        let change = (told.until - first).max(0) as usize;
        let due = |after: Option<usize>| after.map(|after| first + after as i64);
        // People are handed out one by one or many at once; each has numbers of its own.
        let mut serial = 0;
        let mut own = |after: usize| {
            serial += 1;
            site.at(after as u64).at(serial)
        };
        match &self.stay.at_start {
            AtStart::New => {
                date(now, site, lane, count, told.of(profile.at_start(), first), |after, count| {
                    rows.push((self.at_the_start(told, due(after), step, first, Entry::AtStart), count));
                });
            }
            AtStart::Even => {
                date(now, site, lane, count, told.of(profile.steady(), first), |after, count| {
                    if told.undated && after.is_none() {
                        let there = profile.within().get(change..).unwrap_or_default();
                        // An odd number of steps has one in its middle.
                        let coarse = there.len().div_ceil(STEPS_OF_ENTRY) | 1;
                        let mut weights: Vec<f64> =
                            there.chunks(coarse).map(|some| some.iter().sum()).collect();
                        weights.resize(weights.len().max(1), 0.0);
                        return divide(now, site, lane, count, &weights, |which, count| {
                            let entry = first - 1 - (which * coarse + coarse / 2) as i64;
                            rows.push((self.at_the_start(told, None, step, entry, Entry::Within), count));
                        });
                    }
                    let Some(after) = after.filter(|_| self.is_upset_from(step) && !told.undated) else {
                        rows.push((
                            self.at_the_start(told, due(after), step, first - 1, Entry::Within),
                            count,
                        ));
                        return;
                    };
                    let still = &profile.within()[after..];
                    date(now, own(after), lane, count, still, |ago, count| {
                        let entry = first - 1 - ago.unwrap_or(still.len() - 1) as i64;
                        rows.push((
                            self.at_the_start(told, due(Some(after)), step, entry, Entry::Within),
                            count,
                        ));
                    });
                })
            }
            AtStart::Elapsed(table) => {
                let portion =
                    |(age, number): &(u32, usize)| (*age, readings.numbers.at(*number, lane).max(0.0));
                let mut portions: Vec<(u32, f64)> = table.iter().map(portion).collect();
                if portions.iter().all(|(_, portion)| *portion <= 0.0) {
                    portions = vec![(0, 1.0)];
                }
                let still = elapsed(profile, &portions);
                date(now, site, lane, count, told.of(&still, first), |after, count| {
                    if !self.is_upset_from(step) || told.undated && after.is_some() {
                        rows.push((self.at_the_start(told, due(after), step, first, Entry::AtStart), count));
                        return;
                    }
                    let undated = told.undated;
                    let after = if undated { change } else { after.unwrap_or(still.len() - 1) };
                    let site = own(after);
                    let due = due(Some(after)).filter(|_| !undated);
                    let after = after as u32;
                    let going = |(age, portion): &(u32, f64)| {
                        let there = |time: u32| profile.longer_than(age + time);
                        let all = there(0);
                        // Who should have left before is due at once.
                        if all > 0.0 {
                            let later = if undated { 0.0 } else { there(after + 1) };
                            portion * (there(after) - later) / all
                        } else {
                            portion * f64::from(after == 0)
                        }
                    };
                    let weights: Vec<f64> = portions.iter().map(going).collect();
                    divide(now, site, lane, count, &weights, |which, count| {
                        let entry = first - i64::from(portions[which].0);
                        rows.push((self.at_the_start(told, due, step, entry, Entry::AtStart), count));
                    });
                });
            }
        }
    }

    /// How far those are told apart who may be concerned by changes from a step on: only until the next of these. Then the new dates
    /// of all who entered in a step are worked out together, and nobody needs to know their old ones.
    fn told(&self, from: i64) -> Told {
        match self.upheavals.iter().map(|step| i64::from(*step)).find(|step| *step >= from) {
            None => Told { until: self.steps, undated: false },
            Some(next) => Told { until: next.min(self.steps), undated: true },
        }
    }

    /// Whether changes are to come, from a step on, that concern those who are there.
    fn is_upset_from(&self, step: u32) -> bool {
        self.upheavals.last().is_some_and(|last| *last >= step)
    }

    /// The row of people who are there before `step` begins, and whom no change has concerned.
    fn at_the_start(&self, told: Told, due: Option<i64>, step: u32, entry: i64, when: Entry) -> Row {
        let origin = Origin { entry, when, concerned: 0 };
        if told.undated && due.is_none() {
            Row::undated(origin)
        } else if self.is_upset_from(step) && !told.undated {
            Row::due(due).from(origin)
        } else {
            Row::due(due.filter(|due| *due < self.steps))
        }
    }

    /// Draws when the time of those is over who enter in this step: who enters within it and outlasts it, or who enters as it
    /// begins.
    #[expect(clippy::too_many_arguments, reason = "who, when, and whereto")]
    pub(super) fn enter(
        &self,
        now: &Now<impl Chance>,
        of: &OfHistory,
        site: Site,
        lane: usize,
        count: f64,
        when: Entry,
        rows: &mut Vec<(Row, f64)>,
    ) {
        if count <= 0.0 {
            return;
        }
        let entry = i64::from(now.step);
        let profile = self.entering(of, entry);
        let still = |profile: &Profile, after: usize| {
            let still = if when == Entry::Within { profile.within() } else { profile.at_start() };
            still.get(after).copied().unwrap_or(0.0)
        };
        let (all, first) = match when {
            Entry::Within => (profile.within(), entry + 1),
            Entry::AtStart => (profile.at_start(), entry),
        };
        let told = self.told(i64::from(now.step) + 1);
        let all = told.of(all, first);
        let kept = self.is_upset_from(now.step + 1);
        let concerned = if kept {
            self.stay.concerned(self.stay.in_force(entry), |change| of.share(change))
        } else {
            Vec::new()
        };
        let mut serial = 0;
        date(now, site, lane, count, all, |after, count| {
            serial += 1;
            let due = after.map(|after| first + after as i64);
            if told.undated && due.is_some() {
                return rows.push((Row::due(due), count));
            }
            let row = |concerned| {
                let origin = Origin { entry, when, concerned };
                if told.undated { Row::undated(origin) } else { self.row(due, now.step, origin) }
            };
            if concerned.len() < 2 {
                rows.push((row(concerned.first().map_or(0, |(concerned, _)| *concerned)), count));
                return;
            }
            let going = |(concerned, p): &(u32, f64)| {
                let Some(profile) = of.apart(*concerned) else { return 0.0 };
                p * after.map_or(still(profile, all.len() - 1), |after| {
                    still(profile, after) - still(profile, after + 1)
                })
            };
            let weights: Vec<f64> = concerned.iter().map(going).collect();
            let own = site.at(after.map_or(u64::MAX, |after| after as u64)).at(serial);
            divide(now, own, lane, count, &weights, |which, count| {
                rows.push((row(concerned[which].0), count));
            });
        });
    }
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
