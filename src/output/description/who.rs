//! People of some groups, in words.

use super::names::{any_of, spaced};
use super::words::{percent, shares};
use crate::model::{CellId, Dimension, GroupId, Model, Who};
use crate::wording::{list, thousands};

/// More values than this are counted instead of listed.
const MOST_NAMED: usize = 8;

/// More groups than this are told dimension by dimension.
const MOST_GROUPS: usize = 4;

/// Dimensions whose values stand before what people are: "local men".
const BEFORE: [&str; 7] = ["origin", "nationality", "status", "legal_status", "sex", "gender", "region"];

/// How the values of a dimension are said of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ValueKind {
    /// They are what people are: "women".
    People,
    /// They stand before what people are: "local men".
    Before,
    /// They are named with their dimension: "people with path completed".
    Named,
}

/// Whom something concerns: "local and neighbour men", "people with path completed".
pub(super) fn people(model: &Model, who: &Who) -> String {
    let (mut before, mut are, mut with) = (Vec::new(), None, Vec::new());
    for (dimension, allowed) in model.groups.dimensions.iter().zip(&who.allowed) {
        let Some(allowed) = allowed.as_ref().filter(|allowed| allowed.len() < dimension.values.len()) else {
            continue;
        };
        let words = values(dimension, allowed);
        match kind(dimension) {
            ValueKind::People if are.is_none() => are = Some(list(&words, words.len())),
            ValueKind::Before if words.len() <= MOST_NAMED => before.push(list(&words, words.len())),
            _ if words.len() <= MOST_NAMED => {
                with.push(format!("{} {}", spaced(&dimension.name), any_of(&words)))
            }
            _ => with.push(format!(
                "{} of the {} values of {}",
                allowed.len(),
                dimension.values.len(),
                spaced(&dimension.name)
            )),
        }
    }
    before.push(are.unwrap_or_else(|| "people".into()));
    let mut words = before.join(" ");
    if !with.is_empty() {
        words += &format!(" with {}", list(&with, with.len()));
    }
    words
}

/// What people become: "become women", "get path completed"; `None` where they stay what they are.
pub(super) fn become_words(model: &Model, becomes: &[Option<usize>]) -> Option<String> {
    let (mut are, mut get) = (Vec::new(), Vec::new());
    for (dimension, value) in model.groups.dimensions.iter().zip(becomes) {
        let Some(value) = value else { continue };
        let word = value_word(dimension, *value);
        match kind(dimension) {
            ValueKind::Named => get.push(format!("{} {word}", spaced(&dimension.name))),
            ValueKind::People | ValueKind::Before => are.push(word),
        }
    }
    let are = (!are.is_empty()).then(|| format!("become {}", are.join(" ")));
    let get = (!get.is_empty()).then(|| format!("get {}", list(&get, get.len())));
    let words: Vec<String> = [are, get].into_iter().flatten().collect();
    (!words.is_empty()).then(|| list(&words, words.len()))
}

/// A value of a dimension.
pub(super) fn value_word(dimension: &Dimension, value: usize) -> String {
    dimension.label(value).map_or_else(|| spaced(&dimension.values[value]), str::to_string)
}

/// Several values: "men and women", or how many of them there are.
pub(super) fn value_words(dimension: &Dimension, values_of: &[usize]) -> String {
    if values_of.len() > MOST_NAMED {
        return format!("{} of {}", values_of.len(), spaced(&dimension.name));
    }
    let words = values(dimension, values_of);
    list(&words, words.len())
}

/// "Everybody has an origin (local or far) and a category (men or women)."
pub(super) fn dimensions(model: &Model) -> Option<String> {
    let told: Vec<String> = model
        .groups
        .dimensions
        .iter()
        .map(|dimension| {
            let all: Vec<usize> = (0..dimension.values.len()).collect();
            format!("{} ({})", spaced(&dimension.name), any_of(&values(dimension, &all)))
        })
        .collect();
    (!told.is_empty()).then(|| format!("People are told apart by {}", list(&told, told.len())))
}

/// Who so many people are: "2,600 local men and 900 third country men"; `None` where they are not told apart.
pub(super) fn numbers(model: &Model, cells: &[(CellId, f64)]) -> Option<String> {
    let weights = by_group(model, cells);
    let told: Vec<(GroupId, f64)> =
        weights.iter().copied().enumerate().filter(|(_, number)| *number > 0.0).collect();
    if model.groups.count() < 2 || told.is_empty() {
        return None;
    }
    if told.len() == 1 {
        return Some(format!("all {}", of_group(model, told[0].0)));
    }
    if told.len() <= MOST_GROUPS {
        let words: Vec<String> = told
            .iter()
            .map(|(group, number)| format!("{} {}", thousands(*number), of_group(model, *group)))
            .collect();
        return Some(list(&words, words.len()));
    }
    let by: Vec<String> = (0..model.groups.dimensions.len())
        .filter_map(|dimension| of_dimension(model, &weights, dimension, thousands_of))
        .collect();
    Some(by.join("; "))
}

