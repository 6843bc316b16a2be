//! Places: where people are counted.

use super::{Entry, NumberId};

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
    /// How many it is built for; drawn on charts and warned about. What happens when it is full is crowding: people stay.
    pub capacity: Option<NumberId>,
    /// Who is there at the start.
    pub people: Vec<Initial>,
}

/// People at the start: a number spread over cells by shares.
#[derive(Clone, Debug)]
pub struct Initial {
    /// How many.
    pub count: NumberId,
    /// Where they are; shares are relative to their sum.
    pub into: Vec<Entry>,
}
