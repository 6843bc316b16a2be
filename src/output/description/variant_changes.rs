//! The numbers that a variant changes.

use super::fields::{dated, effects};
use super::policies::{is_of, of_parameter};
use super::stays;
use super::telling::Telling;
use crate::model::{Layer, Window};

/// A sentence for each time at which a variant changes numbers.
pub(super) fn sentences(telling: &Telling<'_>, told: impl Fn(&Window) -> bool) -> Vec<String> {
    let model = telling.model;
    let mut all: Vec<(Window, Vec<String>)> = Vec::new();
    let mut add = |window: Window, effect: String| match all.iter_mut().find(|(known, _)| *known == window) {
        Some((_, effects)) => effects.push(effect),
        None => all.push((window, vec![effect])),
    };
    for change in &model.parameter_changes {
        if is_of_variant(&model.number(change.amount).address) {
            add(change.window, of_parameter(telling, change));
        }
    }
    for change in &model.changes {
        if let Layer::Variant { window } = change.layer {
            effects(telling, std::iter::once(change)).into_iter().for_each(|effect| add(window, effect));
        }
    }
    for stay in &model.stays {
        for change in stay.changes.iter().filter(|change| is_of(telling, change, VARIANTS)) {
            add(change.window, stays::change(telling, stay, change));
        }
    }
    let words = |(window, effects): (Window, Vec<String>)| {
        let words = dated(telling, &window, &effects);
        words.trim_start_matches([',', ':', ' ']).to_string()
    };
    all.into_iter().filter(|(window, _)| told(window)).map(words).collect()
}

/// How addresses of amounts begin that a variant writes.
const VARIANTS: &str = "variants.";

fn is_of_variant(address: &str) -> bool {
    address.starts_with(VARIANTS)
}
