//! Places and who is there at the start.

use std::ops::Range;

use super::draft::Draft;
use super::entries::EntrySpread;
use super::limits::MOST_PEOPLE;
use crate::model::{Expression, Initial, NumberKind, Place, PlaceId, PlaceKind};
use crate::scenario::code::Code;
use crate::scenario::file::people::WrittenPeople;
use crate::scenario::file::place::WrittenPlaceKind as WrittenKind;
use crate::scenario::file::words::OneOrMany;
use crate::scenario::located::Located;
use crate::scenario::words::{nearest, number, thousands};

impl Draft<'_> {
    /// What the places are called and what they are, which everything else refers to.
    pub(super) fn place_names(&mut self) {
        for (key, place) in &self.file.places {
            self.name(key, key.span());
            self.place_names.push(key.to_string());
            self.place_kinds.push(match place.kind.get() {
                WrittenKind::Prison => PlaceKind::Prison,
                WrittenKind::Camp => PlaceKind::Camp,
                WrittenKind::Centre => PlaceKind::Centre,
                WrittenKind::Community => PlaceKind::Community,
                WrittenKind::AtLarge => PlaceKind::AtLarge,
                WrittenKind::End => PlaceKind::End,
            });
        }
        if self.file.places.is_empty() {
            self.error(
                Code::MissingKey,
                0..0,
                "the scenario has no places".into(),
                "",
                "add one: [places.some_name] with kind = \"prison\"".into(),
            );
        }
    }

    pub(super) fn places(&mut self) -> Vec<Place> {
        let file = self.file;
        let mut places = Vec::new();
        let mut people_in_all = 0.0;
        for (id, (key, written)) in file.places.iter().enumerate() {
            let address = format!("places.{}", &***key);
            let label = match &written.label {
                Some(label) => self.text(label, "label"),
                None => crate::scenario::words::label_of(key),
            };
            let capacity =
                written.capacity.as_ref().map(|capacity| self.amount(&address, "capacity", capacity));
            let mut people = Vec::new();
            for (i, entry) in written.people.iter().enumerate() {
                people.push(self.initial(&format!("{address}.people.{i}"), id, entry, &mut people_in_all));
            }
            let when_full = self.when_full(id, written);
            let queue = self.queue(id, written, &when_full);
            let closes = self.closes(id, &label, written);
            places.push(Place {
                name: key.to_string(),
                label,
                kind: self.place_kinds[id],
                capacity,
                when_full,
                queue,
                closes,
                people,
            });
        }
        places
    }

    /// People who are in a place at the start; they are added to `people_in_all`.
    fn initial(
        &mut self,
        address: &str,
        place: PlaceId,
        entry: &Located<WrittenPeople>,
        people_in_all: &mut f64,
    ) -> Initial {
        let count = self.at_start(format!("{address}.count"), NumberKind::Amount, &entry.count);
        let now = self.now(count);
        if matches!(self.numbers[count].value, Expression::Constant(_)) && now.fract() != 0.0 {
            self.error(
                Code::OutOfRange,
                entry.count.span(),
                format!("{} is not a whole number of people", number(now)),
                "not whole",
                format!("write {} or {}", number(now.floor()), number(now.ceil())),
            );
        }
        let before = *people_in_all;
        *people_in_all += now.max(0.0);
        if *people_in_all > MOST_PEOPLE && before <= MOST_PEOPLE {
            self.error(
                Code::TooMany,
                entry.count.span(),
                format!("there are more than {} people at the start", thousands(MOST_PEOPLE as u64)),
                "too many here, or with those before",
                "write fewer".into(),
            );
        }
        let spread = EntrySpread {
            address,
            whole: entry.span(),
            who: entry.who.as_ref(),
            split: entry.split.as_ref(),
            at_start: true,
        };
        Initial { count, into: self.entries(&[(place, None)], &spread) }
    }

    /// The index of a place; `None` when there is none of that name, which is then said.
    pub(super) fn place(&mut self, name: &str, span: Range<usize>) -> Option<PlaceId> {
        let found = self.place_names.iter().position(|place| place == name);
        if found.is_none() {
            let help = if name == "outside" {
                "people who leave the model go to a place of kind `end`: add one and name it".into()
            } else {
                let names = || self.place_names.iter().map(String::as_str);
                let known = self.suggest(name, names(), "places");
                let is_list =
                    !known.is_empty() && nearest(name, names()).is_none() && names().next().is_some();
                match super::draft::name_problem(name, 0..0) {
                    None if is_list => format!("{known}; or add [places.{name}] with {}", kind_of(name)),
                    _ => known,
                }
            };
            self.unknown("place", name, span, help);
        }
        found
    }

    /// The places where something happens to people: none of them an end, none twice.
    pub(super) fn places_of(&mut self, written: &Located<OneOrMany<String>>) -> Vec<PlaceId> {
        let places = self.places_named(written);
        for (span, name) in written.items() {
            if let Some(place) = self.place_names.iter().position(|place| place == name) {
                self.not_an_end(place, span);
            }
        }
        places
    }

    /// Some places, none of them twice.
    pub(super) fn places_named(&mut self, written: &Located<OneOrMany<String>>) -> Vec<PlaceId> {
        let mut places = Vec::new();
        for (span, name) in written.items() {
            let Some(place) = self.place(name, span.clone()) else { continue };
            if places.contains(&place) {
                self.again(Code::Duplicate.of(name), span, format!("`{name}` is named twice"));
            } else {
                places.push(place);
            }
        }
        places
    }

    /// Says so where people of an end would be concerned.
    pub(super) fn not_an_end(&mut self, place: PlaceId, span: Range<usize>) {
        if self.place_kinds[place] == PlaceKind::End {
            let name = self.place_names[place].clone();
            self.error(
                Code::EndPlace.of(&name),
                span,
                format!("nothing happens to people in `{name}`: it is an end"),
                "of kind `end`",
                "name another place, or give this one another kind".into(),
            );
        }
    }
}

/// The kind that a place of a name most likely has, as it is written.
fn kind_of(name: &str) -> &'static str {
    const KINDS: [(&str, &str); 9] = [
        ("prison", "kind = \"prison\""),
        ("jail", "kind = \"prison\""),
        ("camp", "kind = \"camp\""),
        ("large", "kind = \"at_large\""),
        ("escaped", "kind = \"at_large\""),
        ("dead", "kind = \"end\""),
        ("died", "kind = \"end\""),
        ("cent", "kind = \"centre\""),
        ("transit", "kind = \"centre\""),
    ];
    let name = name.to_lowercase();
    KINDS.iter().find(|(word, _)| name.contains(word)).map_or("kind = \"community\"", |(_, kind)| *kind)
}
