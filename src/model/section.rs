//! Sections of the file, and the mechanisms that a model has in them.

use super::{CountsAs, EntryShare, Mechanism, Model, PlaceId, Route, Section};

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
            Route::Leave { .. } | Route::Born { .. } | Route::Correct { .. } => None,
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
        assert_eq!(
            names,
            ["moves", "stays", "ageing", "arrivals", "births", "programmes", "shocks", "corrections"]
        );
    }
}