/// How people who come are spread over groups: whom all of them are, and the shares of the rest.
pub(super) fn spread(model: &Model, cells: &[(CellId, f64)]) -> (String, Option<String>) {
    let weights = by_group(model, cells);
    let whole: f64 = weights.iter().sum();
    let mut who = Who::everybody(model.groups.dimensions.len());
    let mut parts = Vec::new();
    for dimension in 0..model.groups.dimensions.len() {
        let of_values = marginal(model, &weights, dimension);
        let met: Vec<usize> = (0..of_values.len()).filter(|value| of_values[*value] > 0.0).collect();
        match met.as_slice() {
            [only] => who.allowed[dimension] = Some(vec![*only]),
            [] => {}
            _ => {
                let scaled: Vec<f64> = weights.iter().map(|weight| weight / whole).collect();
                parts.extend(of_dimension(model, &scaled, dimension, shares));
            }
        }
    }
    (people(model, &who), (!parts.is_empty()).then(|| parts.join("; ")))
}

fn thousands_of(parts: &[(f64, String)]) -> Vec<String> {
    parts.iter().map(|(value, what)| format!("{} {what}", thousands(*value))).collect()
}

/// How numbers of values are said.
type Weighed = fn(&[(f64, String)]) -> Vec<String>;

/// "9,000 local, 7,000 neighbour and 9,000 third country"; of many values from the least to the most.
fn of_dimension(model: &Model, weights: &[f64], dimension: usize, words: Weighed) -> Option<String> {
    let axis = &model.groups.dimensions[dimension];
    let of_values = marginal(model, weights, dimension);
    let mut met: Vec<(f64, String)> = of_values
        .iter()
        .enumerate()
        .filter(|(_, weight)| **weight > 0.0)
        .map(|(value, weight)| (*weight, value_word(axis, value)))
        .collect();
    if axis.values.len() < 2 || met.is_empty() {
        return None;
    }
    if met.len() == 1 {
        return Some(format!("all {}", met[0].1));
    }
    if met.len() <= MOST_NAMED {
        let words = words(&met);
        return Some(list(&words, words.len()));
    }
    met.sort_by(|one, other| one.0.total_cmp(&other.0));
    let ends = [&met[0], &met[met.len() - 1]].map(|(weight, name)| {
        let text = if met.iter().map(|(weight, _)| weight).sum::<f64>() > 1.0 + 1e-6 {
            thousands(*weight)
        } else {
            percent(*weight)
        };
        format!("{text} ({name})")
    });
    Some(format!("by {} from {} to {}", spaced(&axis.name), ends[0], ends[1]))
}

/// The people of one group, of whom every dimension with several values is known.
fn of_group(model: &Model, group: GroupId) -> String {
    let allowed = model.groups.values(group).into_iter().map(|value| Some(vec![value])).collect();
    people(model, &Who { allowed })
}

fn by_group(model: &Model, cells: &[(CellId, f64)]) -> Vec<f64> {
    let mut weights = vec![0.0; model.groups.count()];
    for (cell, weight) in cells {
        weights[model.group_of(*cell)] += weight;
    }
    weights
}

fn marginal(model: &Model, weights: &[f64], dimension: usize) -> Vec<f64> {
    let mut of_values = vec![0.0; model.groups.dimensions[dimension].values.len()];
    for (group, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        of_values[model.groups.values(group)[dimension]] += weight;
    }
    of_values
}

fn values(dimension: &Dimension, of: &[usize]) -> Vec<String> {
    of.iter().map(|value| value_word(dimension, *value)).collect()
}

fn kind(dimension: &Dimension) -> ValueKind {
    let all = 0..dimension.values.len();
    if all.clone().all(|value| are_people(&value_word(dimension, value))) {
        ValueKind::People
    } else if BEFORE.contains(&dimension.name.as_str()) {
        ValueKind::Before
    } else {
        ValueKind::Named
    }
}

/// Whether a word looks like a plural of people: "women", "adults".
fn are_people(word: &str) -> bool {
    let last = word.rsplit(' ').next().unwrap_or(word).to_lowercase();
    let plural = last.ends_with('s') && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    plural || ["men", "women", "children", "people"].contains(&last.as_str())
}

/// A number of people of some kind: "18 men", "1 person".
pub(super) fn so_many_of(number: &str, people: &str) -> String {
    if number == "1" && people == "people" { "1 person".into() } else { format!("{number} {people}") }
}
