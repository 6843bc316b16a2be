//! Which numbers of a scenario a variant can set or multiply from the start to the end, with their names for people.

use std::collections::BTreeMap;

use super::ScenarioVariants;
use super::overlay::Overlay;
use super::sections::split;
use crate::model::{Effect, Model, NumberId, NumberKind, Section};
use crate::scenario::address::Meaning;
use crate::scenario::file::ScenarioFile;
use crate::scenario::validate::{Checked, validate};
use crate::scenario::words::label_of;
use crate::units::TimeUnit;

/// A number that a variant can set or multiply.
#[derive(Clone, Debug, PartialEq)]
pub struct SettableNumber {
    /// Its address: "programmes.flights.seats".
    pub address: String,
    /// Its name for people: "Flights home: seats".
    pub label: String,
    /// What the scenario says, before any change; `None` where several numbers have the address, and differ.
    pub value: Option<f64>,
    /// Whether it is computed from parameters.
    pub computed: bool,
    /// Whether it can be set to a number.
    pub sets: bool,
    /// Whether it can be multiplied.
    pub multiplies: bool,
    /// What values it may take.
    pub kind: NumberKind,
    /// The unit of a length of time.
    pub unit: Option<TimeUnit>,
}

impl ScenarioVariants {
    /// Every number that a variant can set or multiply, by address.
    pub fn settable(&self) -> Vec<SettableNumber> {
        let Ok(checked) = validate(&Overlay::none(&self.file), &self.source) else { return Vec::new() };
        let labels = Labels::of(&self.file);
        let parameters = checked.model.parameter_values();
        let of_book = checked.addresses.all().filter_map(|(address, meaning)| {
            let allows = |effect| meaning.allows(effect);
            let (sets, multiplies) = (allows(Effect::Set), allows(Effect::Times));
            // A parameter has two addresses.
            let again =
                matches!(meaning, Meaning::Parameter(name) if address != format!("parameters.{name}"));
            let facts = (sets || multiplies).then(|| facts(&checked, &parameters, meaning))?;
            let NumberFacts { value, computed, kind, unit } = facts;
            let label = labels.of_address(address);
            let number = SettableNumber {
                address: address.into(),
                label,
                value,
                computed,
                sets,
                multiplies,
                kind,
                unit,
            };
            (!again).then_some(number)
        });
        let of_stays = self.file.stays.keys().map(|key| {
            let address = format!("{}.{}", Section::Stays.name(), &***key);
            SettableNumber {
                label: format!("{}: length of stay", labels.of_thing(Section::Stays.name(), key)),
                address,
                value: None,
                computed: false,
                sets: false,
                multiplies: true,
                kind: NumberKind::Duration,
                unit: None,
            }
        });
        of_book.chain(of_stays).collect()
    }
}

/// What is known of what has an address.
struct NumberFacts {
    value: Option<f64>,
    computed: bool,
    kind: NumberKind,
    unit: Option<TimeUnit>,
}

fn facts(checked: &Checked, parameters: &[f64], meaning: &Meaning) -> NumberFacts {
    let model = &checked.model;
    let ids = match meaning {
        Meaning::Numbers(ids) => ids,
        Meaning::Whole { written, .. } => written,
        Meaning::Parameter(name) => return of_parameter(model, parameters, name),
        _ => &Vec::new(),
    };
    let value = |id: &NumberId| model.number(*id).value_in(parameters);
    let mut values = ids.iter().map(value);
    let first = values.next();
    NumberFacts {
        value: first.filter(|first| values.all(|other| other == *first)),
        computed: ids.iter().any(|id| !model.number(*id).value.uses().is_empty()),
        kind: ids.first().map_or(NumberKind::Amount, |id| model.number(*id).kind),
        unit: ids.first().and_then(|id| checked.numbers.unit(*id)),
    }
}

fn of_parameter(model: &Model, parameters: &[f64], name: &str) -> NumberFacts {
    let index = model.parameters.iter().position(|parameter| parameter.name == name);
    NumberFacts {
        value: index.map(|index| parameters[index]),
        computed: index.is_some_and(|index| !model.parameters[index].value.uses().is_empty()),
        kind: NumberKind::Any,
        unit: None,
    }
}

/// The names for people of everything in a file, by section and name.
struct Labels(BTreeMap<(&'static str, String), String>);

impl Labels {
    fn of(file: &ScenarioFile) -> Labels {
        let mut labels = BTreeMap::new();
        let mut same: BTreeMap<String, usize> = BTreeMap::new();
        for section in Section::ALL {
            for key in file.section(section).keys() {
                let written = file.section(section).label(key);
                let label = written.map_or_else(|| label_of(key), str::to_string);
                *same.entry(label.clone()).or_default() += 1;
                labels.insert((section.name(), key.to_string()), label);
            }
        }
        // Births in a camp may be called as the camp; places are what people think of first.
        for ((section, _), label) in &mut labels {
            if *section != Section::Places.name() && same.get(label).is_some_and(|same| *same > 1) {
                *label = format!("{label} ({section})");
            }
        }
        Labels(labels)
    }

    fn of_thing(&self, section: &str, name: &str) -> String {
        let known = Section::named(section).and_then(|of| self.0.get(&(of.name(), name.to_string())));
        known.cloned().unwrap_or_else(|| label_of(name))
    }

    /// "Flights home: seats".
    fn of_address(&self, address: &str) -> String {
        let (section, rest) = split(address).unwrap_or(("", address));
        let (name, field) = rest.split_once('.').unwrap_or((rest, ""));
        let thing = self.of_thing(section, name);
        let thing =
            if Section::named(section).is_some() { thing } else { format!("{}: {thing}", label_of(section)) };
        match field {
            "" => thing,
            field => format!("{thing}: {}", field.replace(['.', '_'], " ")),
        }
    }
}
