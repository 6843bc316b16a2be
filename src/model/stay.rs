//! Stays: places that people leave after a length of stay, which policies may change.

use super::length::NumberValues;
use super::{
    Admission, AtStart, CountsAs, Length, Mechanism, Mover, NumberId, PlaceId, Route, SectionFacts, Span,
    Speed, Target, Who, Window,
};
use crate::survival::ProfilePart;

/// People stay at places for a time that is not memoryless, and then go elsewhere.
#[derive(Clone, Debug)]
pub struct Stay {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where. Who goes from one of these places to another begins anew.
    pub at: Vec<PlaceId>,
    /// Whom it concerns. Who stays in the place and goes on matching keeps the time that has passed.
    pub who: Who,
    /// Where those who leave go, and what they become.
    pub targets: Vec<Target>,
    /// How long.
    pub length: Length,
    /// Shorter stays are lengthened to this.
    pub minimum: Option<Span>,
    /// For how long those who are there at the start have been there.
    pub at_start: AtStart,
    /// What it counts as in `rates.csv`.
    pub counts_as: Option<CountsAs>,
    /// What policies do to it, in the order of the file.
    pub changes: Vec<StayChange>,
}

/// What a policy does to a stay.
#[derive(Clone, Debug, PartialEq)]
pub struct StayChange {
    /// What.
    pub effect: StayEffect,
    /// To what share of people; `None`: to all.
    pub share: Option<NumberId>,
    /// Whether also to those who entered before it, or only to those who enter while it holds.
    pub everyone: bool,
    /// When it holds: at once, without a ramp.
    pub window: Window,
}

/// What becomes of a length of stay.
#[derive(Clone, Debug, PartialEq)]
pub enum StayEffect {
    /// Another length; the minimum stays.
    Length(Length),
    /// Another minimum.
    Minimum(Span),
    /// The length, minimum included, is multiplied.
    Times(NumberId),
}

/// Which changes of a stay are in force, or concern somebody: one bit for each, the first lowest.
pub type InForce = u32;

impl StayChange {
    /// Whether it is in force for people who enter in step `entry`, before the first step where that is below 0.
    pub fn holds(&self, entry: i64) -> bool {
        entry >= i64::from(self.window.from) && self.window.until.is_none_or(|until| entry < i64::from(until))
    }

    /// The numbers that it uses.
    pub fn numbers(&self) -> Vec<NumberId> {
        let mut numbers = match &self.effect {
            StayEffect::Length(length) => length.numbers(),
            StayEffect::Minimum(span) => vec![span.number],
            StayEffect::Times(number) => vec![*number],
        };
        numbers.extend(self.share);
        numbers
    }
}

impl Stay {
    /// The changes that concern people who enter in step `entry`.
    pub fn in_force(&self, entry: i64) -> InForce {
        let holds = |(i, change): (usize, &StayChange)| InForce::from(change.holds(entry)) << i;
        self.changes.iter().enumerate().map(holds).sum()
    }

    /// Every combination of changes that ever concerns people who enter, in increasing order.
    pub fn combinations(&self) -> Vec<InForce> {
        let edges = self.changes.iter().flat_map(|change| [Some(change.window.from), change.window.until]);
        let entries = edges.flatten().map(i64::from).chain([-1]);
        let mut found: Vec<InForce> = entries.map(|entry| self.in_force(entry)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The steps in which the lengths of those change who are there.
    pub fn upheavals(&self) -> Vec<u32> {
        let changes = self.changes.iter().filter(|change| change.everyone);
        let mut steps: Vec<u32> =
            changes.flat_map(|change| [Some(change.window.from), change.window.until]).flatten().collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    }

    /// Which changes concern people whom `concerned` do, as a step begins, each possibility with its probability given the share of
    /// each change.
    pub fn turn(&self, concerned: InForce, step: u32, share: impl Fn(usize) -> f64) -> Vec<(InForce, f64)> {
        let everyone = || self.changes.iter().enumerate().filter(|(_, change)| change.everyone);
        let ended = everyone().filter(|(_, change)| change.window.until == Some(step));
        let kept = ended.fold(concerned, |concerned, (i, _)| concerned & !(1 << i));
        let mut turned = vec![(kept, 1.0)];
        for (i, _) in
            everyone().filter(|(_, change)| change.window.from == step && change.window.until != Some(step))
        {
            divide(&mut turned, i, share(i));
        }
        turned
    }

    /// Which of the changes that are in force concern somebody, each possibility with its probability given the share of each
    /// change.
    pub fn concerned(&self, in_force: InForce, share: impl Fn(usize) -> f64) -> Vec<(InForce, f64)> {
        let mut concerned = vec![(0, 1.0)];
        for i in (0..self.changes.len()).filter(|i| in_force >> i & 1 == 1) {
            divide(&mut concerned, i, share(i));
        }
        concerned
    }

    /// The length of those whom some changes concern: sets before multiplications, each in the order of the file.
    pub fn part(
        &self,
        concerned: InForce,
        weight: f64,
        values: &impl NumberValues,
        step: f64,
    ) -> ProfilePart {
        let minimum = self.minimum.map_or(0.0, |minimum| minimum.steps(values, step));
        let mut part = ProfilePart { weight, law: self.length.law(values, step), minimum, stretch: 1.0 };
        for (_, change) in self.changes.iter().enumerate().filter(|(i, _)| concerned >> i & 1 == 1) {
            match &change.effect {
                StayEffect::Length(length) => part.law = length.law(values, step),
                StayEffect::Minimum(minimum) => part.minimum = minimum.steps(values, step),
                StayEffect::Times(times) => part.stretch *= values.value(*times).max(1e-6),
            }
        }
        part
    }

    /// The share of people whom each change concerns.
    pub fn shares(&self, values: &impl NumberValues) -> Vec<f64> {
        let share = |change: &StayChange| change.share.map_or(1.0, |share| values.value(share));
        self.changes.iter().map(share).collect()
    }

    /// The numbers that its lengths are made of.
    pub fn numbers(&self) -> Vec<NumberId> {
        let own = self.length.numbers().into_iter().chain(self.minimum.map(|span| span.number));
        own.chain(self.changes.iter().flat_map(StayChange::numbers)).collect()
    }
}

/// Which changes concern people, divided by one more.
fn divide(concerned: &mut Vec<(InForce, f64)>, change: usize, share: f64) {
    let with: Vec<(InForce, f64)> =
        concerned.iter().map(|(changes, p)| (changes | 1 << change, p * share)).collect();
    concerned.iter_mut().for_each(|(_, p)| *p *= 1.0 - share);
    concerned.extend(with);
    concerned.retain(|(_, p)| *p > 0.0);
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "stays",
    mechanism: Some(Mechanism::Stay),
    counts: Some("the end of the stay"),
    priced: true,
    effect: None,
    measures: &[],
};

impl Stay {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: self.counts_as.as_ref(),
            route: Route::leave(&self.at, &self.who, &self.targets),
            speed: Speed::Exact,
            admission: Admission::During,
        }
    }
}
