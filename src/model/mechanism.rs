//! What is to be said of a section of the file and of a mechanism: its own file says it once, and every list of sections or
//! mechanisms reads it. No field has a default, so the compiler asks a new one for each.

use std::borrow::Cow;

use super::{CountsAs, EntryShare, PlaceId, Rate, Target, Who};

/// What is true of a section and of everything in it.
#[derive(Clone, Copy, Debug)]
pub struct SectionFacts {
    /// Its name in the file, the first word of the addresses in it: `"births"`.
    pub name: &'static str,
    /// What makes a mechanism that moves people of a position in the section; `None`: nothing in it moves people by itself.
    pub mechanism: Option<fn(usize) -> Mechanism>,
    /// How a sentence calls one whose people count as something, before its label: `"the programme"`; `None`: the section has no
    /// `counts_as`.
    pub counts: Option<&'static str>,
    /// Whether `costs` can price it.
    pub priced: bool,
    /// The field that leaves it without effect when multiplied by 0; `None`: there is no such field.
    pub effect: Option<&'static str>,
    /// What is measured of it beside people and cost: names that outcomes can take.
    pub measures: &'static [(&'static str, MeasureKind)],
}

/// A mechanism that moves people, as its kind and its index in the model. Tables of flows have them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mechanism {
    /// Index in [`Model::moves`](super::Model::moves).
    Move(usize),
    /// Index in [`Model::stays`](super::Model::stays).
    Stay(usize),
    /// Index in [`Model::ageing`](super::Model::ageing).
    Ageing(usize),
    /// Index in [`Model::arrivals`](super::Model::arrivals).
    Arrival(usize),
    /// Index in [`Model::births`](super::Model::births).
    Birth(usize),
    /// Index in [`Model::programmes`](super::Model::programmes).
    Programme(usize),
    /// Index in [`Model::shocks`](super::Model::shocks).
    Shock(usize),
    /// Index in [`Model::corrections`](super::Model::corrections).
    Correction(usize),
    /// The closure of a place: index in [`Model::places`](super::Model::places).
    Closure(usize),
}

impl Mechanism {
    /// Its position in its section; of a closure that of the place.
    pub fn index(self) -> usize {
        match self {
            Mechanism::Move(index)
            | Mechanism::Stay(index)
            | Mechanism::Ageing(index)
            | Mechanism::Arrival(index)
            | Mechanism::Birth(index)
            | Mechanism::Programme(index)
            | Mechanism::Shock(index)
            | Mechanism::Correction(index)
            | Mechanism::Closure(index) => index,
        }
    }
}

/// What is true of one mechanism that moves people.
#[derive(Clone, Debug)]
pub struct Mover<'m> {
    /// Its name in the file; of a closure that of the place.
    pub name: &'m str,
    /// Its name for people.
    pub label: &'m str,
    /// What its people count as.
    pub counts_as: Option<&'m CountsAs>,
    /// Who goes, from where and to what.
    pub route: Route<'m>,
    /// How often something happens to somebody.
    pub speed: Speed<'m>,
    /// When its people come to a place that may be full.
    pub admission: Admission,
}

/// Who goes, from where and to what.
#[derive(Clone, Debug)]
pub enum Route<'m> {
    /// People at places go elsewhere or become others.
    Leave {
        /// The places.
        from: Cow<'m, [PlaceId]>,
        /// Whom of them; `None`: everybody.
        who: Option<&'m Who>,
        /// Where they go and what they become.
        targets: &'m [Target],
    },
    /// People come from outside.
    Arrive {
        /// Where they appear.
        into: &'m [EntryShare],
    },
    /// People are born beside others, who stay.
    Born {
        /// The places.
        at: &'m [PlaceId],
        /// Beside whom.
        mothers: &'m Who,
        /// What they are, starting from the mothers' values.
        newborn: &'m [Target],
    },
    /// The number of people at a place is set: whoever is too many goes, whoever is missing comes, each in their group.
    Correct {
        /// The place.
        at: PlaceId,
        /// Whom of its people.
        who: &'m Who,
        /// Where those go who are too many; `None`: out of the model.
        to: Option<PlaceId>,
        /// Where those come from who are missing; `None`: from outside.
        from: Option<PlaceId>,
    },
}

/// How often something happens, as far as the length of a step limits it.
#[derive(Clone, Copy, Debug)]
pub enum Speed<'m> {
    /// To each person at a rate, in competition with other ways.
    Person(&'m Rate),
    /// At a rate, but once in a step at the most.
    Event(&'m Rate),
    /// As often as it is written, whatever the step.
    Exact,
}

/// When people come to a place that may be full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// With the start of the step, before the others.
    First,
    /// In the course of the step.
    During,
    /// At any time, and even where there is no room.
    Forced,
}

impl<'m> Route<'m> {
    /// Of those people at places whom it concerns.
    pub(super) fn leave(from: &'m [PlaceId], who: &'m Who, targets: &'m [Target]) -> Route<'m> {
        Route::Leave { from: Cow::Borrowed(from), who: Some(who), targets }
    }

    /// Whether it brings people who were nowhere before.
    pub fn brings_people(&self) -> bool {
        match self {
            Route::Leave { .. } => false,
            Route::Arrive { .. } | Route::Born { .. } => true,
            Route::Correct { from, .. } => from.is_none(),
        }
    }
}

/// What kind of number a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureKind {
    /// A level at the end of each step.
    Level,
    /// An amount of each step.
    Amount,
    /// An amount over another.
    Ratio,
}

/// Makes the enum of sections, with the facts that each has in its own file.
macro_rules! sections {
    ($($(#[$doc:meta])* $section:ident: $facts:path,)*) => {
        /// A section of the file whose things have names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Section {
            $($(#[$doc])* $section,)*
        }

        impl Section {
            /// Every section, in the order of the file.
            pub const ALL: [Section; [$(Section::$section),*].len()] = [$(Section::$section),*];

            /// What is true of it.
            pub const fn facts(self) -> &'static SectionFacts {
                match self {
                    $(Section::$section => &$facts,)*
                }
            }
        }
    };
}
pub(super) use sections;
