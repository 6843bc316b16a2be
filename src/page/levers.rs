//! What can be set on the page: parameters with a range, variants, policies with their dates, and every other number.

use jiff::civil::Date;
use serde::Serialize;

use super::step::{self, LeverRange};
use super::written::WrittenTexts;
use crate::calendar::parse_date_or_year;
use crate::model::{Model, Parameter, Policy};
use crate::scenario::{ScenarioVariants, SettableNumber, label_of};
use crate::units::TimeUnit;

/// More numbers than this are not offered: no list of more is searched by eye. Each can still be set by its address.
const MOST_NUMBERS: usize = 3_000;

/// What can be set on the page of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Levers {
    /// Parameters with a range, in the order of the model.
    pub sliders: Vec<Lever>,
    /// Variants, in the order of the file.
    pub variants: Vec<VariantLever>,
    /// Policies, in the order of the file.
    pub policies: Vec<PolicyLever>,
    /// Every number with an address that is no slider, by address.
    pub numbers: Vec<Lever>,
}

/// A number that can be set or multiplied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lever {
    /// Its address: "parameters.political_will".
    pub field: String,
    /// Whether it is set, or multiplied.
    pub kind: LeverKind,
    /// Its name for people.
    pub label: String,
    /// The unit of what is set; `None` of a factor.
    pub unit: Option<String>,
    /// The lowest value of the slider.
    pub min: f64,
    /// The highest.
    pub max: f64,
    /// How far apart its values are: `value` is one of them.
    pub step: f64,
    /// Where it stands as long as nothing is set.
    pub value: f64,
    /// What the scenario says of the number: of one that is drawn its value before any draw. `None` where the address has several.
    pub says: Option<f64>,
    /// Whether each replicate draws a value of its own; set, all of them have the same.
    pub drawn: bool,
}

/// What a lever does to its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeverKind {
    /// Sets it.
    Set,
    /// Multiplies it.
    Times,
}

/// A variant that can be switched on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VariantLever {
    /// Its name in the scenario.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What it asks.
    pub question: Option<String>,
}

/// A policy that can be switched off or moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyLever {
    /// Its name in the scenario.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// When it begins, as `input` has dates; `None`: with the scenario.
    pub from: Option<String>,
    /// When it ends; `None`: with the scenario.
    pub until: Option<String>,
    /// How its dates are given: months, or days.
    pub input: DateInput,
    /// The first date that it may have.
    pub earliest: String,
    /// The last date that it may have.
    pub latest: String,
    /// Whether a threshold puts it into force, within its dates.
    pub triggered: bool,
}

/// How a date is given, in the words of HTML's inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateInput {
    /// As a month: "2027-01".
    Month,
    /// As a day: "2027-01-15".
    Date,
}

impl Levers {
    /// What can be set in a scenario.
    pub fn of(scenario: &ScenarioVariants) -> Levers {
        let model = &scenario.baseline;
        let settable = scenario.settable();
        let values = model.parameter_values();
        let parameters = model.parameters.iter().zip(&values);
        let sliders: Vec<Lever> =
            parameters.filter_map(|(parameter, value)| of_parameter(parameter, *value)).collect();
        let is_slider =
            |number: &&SettableNumber| sliders.iter().any(|slider| slider.field == number.address);
        let others = settable.iter().filter(|number| !is_slider(number)).take(MOST_NUMBERS);
        let numbers = others.map(|number| of_number(model, number)).collect();
        let variants = scenario.variants.iter().map(|variant| VariantLever {
            name: variant.name.clone(),
            label: variant.label.clone(),
            question: variant.question.clone(),
        });
        Levers { numbers, variants: variants.collect(), policies: policies(scenario), sliders }
    }
}

/// The slider of a parameter with a range.
fn of_parameter(parameter: &Parameter, value: f64) -> Option<Lever> {
    let (low, high) = parameter.range?;
    let LeverRange { min, max, step } = step::within(low, high, value);
    Some(Lever {
        field: format!("parameters.{}", parameter.name),
        kind: LeverKind::Set,
        label: parameter.label.clone().unwrap_or_else(|| label_of(&parameter.name)),
        unit: parameter.unit.clone(),
        min,
        max,
        step,
        value,
        says: Some(value),
        drawn: parameter.distribution.is_some(),
    })
}

/// The lever of any other number: it is set where it is one number that is written, and multiplied where several have the address
/// or it follows parameters.
fn of_number(model: &Model, number: &SettableNumber) -> Lever {
    let parameter = number.address.strip_prefix("parameters.").unwrap_or_default();
    let parameter = model.parameters.iter().find(|known| known.name == parameter);
    let set = number.value.filter(|_| number.sets && (!number.computed || !number.multiplies));
    let (kind, range, value) = match set {
        Some(value) => (LeverKind::Set, step::about(value, number.kind), value),
        None if number.multiplies => (LeverKind::Times, step::factors(number.kind), 1.0),
        None => (LeverKind::Set, step::about(0.0, number.kind), 0.0),
    };
    let unit = match kind {
        LeverKind::Times => None,
        LeverKind::Set => {
            let of_time = number.unit.map(|unit| format!("{}s", unit.name()));
            of_time.or_else(|| parameter.and_then(|parameter| parameter.unit.clone()))
        }
    };
    Lever {
        field: number.address.clone(),
        kind,
        label: number.label.clone(),
        unit,
        min: range.min,
        max: range.max,
        step: range.step,
        value,
        says: number.value,
        drawn: parameter.is_some_and(|parameter| parameter.distribution.is_some()),
    }
}

fn policies(scenario: &ScenarioVariants) -> Vec<PolicyLever> {
    let written = WrittenTexts::of(scenario);
    let model = &scenario.baseline;
    let (start, end) = (model.calendar.start(), model.calendar.end());
    let of = |policy: &Policy| {
        let dates = written.policy_dates(&policy.name);
        let dates = dates.map(|date| date.as_deref().and_then(parse_date_or_year));
        let first = |date: Date| date.day() == 1;
        let months = !matches!(model.calendar.unit(), TimeUnit::Day | TimeUnit::Week)
            && dates.iter().flatten().all(|date| first(*date))
            && first(start);
        let input = if months { DateInput::Month } else { DateInput::Date };
        let word = |date: Date| {
            let day = date.to_string();
            if months { day[..day.len() - "-01".len()].to_string() } else { day }
        };
        let [from, until] = dates;
        PolicyLever {
            name: policy.name.clone(),
            label: policy.label.clone(),
            from: from.map(word),
            until: until.map(word),
            input,
            earliest: word(start),
            latest: word(end),
            triggered: policy.when.is_some(),
        }
    };
    model.policies.iter().map(of).collect()
}
