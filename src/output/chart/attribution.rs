//! What each part of a variant contributes to what it changes: from the world without any of them to that with all.

use super::about::{self, Spread};
use super::format::{change, known_change, number};
use super::groups;
use super::palette;
use super::spec::{Across, Area, Dot, DotShape, EndLabel, Line, Panel, Spec, Unit, Whisker};
use super::text;
use super::worlds::{self, ERRORS, Worlds};
use crate::ensemble::answer::{Answer, BASELINE, World};
use crate::ensemble::attribution::{Attribution, Contribution, Explained, Orders, Subject};
use crate::ensemble::summary::{Stat, Where};
use crate::model::OutcomeUnit;
use crate::output::sentences::words::rough;

/// More parts than this are drawn as one.
const MOST_PARTS: usize = 10;

/// More numbers than this, and more than one that need more rows than this, are left to the table.
const MOST_PANELS: usize = 4;
const MOST_ROWS: usize = 20;

/// Half the height of a bar in rows.
const BAR: f64 = 0.28;

/// One chart for each variant that was taken apart.
pub fn specs(answer: &Answer) -> Vec<Spec> {
    let Some(worlds) = Worlds::of(answer) else { return Vec::new() };
    let all = answer.attributions.iter().filter_map(|attribution| spec(&worlds, attribution));
    let mut specs: Vec<Spec> = all.collect();
    // One is simply the attribution; several are told apart by the names of their variants.
    if let [only] = specs.as_mut_slice() {
        only.name = "attribution".to_string();
    }
    specs
}

fn spec(worlds: &Worlds<'_>, attribution: &Attribution) -> Option<Spec> {
    let told = |explained: &&Explained| {
        explained.whole.mean.is_finite() && explained.parts.iter().any(|part| part.mean != 0.0)
    };
    let explained: Vec<&Explained> = attribution.explained.iter().filter(told).collect();
    let variant = text::label(&attribution.label, &attribution.variant);
    let mut alt = format!("What each part of “{variant}” contributes.");
    let mut panels = Vec::new();
    let rows = attribution.parts.len().min(MOST_PARTS) + 2;
    let most = (MOST_ROWS / rows).clamp(1, MOST_PANELS);
    for number in explained.iter().take(most) {
        let (panel, words) = panel(worlds, attribution, number, &variant);
        alt.push_str(&words);
        panels.push(panel);
    }
    if panels.is_empty() {
        return None;
    }
    let mut notes = vec![format!(
        "A part's contribution is what it adds on average over {} in which the parts could be put in place (its Shapley value): together they are the whole change.",
        match attribution.orders {
            Orders::All => "every order".to_string(),
            Orders::Sampled { orders } => format!("{orders} random orders of all those"),
        }
    )];
    if !worlds.expected() {
        notes.push("Whiskers are 1.96 standard errors to both sides, and say how well chance lets the mean be known; histories differ more.".to_string());
    }
    notes.push("Horizontal axes need not start at zero.".to_string());
    if explained.len() > most {
        let labels: Vec<String> =
            explained[most..].iter().map(|number| text::inside(&text::clean(&number.label))).collect();
        notes.push(format!("In attribution.csv: {}.", super::format::list(&labels, 8)));
    }
    Some(Spec {
        name: format!("attribution_{}", groups::file_word(&attribution.variant)),
        title: format!("What each part of “{variant}” contributes"),
        subtitle: about::subtitle(worlds.model(), &worlds.against.summary, "bars are means over them"),
        footer: about::footer(worlds.model(), &worlds.against.summary, notes, Spread::Hidden),
        alt,
        calendar: worlds.model().calendar.clone(),
        key: Vec::new(),
        panels,
    })
}

/// A row of the panel.
struct Row {
    name: String,
    contribution: Contribution,
}

