//! Who is held, by the values of a dimension: stacked means.

use super::about;
use super::format::amount;
use super::groups;
use super::marks;
use super::palette;
use super::series::{self, Centre};
use super::spec::{AxisUnit, EndLabel, KeyEntry, Panel, Spec};
use super::stack::{self, Share};
use super::text;
use crate::ensemble::summary::{Summary, Where};
use crate::model::Model;

/// An area that ends below this part of the highest value has no room for its name, and of how many that may be so.
const SMALL_END: f64 = 0.04;
const MOST_SMALL_ENDS: usize = 3;

/// One chart for each recorded dimension of two values or more.
pub fn specs(model: &Model, summary: &Summary) -> Vec<Spec> {
    let mut dimensions = groups::dimensions(model);
    dimensions.sort_unstable();
    dimensions.dedup();
    dimensions.into_iter().filter_map(|dimension| spec(model, summary, dimension)).collect()
}

fn spec(model: &Model, summary: &Summary, dimension: usize) -> Option<Spec> {
    let shares: Vec<Share> = (0..model.groups.dimensions[dimension].values.len())
        .filter_map(|value| {
            let wanted = groups::only(model, dimension, value);
            let found = summary.people.iter().find(|s| s.place == Where::AllHeld && s.groups == wanted)?;
            let values = series::centres(&found.points, Centre::Mean);
            Some(Share { name: groups::value_words(model, dimension, value), values })
        })
        .collect();
    if !shares.iter().any(|share| share.values.iter().any(|value| *value > 0.0)) {
        return None;
    }
    let all = shares.len();
    let shares = stack::largest(shares, palette::MOST_AREAS);
    let mut notes = Vec::new();
    if shares.len() < all {
        let kept = shares.len() - 1;
        notes.push(format!("The {kept} largest of {all} are shown; “others” are the rest together."));
    }

    let by = text::inside(&text::words(&model.groups.dimensions[dimension].name));
    let days = series::boundaries(&model.calendar);
    let mut panel = Panel::new(String::new(), AxisUnit::Whole, "people held");
    panel.areas = stack::areas(&days, &shares);
    for (middle, share, colour) in stack::ends(&shares).into_iter().rev() {
        let last = series::last(&share.values).unwrap_or(0.0);
        panel.labels.push(EndLabel::new(middle, amount(last.round()), colour).named(&share.name));
    }
    // Where most areas end at one point there is no room to name them there.
    let mut key = Vec::new();
    let highest = panel.highest();
    let last = |share: &&Share| series::last(&share.values).unwrap_or(0.0) < SMALL_END * highest;
    if shares.iter().filter(last).count() > MOST_SMALL_ENDS {
        key = panel.labels.drain(..).map(|label| KeyEntry::bar(label.name, label.colour)).collect();
        notes.push("The key names the areas from the top down.".to_string());
        let total: f64 = shares.iter().filter_map(|share| series::last(&share.values)).sum();
        panel.labels.push(EndLabel::new(total, amount(total.round()), palette::INK));
    }
    panel.marks = marks::at_held_places(model);
    let name = format!("composition_by_{}", groups::file_word(&model.groups.dimensions[dimension].name));
    let spec = Spec::new(name, format!("Who is held, by {by}"), &model.calendar)
        .subtitle(about::subtitle(model, summary, "each area is their mean"))
        .footer(about::footer(model, summary, notes, about::ShownSpread::Hidden))
        .key(key)
        .panels(vec![panel]);
    Some(spec)
}
