//! Places: where people are counted.

use std::borrow::Cow;

use super::{
    Admission, EntryShare, MeasureKind, Mover, NumberId, PlaceId, Rate, Route, SectionFacts, Speed, Target,
};

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// A prison or detention facility.
    Prison,
    /// A displacement camp.
    Camp,
    /// A transit centre, court custody or rehabilitation centre.
    Centre,
    /// Free, in a community: at home or elsewhere.
    Community,
    /// Escaped and not recaptured.
    AtLarge,
    /// Died, or left the model.
    End,
}

impl PlaceKind {
    /// Every kind with its word in the file.
    pub const ALL: [(PlaceKind, &'static str); 6] = [
        (PlaceKind::Prison, "prison"),
        (PlaceKind::Camp, "camp"),
        (PlaceKind::Centre, "centre"),
        (PlaceKind::Community, "community"),
        (PlaceKind::AtLarge, "at_large"),
        (PlaceKind::End, "end"),
    ];

    /// Whether people here are held.
    pub fn is_held(self) -> bool {
        matches!(self, PlaceKind::Prison | PlaceKind::Camp | PlaceKind::Centre)
    }

    /// The kind's word in the file.
    pub fn name(self) -> &'static str {
        PlaceKind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// A place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What it is.
    pub kind: PlaceKind,
    /// How many it is built for; drawn on charts and warned about.
    pub capacity: Option<NumberId>,
    /// What happens to those who find it full.
    pub when_full: WhenFull,
    /// What happens to those who wait for it.
    pub queue: QueueRule,
    /// Its closure.
    pub closes: Option<Closure>,
    /// Who is there at the start.
    pub people: Vec<Initial>,
}

/// People at the start: a number spread over cells by shares.
#[derive(Clone, Debug)]
pub struct Initial {
    /// How many.
    pub count: NumberId,
    /// Where they are; shares are relative to their sum.
    pub into: Vec<EntryShare>,
}

/// What happens to those who find a place full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhenFull {
    /// The places that they go to instead: the first of them that has room.
    pub divert: Vec<PlaceId>,
    /// What happens to those who go to none of these.
    pub otherwise: Full,
}

impl WhenFull {
    /// Whether nobody is ever turned away.
    pub fn is_crowding(&self) -> bool {
        self.divert.is_empty() && self.otherwise == Full::Crowd
    }
}

/// What happens to those who find a place full and go nowhere else. Who comes from another place of the model and gets
/// no place stays there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Full {
    /// They get in all the same.
    #[default]
    Crowd,
    /// They are turned away.
    Refuse,
    /// Who comes from outside waits.
    Wait,
}

/// What happens to those who wait for a place.
#[derive(Clone, Debug, Default)]
pub struct QueueRule {
    /// How fast each who waits gives up, and where they go.
    pub gives_up: Option<(Rate, Vec<Target>)>,
    /// Whether free places fall to those who wait at random; otherwise who has waited longest is first.
    pub random: bool,
}

/// A closure: nobody gets in any more, and those inside leave evenly over some time.
#[derive(Clone, Debug)]
pub struct Closure {
    /// Its name for people.
    pub label: String,
    /// The first step in which nobody gets in.
    pub from: u32,
    /// Over how many steps those inside leave, at least 1.
    pub over: u32,
    /// Where they go, and with them those who would have come.
    pub targets: Vec<Target>,
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "places",
    mechanism: None,
    counts: None,
    priced: true,
    effect: None,
    measures: &[
        ("over_capacity", MeasureKind::Level),
        ("person_months_over_capacity", MeasureKind::Amount),
        ("arrived", MeasureKind::Amount),
        ("admitted", MeasureKind::Amount),
        ("refused", MeasureKind::Amount),
        ("days_refused", MeasureKind::Amount),
        ("queue", MeasureKind::Level),
        ("waited", MeasureKind::Amount),
        ("wait", MeasureKind::Ratio),
        ("had_to_wait", MeasureKind::Amount),
        ("probability_of_waiting", MeasureKind::Ratio),
        ("gave_up", MeasureKind::Amount),
        ("waited_over_1_month", MeasureKind::Ratio),
        ("waited_over_3_months", MeasureKind::Ratio),
        ("waited_over_6_months", MeasureKind::Ratio),
        ("waited_over_12_months", MeasureKind::Ratio),
        ("diverted", MeasureKind::Amount),
        ("held_back", MeasureKind::Amount),
    ],
};

impl Place {
    /// What is true of the closure of this place, which is the one at `index`, as a mechanism that moves people.
    pub fn closure_mover(&self, index: PlaceId) -> Mover<'_> {
        let closure = self.closes.as_ref();
        Mover {
            name: &self.name,
            label: closure.map_or(&self.label, |closure| &closure.label),
            counts_as: None,
            route: Route::Leave {
                from: Cow::Owned(vec![index]),
                who: None,
                targets: closure.map_or(&[], |closure| &closure.targets),
            },
            speed: Speed::Exact,
            admission: Admission::First,
        }
    }
}
