//! What is to be said of a section of the file and of a mechanism: its own file says it once, and every list of sections or
//! mechanisms reads it. No field has a default, so the compiler asks a new one for each.

use std::borrow::Cow;

use super::{CountsAs, EntryShare, MeasureKind, Mechanism, Model, PlaceId, Rate, Section, Target, Who};

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

impl Route<'_> {
    /// Whether it brings people who were nowhere before.
    pub fn brings_people(&self) -> bool {
        match self {
            Route::Leave { .. } => false,
            Route::Arrive { .. } | Route::Born { .. } => true,
        }
    }
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

impl Section {
    /// How many have a price.
    pub const PRICED: usize = {
        let (mut count, mut index) = (0, 0);
        while index < Section::ALL.len() {
            count += Section::ALL[index].facts().priced as usize;
            index += 1;
        }
        count
    };

    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The section with a name in the file.
    pub fn named(name: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.name() == name)
    }

    /// The sections of mechanisms that move people, in the order of [`Mechanism`].
    pub fn moving() -> Vec<Section> {
        let made = |section: &Section| section.facts().mechanism.map(|make| make(0));
        let mut moving: Vec<Section> = Section::ALL.into_iter().filter(|it| made(it).is_some()).collect();
        moving.sort_by_key(made);
        moving
    }
}

impl Mechanism {
    /// The section whose positions it counts; `None` of closures, which stand within places.
    pub fn section(self) -> Option<Section> {
        let kind = std::mem::discriminant(&self);
        let makes = |make: fn(usize) -> Mechanism| std::mem::discriminant(&make(0)) == kind;
        Section::ALL.into_iter().find(|section| section.facts().mechanism.is_some_and(makes))
    }
}

impl Model {
    /// Every mechanism that moves people, in the order of the file; closures of places come last.
    pub fn mechanisms(&self) -> Vec<Mechanism> {
        let of = |section: Section| {
            let make = section.facts().mechanism?;
            Some((0..self.labels(section).len()).map(make))
        };
        let closes = |place: &PlaceId| self.places[*place].closes.is_some();
        let closures = (0..self.places.len()).filter(closes).map(Mechanism::Closure);
        Section::ALL.into_iter().filter_map(of).flatten().chain(closures).collect()
    }

    /// Every mechanism whose people count as something, with the word.
    pub fn counted(&self) -> impl Iterator<Item = (Mechanism, &CountsAs)> {
        self.mechanisms().into_iter().filter_map(|it| Some((it, self.mover(it).counts_as?)))
    }

    /// The address of a mechanism, in the file's words: `"moves.death"`.
    pub fn address(&self, mechanism: Mechanism) -> String {
        let name = self.mover(mechanism).name;
        match mechanism.section() {
            Some(section) => format!("{}.{name}", section.name()),
            None => format!("{}.{name}.closes", Section::Places.name()),
        }
    }

    /// Where people from outside appear.
    pub fn entries(&self) -> impl Iterator<Item = &EntryShare> {
        let into = |mechanism| match self.mover(mechanism).route {
            Route::Arrive { into } => Some(into),
            Route::Leave { .. } | Route::Born { .. } => None,
        };
        self.mechanisms().into_iter().filter_map(into).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_and_lead_back() {
        for section in Section::ALL {
            assert_eq!(Section::named(section.name()), Some(section));
        }
    }

    #[test]
    fn mechanisms_have_an_order_of_their_own() {
        let names: Vec<&str> = Section::moving().into_iter().map(Section::name).collect();
        assert_eq!(names, ["moves", "stays", "ageing", "arrivals", "births", "programmes", "shocks"]);
    }
}