fn panel(
    worlds: &Worlds<'_>,
    attribution: &Attribution,
    explained: &Explained,
    variant: &str,
) -> (Panel, String) {
    let (times, mut unit) = worlds::way(&explained.unit);
    let rows = rows(attribution, explained);
    let baseline = worlds.answer.worlds.iter().find(|world| world.name == BASELINE);
    let start = baseline.and_then(|world| without(world, explained)).map(|start| times * start);
    if start.is_some() && matches!(explained.unit, OutcomeUnit::Share | OutcomeUnit::Probability) {
        unit = "%, parts in percentage points".to_string();
    }
    let across = Across::Numbers { words: unit.clone(), signed: start.is_none() };
    let title = text::clean(&explained.label);
    let mut panel = Panel::new(title, Unit::Real, "");
    panel.wide = true;
    panel.across = across;
    let from = start.unwrap_or(0.0);
    let level = |value: f64| if start.is_some() { number(value) } else { change(value) };
    let largest = explained.parts.iter().map(|part| (times * part.mean).abs()).fold(from.abs(), f64::max);
    // What adds up to nothing is 0 to the last bit.
    let exact = |value: f64| if value.abs() < 1e-9 * largest { 0.0 } else { value };
    // Where a number can be. Its whiskers do not lead further.
    let possible = match explained.unit {
        _ if start.is_none() => (f64::NEG_INFINITY, f64::INFINITY),
        OutcomeUnit::Share | OutcomeUnit::Probability => (0.0, 100.0),
        _ => (0.0, f64::INFINITY),
    };
    let mut words = format!(" {}, {unit}:", panel.title);

    let square = |row: usize, value: f64| Dot {
        at: (value, row as f64),
        shape: DotShape::Square,
        colour: palette::INK,
        name: String::new(),
    };
    let label = |row: usize, value: String, note: String, colour| EndLabel {
        at: row as f64,
        name: String::new(),
        value,
        note,
        colour,
    };
    panel.rows.push(if start.is_some() { "Baseline" } else { "No change" }.to_string());
    panel.dots.push(square(0, from));
    panel.labels.push(label(0, level(from), String::new(), palette::INK));
    words.push_str(&format!(" {} {};", text::inside(&panel.rows[0]), level(from)));

    let mut at = from;
    for (index, row) in rows.iter().enumerate() {
        let (place, next) = (index as f64 + 1.0, exact(at + times * row.contribution.mean));
        let colour = if next < at { palette::LESS } else { palette::MORE };
        panel.areas.push(Area {
            runs: vec![[at.min(next), at.max(next)].map(|x| (x, place - BAR, place + BAR)).to_vec()],
            colour,
            opacity: 1.0,
            edge: false,
        });
        panel.lines.push(step_down(at, place - 1.0));
        let error = row.contribution.mc_se.map(|error| ERRORS * times * error);
        let error = error.filter(|error| *error > 0.0 && error.is_finite());
        if let Some(error) = error {
            panel.whiskers.push(Whisker {
                from: ((next - error).max(possible.0), place),
                to: ((next + error).min(possible.1), place),
                colour: palette::INK,
            });
        }
        let value = known_change(times * row.contribution.mean, error.unwrap_or(0.0));
        let note = error.map(|error| format!("± {}", rough(error))).unwrap_or_default();
        words.push_str(&format!(" {} {value};", row.name));
        panel.rows.push(row.name.clone());
        panel.labels.push(label(index + 1, value, note, palette::INK));
        at = next;
    }
    let last = rows.len() + 1;
    panel.lines.push(step_down(at, last as f64 - 1.0));
    panel.dots.push(square(last, at));
    panel.labels.push(label(last, level(at), String::new(), palette::INK));
    panel.rows.push(variant.to_string());
    words.push_str(&format!(" with all parts {}.", level(at)));
    (panel, words)
}

/// From a row to the next one at `x`.
fn step_down(x: f64, row: f64) -> Line {
    Line { runs: vec![vec![(x, row), (x, row + 1.0)]], colour: palette::GREY, dash: &[], thickness: 0.9 }
}

/// The parts, of which there are too many the smallest together.
fn rows(attribution: &Attribution, explained: &Explained) -> Vec<Row> {
    let parts = attribution.parts.iter().zip(&explained.parts);
    let mut rows: Vec<(usize, Row)> =
        parts.map(|(name, part)| Row { name: text::clean(name), contribution: *part }).enumerate().collect();
    if rows.len() <= MOST_PARTS {
        return rows.into_iter().map(|(_, row)| row).collect();
    }
    rows.sort_by(|a, b| b.1.contribution.mean.abs().total_cmp(&a.1.contribution.mean.abs()));
    let rest = rows.split_off(MOST_PARTS - 1);
    rows.sort_by_key(|(index, _)| *index);
    let mean = rest.iter().map(|(_, row)| row.contribution.mean).sum();
    // The error of a sum is not that of its parts.
    let together = Contribution { mean, mc_se: None };
    let others = Row { name: format!("{} others", rest.len()), contribution: together };
    rows.into_iter().map(|(_, row)| row).chain([others]).collect()
}

/// The number in the world without any of the parts; `None` where it is not over the same histories, and of dates.
fn without(world: &World, explained: &Explained) -> Option<f64> {
    let (model, summary) = (&world.model, &world.summary);
    let stat: Stat = match &explained.what {
        _ if explained.unit == OutcomeUnit::Date => return None,
        Subject::Outcome(name) => {
            let index = model.outcomes.iter().position(|outcome| outcome.name == *name)?;
            summary.outcomes.get(index)?.stat?
        }
        Subject::HeldAtEnd => {
            let everybody = groups::everybody(model);
            let held = |it: &&crate::ensemble::summary::PeopleSeries| {
                it.place == Where::AllHeld && it.groups == everybody
            };
            *summary.people.iter().find(held)?.points.last()?
        }
    };
    let same = stat.spread.is_none_or(|spread| spread.histories == explained.histories);
    (same && stat.mean.is_finite()).then_some(stat.mean)
}
