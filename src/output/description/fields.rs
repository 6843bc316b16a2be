//! What changes act on, and what they do to it, in words.

use super::names::{parameter, spaced};
use super::telling::Telling;
use super::who::value_word;
use super::words::{number, of, percent, time};
use crate::model::{Change, Effect, Model, NumberId, NumberKind, Rate, Section, SwitchTime, Window};
use crate::units::{RateUnit, TimeUnit};
use crate::wording::list;

/// What changes do, one after the other: "the rate of Deaths times 2", "the capacity of North prison is 1,200 places instead of 1,000".
pub(super) fn effects<'c>(telling: &Telling<'_>, changes: impl Iterator<Item = &'c Change>) -> Vec<String> {
    changes.map(|change| of_change(telling, change)).collect()
}

/// The effects of a window, behind whose they are: ", from January 2027, coming in over 6 months: the rate of Release times 2".
pub(super) fn dated(telling: &Telling<'_>, window: &Window, effects: &[String]) -> String {
    let when: Vec<String> =
        [telling.between(window.from, window.until), ramp(telling, window)].into_iter().flatten().collect();
    let when: String = when.iter().map(|words| format!(", {words}")).collect();
    format!("{when}: {}", effects.join("; "))
}

/// "coming in over 6 months"
fn ramp(telling: &Telling<'_>, window: &Window) -> Option<String> {
    (window.ramp > 0.0).then(|| format!("coming in over {}", telling.length(window.ramp)))
}

fn of_change(telling: &Telling<'_>, change: &Change) -> String {
    let what = targets(telling.model, &change.targets);
    match change.effect {
        Effect::Times => format!("{what} times {}", telling.told(change.amount, number)),
        Effect::Set => {
            let set = change.targets.first().map_or_else(String::new, |target| {
                telling.told(change.amount, |value| written(telling.model, *target, value))
            });
            format!("{what} is {set}{}", instead(telling, &change.targets))
        }
    }
}

/// " instead of 0.1", where what is set has one value.
fn instead(telling: &Telling<'_>, targets: &[NumberId]) -> String {
    let mut before = targets.iter().map(|target| telling.value(*target));
    let Some(first) = before.next().filter(|first| before.all(|other| other == *first)) else {
        return String::new();
    };
    let share = telling.model.number(targets[0]).kind == NumberKind::Share;
    format!(" instead of {}", if share { percent(first) } else { number(first) })
}

/// What a measure is about, by its address: "River camp".
pub(super) fn subject(model: &Model, address: &str) -> String {
    match address.split_once('.') {
        Some((section, name)) => label(model, section, name),
        None => "everything".into(),
    }
}

/// What a change acts on: all numbers of one field, or one of them.
fn targets(model: &Model, targets: &[NumberId]) -> String {
    let fields: Vec<Field> =
        targets.iter().map(|target| Field::of(model, &model.number(*target).address)).collect();
    let mut wholes: Vec<String> = Vec::new();
    for field in &fields {
        if !wholes.contains(&field.whole) {
            wholes.push(field.whole.clone());
        }
    }
    match fields.as_slice() {
        [only] if !only.detail.is_empty() => format!("{} ({})", only.whole, only.detail),
        _ => list(&wholes, wholes.len()),
    }
}

/// A number with an address.
struct Field {
    /// What it belongs to: "the rate of Deaths".
    whole: String,
    /// Which number of it: "men".
    detail: String,
}

impl Field {
    fn of(model: &Model, address: &str) -> Field {
        let mut words = address.split('.');
        let section = words.next().unwrap_or_default();
        let (section, of_costs) = match section {
            "costs" => (words.next().unwrap_or_default(), true),
            section => (section, false),
        };
        let name = words.next().unwrap_or_default();
        let label = label(model, section, name);
        let rest: Vec<&str> = words.collect();
        let (line, rest) = match rest.as_slice() {
            ["lines", value, rest @ ..] => (Some(*value), rest),
            rest => (None, rest),
        };
        let head = rest.first().copied().unwrap_or_default();
        let whole = if of_costs { cost(head, &label) } else { whole(section, head, &label) };
        let details = rest.iter().skip(1).filter(|word| !is_silent(word)).map(|word| value_name(model, word));
        let details: Vec<String> =
            line.map(|value| value_name(model, value)).into_iter().chain(details).collect();
        Field { whole, detail: details.join(", ") }
    }
}

fn whole(section: &str, head: &str, label: &str) -> String {
    match head {
        "occasions" | "seats" => format!("{head} of {label}"),
        "wanders" => format!("how much {label} wanders"),
        "cap_per_year" => format!("the yearly cap of {label}"),
        "hits" => format!("the chance with which {label} meets a place"),
        "people" if section == "corrections" => format!("the number that {label} finds"),
        "" => label.to_string(),
        head => format!("the {} of {label}", spaced(head)),
    }
}

