//! What happens when a place is full, and when it closes.

use super::draft::Draft;
use super::limits::{MOST_EDGES, MOST_WAITING};
use crate::model::{Closure, Full, Model, PlaceId, QueueRule, WhenFull, Who};
use crate::scenario::code::Code;
use crate::scenario::file::place::{Closes, FullRule, QueueOrder, WrittenPlace as Written, WrittenWhenFull};
use crate::scenario::words::{shortened, thousands};

/// More places than this are not tried.
const MOST_DIVERTED: usize = 20;

impl Draft<'_> {
    pub(super) fn when_full(&mut self, id: PlaceId, place: &Written) -> WhenFull {
        let Some(written) = &place.when_full else { return WhenFull::default() };
        let rule = match written.get() {
            WrittenWhenFull::Rule(rule) => WhenFull { divert: Vec::new(), otherwise: read(*rule) },
            WrittenWhenFull::Divert(divert) => {
                if divert.divert.is_empty() || divert.divert.len() > MOST_DIVERTED {
                    let message = format!("`divert` names {} places", divert.divert.len());
                    let help = "write when_full = { divert = [\"other_place\"] }, or \"refuse\"";
                    let bounds = (1.0, MOST_DIVERTED as f64);
                    self.out_of_range("", divert.divert.span(), message, bounds, help);
                }
                let mut to: Vec<PlaceId> = Vec::new();
                for name in divert.divert.iter() {
                    let Some(other) = self.place(name, name.span()) else { continue };
                    self.not_an_end(other, name.span());
                    if other == id || to.contains(&other) {
                        let what =
                            if other == id { "diverts to itself" } else { "diverts to one place twice" };
                        self.error(
                            Code::GoesNowhere.of(&self.place_names[id]),
                            name.span(),
                            format!("`{}` {what}", self.place_names[id]),
                            "no other place",
                            "take it out, or name another place".into(),
                        );
                    }
                    to.push(other);
                }
                WhenFull {
                    divert: to,
                    otherwise: divert.otherwise.as_deref().copied().map_or(Full::Crowd, read),
                }
            }
        };
        if !rule.is_crowding() && place.capacity.is_none() {
            self.error(
                Code::NoCapacity.of(&self.place_names[id]),
                written.span(),
                format!("`{}` is never full: it has no capacity", self.place_names[id]),
                "when is that?",
                "add `capacity = ...`, or take this out".into(),
            );
        }
        rule
    }

    /// What happens to those who wait.
    pub(super) fn queue(&mut self, id: PlaceId, place: &Written, when_full: &WhenFull) -> QueueRule {
        let Some(written) = &place.queue else { return QueueRule::default() };
        let name = self.place_names[id].clone();
        if when_full.otherwise != Full::Wait {
            self.error(
                Code::MisplacedKey.of(&name),
                written.span(),
                format!("nobody waits for `{name}`: `when_full` does not say so"),
                "whose queue?",
                "write when_full = \"wait\", or take the queue out".into(),
            );
        }
        let everybody = Who::everybody(self.groups.dimensions.len());
        let gives_up = written.gives_up.as_ref().map(|gives_up| {
            let address = format!("places.{name}.queue.gives_up");
            let rate = self.rate(&address, &gives_up.rate, Some(&everybody));
            let targets = self.targets(&address, (&[id], &everybody), Some(&gives_up.to), None);
            if targets.iter().any(|target| target.place == Some(id)) {
                self.error(
                    Code::GoesNowhere.of(&name),
                    gives_up.to.span(),
                    format!("who gives up waiting for `{name}` goes to `{name}`"),
                    "the place that they wait for",
                    "name another place".into(),
                );
            }
            (rate, targets)
        });
        let random = written.order.as_ref().is_some_and(|order| *order.get() == QueueOrder::Random);
        QueueRule { gives_up, random }
    }

    pub(super) fn closes(&mut self, id: PlaceId, label: &str, place: &Written) -> Option<Closure> {
        let written = place.closes.as_ref()?;
        let name = self.place_names[id].clone();
        self.not_an_end(id, written.span());
        let everybody = Who::everybody(self.groups.dimensions.len());
        let address = format!("places.{name}.closes");
        let targets = self.targets(&address, (&[id], &everybody), Some(&written.to), None);
        for target in &targets {
            let Some(to) = target.place else { continue };
            self.not_an_end(to, written.to.span());
            let nowhere = if to == id {
                Some(format!("`{name}` closes, and its people would go to `{name}`"))
            } else if self.file.places[to].closes.is_some() {
                let other = shortened(&self.place_names[to]);
                Some(format!("`{name}` closes, and its people would go to `{other}`, which closes too"))
            } else {
                None
            };
            if let Some(message) = nowhere {
                self.error(
                    Code::GoesNowhere.of(&name),
                    written.to.span(),
                    message,
                    "people would have nowhere to go",
                    "name places that stay open".into(),
                );
            }
        }
        let from = self.step_of(&address, &written.on);
        let over = self.steps_to_empty(written);
        Some(Closure { label: format!("Closure of {label}"), from: from?, over: over?, targets })
    }

    fn steps_to_empty(&mut self, written: &Closes) -> Option<u32> {
        match &written.over {
            None => Some(1),
            Some(over) => self.steps_of(over),
        }
    }

    /// Says so where places that fill would make too many ways, or queues too long a list.
    pub(super) fn full_in_bounds(&mut self, model: &Model) {
        let most = |place: &crate::model::Place| {
            place.when_full.divert.len() + place.closes.as_ref().map_or(0, |closure| closure.targets.len())
        };
        let ways = model.places.iter().map(most).max().unwrap_or(0) as u64;
        let edges = self.edges.saturating_mul(1 + ways);
        if ways > 0 && edges > MOST_EDGES {
            self.error(
                Code::TooMany,
                0..0,
                format!(
                    "with those who are diverted there are up to {} ways from cell to cell; at most {} can be simulated",
                    thousands(edges),
                    thousands(MOST_EDGES)
                ),
                "",
                "leave out a dimension, or divert to fewer places".into(),
            );
        }
        for (id, place) in model.places.iter().enumerate() {
            let ways = model.entries().filter(|entry| model.place_of(entry.cell) == id).count() as u64;
            let kept = ways * u64::from(model.calendar.steps());
            if place.when_full.otherwise == Full::Wait && kept > MOST_WAITING {
                let span = self.file.places[id].when_full.as_ref().map_or(0..0, |rule| rule.span());
                self.error(
                    Code::TooMany,
                    span,
                    format!(
                        "a queue of {} groups over {} steps cannot be kept",
                        thousands(ways),
                        thousands(model.calendar.steps().into())
                    ),
                    "each step's newcomers wait by group",
                    format!(
                        "their product may be {}: use a longer `step`, or leave out a dimension",
                        thousands(MOST_WAITING)
                    ),
                );
            }
        }
    }
}

fn read(rule: FullRule) -> Full {
    match rule {
        FullRule::Crowd => Full::Crowd,
        FullRule::Refuse => Full::Refuse,
        FullRule::Wait => Full::Wait,
    }
}
