//! What each part of a variant contributes to what it changes: a bar from zero for each, and all of them together.

use super::about::{self, ShownSpread};
use super::compared::{self, ComparedVariants, ERRORS};
use super::format::{known_change, number};
use super::groups;
use super::palette;
use super::spec::{Across, Area, AxisUnit, ChartLine, EndLabel, Panel, Spec, Whisker};
use super::text;
use crate::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use crate::ensemble::attribution::{Attribution, Contribution, Explained, ExplainedSubject, OrderCoverage};
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
    let Some(compared) = ComparedVariants::of(answer) else { return Vec::new() };
    let all = answer.attributions.iter().filter_map(|attribution| spec(&compared, attribution));
    let mut specs: Vec<Spec> = all.collect();
    // One is simply the attribution; several are told apart by the names of their variants.
    if let [only] = specs.as_mut_slice() {
        only.name = "attribution".to_string();
    }
    specs
}

fn spec(compared: &ComparedVariants<'_>, attribution: &Attribution) -> Option<Spec> {
    let reported = |explained: &&Explained| {
        explained.whole.mean.is_finite() && explained.parts.iter().any(|part| part.mean != 0.0)
    };
    let explained: Vec<&Explained> = attribution.explained.iter().filter(reported).collect();
    let variant = text::label(&attribution.label, &attribution.variant);
    let rows = attribution.parts.len().min(MOST_PARTS) + 1;
    let most = (MOST_ROWS / rows).clamp(1, MOST_PANELS);
    let shown = explained.iter().take(most);
    let panels: Vec<Panel> = shown.map(|number| panel(compared, attribution, number)).collect();
    if panels.is_empty() {
        return None;
    }
    let mut notes = vec![format!(
        "A part's contribution is what it adds on average over {} in which the parts could be put in place (its Shapley value): together they are the whole change.",
        match attribution.orders {
            OrderCoverage::All => "every order".to_string(),
            OrderCoverage::Sampled { orders } => format!("{orders} random orders of all those"),
        }
    )];
    if !compared.expected() {
        notes.push("Whiskers are 1.96 standard errors to both sides, and say how well chance lets the mean be known; replicates differ more.".to_string());
    }
    if explained.len() > most {
        let labels: Vec<String> =
            explained[most..].iter().map(|number| text::inside(&text::clean(&number.label))).collect();
        notes.push(format!("In attribution.csv: {}.", super::format::list(&labels, 8)));
    }
    let (model, summary) = (compared.model(), &compared.against.summary);
    let name = format!("attribution_{}", groups::file_word(&attribution.variant));
    let spec = Spec::new(name, format!("What each part of “{variant}” contributes"), &model.calendar)
        .subtitle(about::subtitle(model, summary, "bars are means"))
        .footer(about::footer(model, summary, notes, ShownSpread::Hidden))
        .panels(panels);
    Some(spec)
}

/// A row of the panel.
struct AttributionRow {
    name: String,
    contribution: Contribution,
}

fn panel(compared: &ComparedVariants<'_>, attribution: &Attribution, explained: &Explained) -> Panel {
    let (times, unit) = compared::way(&explained.unit);
    let mut rows = rows(attribution, explained);
    rows.push(AttributionRow { name: "All together".to_string(), contribution: explained.whole });
    let mut panel = Panel::new(text::clean(&explained.label), AxisUnit::Real, "").wide();
    panel.across = Across::Numbers { words: unit, signed: true };
    let baseline = compared.answer.variants.iter().find(|variant| variant.name == BASELINE);
    if let Some(start) = baseline.and_then(|variant| without(variant, explained)) {
        let level = |value: f64| match explained.unit {
            OutcomeUnit::Share | OutcomeUnit::Probability => format!("{} %", number(100.0 * value)),
            _ => number(value),
        };
        let end = start + explained.whole.mean;
        panel.unit_words = format!("{} in the baseline, {} with all parts", level(start), level(end));
    }
    for (index, row) in rows.iter().enumerate() {
        let (place, value) = (index as f64, times * row.contribution.mean);
        let colour = match value {
            _ if index + 1 == rows.len() => palette::GREY,
            less if less < 0.0 => palette::LESS,
            _ => palette::MORE,
        };
        panel.areas.push(Area::bar((value, 0.0), (place - BAR, place + BAR), colour));
        let error = row.contribution.mc_se.map(|error| ERRORS * times * error);
        let error = error.filter(|error| *error > 0.0 && error.is_finite());
        if let Some(error) = error {
            let (from, to) = ((value - error, place), (value + error, place));
            panel.whiskers.push(Whisker { from, to, colour: palette::INK });
        }
        let reported = known_change(value, error.unwrap_or(0.0));
        let note = error.map(|error| format!("± {}", rough(error))).unwrap_or_default();
        panel.row(row.name.clone(), EndLabel::new(place, reported, palette::INK).noted(note));
    }
    panel.lines.push(ChartLine::upright(0.0, rows.len()));
    panel
}

/// The parts, of which there are too many the smallest together.
fn rows(attribution: &Attribution, explained: &Explained) -> Vec<AttributionRow> {
    let parts = attribution.parts.iter().zip(&explained.parts);
    let mut rows: Vec<(usize, AttributionRow)> = parts
        .map(|(name, part)| AttributionRow { name: text::clean(name), contribution: *part })
        .enumerate()
        .collect();
    if rows.len() <= MOST_PARTS {
        return rows.into_iter().map(|(_, row)| row).collect();
    }
    rows.sort_by(|a, b| b.1.contribution.mean.abs().total_cmp(&a.1.contribution.mean.abs()));
    let rest = rows.split_off(MOST_PARTS - 1);
    rows.sort_by_key(|(index, _)| *index);
    let mean = rest.iter().map(|(_, row)| row.contribution.mean).sum();
    // The error of a sum is not that of its parts.
    let together = Contribution { mean, mc_se: None };
    let others = AttributionRow { name: format!("{} others", rest.len()), contribution: together };
    rows.into_iter().map(|(_, row)| row).chain([others]).collect()
}

/// The number in the variant without any of the parts; `None` where it is not over the same replicates, and of dates.
fn without(variant: &VariantAnswer, explained: &Explained) -> Option<f64> {
    let (model, summary) = (&variant.model, &variant.summary);
    let stat: Stat = match &explained.what {
        _ if explained.unit == OutcomeUnit::Date => return None,
        ExplainedSubject::Outcome(name) => {
            let index = model.outcomes.iter().position(|outcome| outcome.name == *name)?;
            summary.outcomes.get(index)?.stat?
        }
        ExplainedSubject::HeldAtEnd => {
            let everybody = groups::everybody(model);
            let held = |it: &&crate::ensemble::summary::PeopleSeries| {
                it.place == Where::AllHeld && it.groups == everybody
            };
            *summary.people.iter().find(held)?.points.last()?
        }
    };
    let same = stat.spread.is_none_or(|spread| spread.replicates == explained.replicates);
    (same && stat.mean.is_finite()).then_some(stat.mean)
}