fn cost(head: &str, label: &str) -> String {
    match head {
        "per_person_month" => format!("the cost of {label} for each person and month"),
        "fixed_per_month" => format!("the fixed cost of {label} a month"),
        "per_person" => format!("the cost of {label} for each person"),
        "per_occasion" => format!("the cost of {label} for each occasion"),
        "" => "the discount rate".into(),
        head => format!("the {} of {label}", spaced(head)),
    }
}

/// Words of an address that only say how a number is written.
fn is_silent(word: &str) -> bool {
    let says = ["values", "series", "table", "shares", "beta", "times", "split", "mean"];
    unit(word).is_some() || says.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

fn value_name(model: &Model, word: &str) -> String {
    let named = model.groups.dimensions.iter().find_map(|axis| {
        let value = axis.values.iter().position(|value| value == word)?;
        Some(value_word(axis, value))
    });
    named.unwrap_or_else(|| spaced(word))
}

/// The name for people of what is called so in a section.
fn label(model: &Model, section: &str, name: &str) -> String {
    let section = Section::named(section);
    let place = || model.places.iter().find(|place| place.name == name).map(|place| place.label.clone());
    let of_parameter = || {
        (0..model.parameters.len())
            .find(|index| model.parameters[*index].name == name)
            .map(|index| parameter(model, index))
    };
    let regime =
        || model.regimes.iter().find(|regime| regime.name == name).map(|regime| regime.label.clone());
    let mechanism = || {
        let named = |it: &crate::model::Mechanism| it.section() == section && model.mover(*it).name == name;
        model.mechanisms().into_iter().find(named).map(|it| model.mover(it).label.to_string())
    };
    let found = match section {
        Some(Section::Places) => place(),
        Some(Section::Parameters) => of_parameter(),
        Some(Section::Regimes) => regime(),
        Some(_) => mechanism(),
        None => None,
    };
    found.unwrap_or_else(|| spaced(name))
}

/// What a field is set to, in the field's own unit.
fn written(model: &Model, target: NumberId, value: f64) -> String {
    let target_number = model.number(target);
    let unit = target_number.address.split('.').find_map(unit);
    match (target_number.kind, unit) {
        (_, Some(RateUnit::MeanStay(_) | RateUnit::HalfLife(_))) => time(value, time_unit(model, target)),
        (NumberKind::Share, _) => percent(value),
        (_, Some(RateUnit::Per(unit))) => format!("{} a {}", number(value), unit.name()),
        _ if target_number.address.ends_with(".capacity") => of(&number(value), "place"),
        _ if target_number.address.starts_with("costs.") => {
            let currency = model.costs.as_ref().map_or("", |costs| costs.currency.as_str());
            format!("{} {currency}", number(value)).trim_end().to_string()
        }
        _ => number(value),
    }
}

/// The unit of a rate by its key.
fn unit(key: &str) -> Option<RateUnit> {
    let of = |text: &str| TimeUnit::ALL.into_iter().find(|unit| unit.name() == text);
    match key {
        "mean_stay" => Some(RateUnit::MeanStay(TimeUnit::Year)),
        "half_life" => Some(RateUnit::HalfLife(TimeUnit::Year)),
        "daily_probability" => Some(RateUnit::Probability(TimeUnit::Day)),
        "weekly_probability" => Some(RateUnit::Probability(TimeUnit::Week)),
        "monthly_probability" => Some(RateUnit::Probability(TimeUnit::Month)),
        "yearly_probability" => Some(RateUnit::Probability(TimeUnit::Year)),
        key => key.strip_prefix("per_").and_then(of).map(RateUnit::Per),
    }
}

/// The unit of the rate that has a number.
fn time_unit(model: &Model, number: NumberId) -> TimeUnit {
    let has = |rate: &&Rate| match &rate.amount {
        crate::model::Varying::Same(id) => *id == number,
        crate::model::Varying::By(table) => table.values.contains(&Some(number)),
        crate::model::Varying::Series(series) => series.iter().any(|(_, id)| *id == number),
    };
    let moves = model.moves.iter().map(|one| &one.rate);
    let ageing = model.ageing.iter().filter_map(|one| one.rate());
    let gives_up =
        model.places.iter().filter_map(|place| place.queue.gives_up.as_ref().map(|(rate, _)| rate));
    let switches =
        model.regimes.iter().flat_map(|regime| &regime.switches).filter_map(|switch| match &switch.when {
            SwitchTime::Rate(rate) => Some(rate),
            SwitchTime::Step(_) => None,
        });
    match moves.chain(ageing).chain(gives_up).chain(switches).find(has).map(|rate| rate.unit) {
        Some(
            RateUnit::MeanStay(unit)
            | RateUnit::HalfLife(unit)
            | RateUnit::Per(unit)
            | RateUnit::Probability(unit),
        ) => unit,
        None => TimeUnit::Year,
    }
}
