//! What variants change over time: all worlds in one panel, and under it the difference of each from the one that they are
//! compared with.

use super::format::{list, number};
use super::marks;
use super::palette;
use super::series;
use super::spec::{EndLabel, Mark, Panel, Spec, Unit};
use super::theme::{self, Theme};
use super::variants_outcome;
use super::worlds::{self, Bands, Course, Worlds};
use crate::ensemble::answer::Answer;

/// As many variants share one panel of differences: the bands of more hide each other.
const MOST_TOGETHER: usize = 3;

/// More panels of differences than this do not fit on a sheet.
const MOST_PANELS: usize = 12;

/// Heights of plots: all worlds, all differences, the difference of one variant.
const LEVELS: f64 = 290.0;
const DIFFERENCES: f64 = 190.0;
const DIFFERENCE: f64 = 105.0;

/// The chart; `None` where there are no variants.
pub fn spec(answer: &Answer) -> Option<Spec> {
    let worlds = Worlds::of(answer)?;
    let Some(theme) = theme::choose(&worlds) else { return variants_outcome::spec(&worlds) };
    let levels_of = theme.variants.iter().flat_map(|(levels, _)| levels).chain(&theme.against);
    if levels_of.into_iter().all(|stat| stat.mean == 0.0) {
        return None;
    }
    let differences = theme.variants.iter().flat_map(|(_, points)| points.iter().flatten());
    let bands = Bands::over_time(&theme.against, differences);
    let size = |variant: usize| theme.size(variant);
    let (named, unnamed) = theme::named(&worlds);
    let mut panels = vec![levels(&worlds, &theme, bands, &named, &unnamed)];
    let mut notes = vec![format!(
        "The solid line is {}{}",
        worlds::against_inside(worlds.against),
        match bands {
            _ if worlds.expected() => ".",
            Bands::Histories => "; its grey band holds 90 % of its histories.",
            Bands::Errors => "; its grey band is where chance leaves its mean.",
        }
    )];
    if !unnamed.is_empty() {
        let names: Vec<String> =
            unnamed.iter().map(|index| worlds::name(worlds.variants[*index].world)).collect();
        notes.push(format!("In thin grey among all worlds: {}.", list(&names, 12)));
    }
    if worlds.variants.len() <= MOST_TOGETHER {
        panels.push(together(&worlds, &theme, bands));
    } else {
        let (shown, hidden) = worlds.largest(MOST_PANELS, size);
        panels.extend(one_by_one(&worlds, &theme, bands, &shown, &named));
        notes.push("All differences have the same scale; in grey those of the other variants.".to_string());
        if !hidden.is_empty() {
            let names: Vec<String> =
                hidden.iter().map(|index| worlds::name(worlds.variants[*index].world)).collect();
            notes.push(format!("Without a panel, because they change less: {}.", list(&names, 12)));
        }
    }
    let label = &theme.label;
    let title = format!("{label}: {}", worlds.in_words());
    let how = format!("lines are means, {}", bands.words("bands", "histories or differences"));
    let spec = Spec::new("variants", title, &worlds.model().calendar)
        .subtitle(worlds.subtitle(&how))
        .footer(worlds.footer(notes, bands.spread()))
        .panels(panels);
    Some(spec)
}

/// All worlds.
fn levels(worlds: &Worlds<'_>, theme: &Theme, bands: Bands, named: &[usize], unnamed: &[usize]) -> Panel {
    let mut panel = Panel::new("Every world".to_string(), theme.unit, &theme.unit_words);
    panel.wide = true;
    panel.height = Some(LEVELS);
    panel.areas = worlds::against_band(&theme.days, &theme.against, bands);
    for index in unnamed {
        let means = worlds::means(&theme.variants[*index].0);
        panel.lines.push(series::curve(&theme.days, &means, palette::OTHERS, &[], 1.0));
    }
    let means = worlds::means(&theme.against);
    let last = series::last(&means).unwrap_or(0.0);
    let label = EndLabel::new(last, number(last), palette::INK);
    panel.labels.push(label.named(worlds::name(worlds.against)));
    panel.lines.push(series::curve(&theme.days, &means, palette::INK, &[], worlds::AGAINST));
    for (place, index) in named.iter().enumerate() {
        let entry = worlds::entry(worlds.variants[*index].world, place);
        let means = worlds::means(&theme.variants[*index].0);
        let last = series::last(&means).unwrap_or(0.0);
        panel.lines.push(series::curve(&theme.days, &means, entry.colour, entry.dash, entry.thickness));
        panel.labels.push(EndLabel::new(last, number(last), entry.colour).named(entry.name));
    }
    panel.marks = theme.marks.clone();
    if worlds.variants.len() <= MOST_TOGETHER {
        panel.marks.extend(beginnings(worlds));
    }
    panel
}

/// The dates on which variants begin to differ.
fn beginnings(worlds: &Worlds<'_>) -> Vec<Mark> {
    let mut marks: Vec<(Mark, Vec<String>)> = Vec::new();
    for mark in worlds.variants.iter().flat_map(|variant| marks::of_variant(variant.world)) {
        match marks.iter_mut().find(|(known, _)| known.at == mark.at) {
            Some((_, names)) => names.push(mark.label),
            None => marks.push((mark.clone(), vec![mark.label])),
        }
    }
    marks.into_iter().map(|(mark, names)| Mark { label: names.join("; "), ..mark }).collect()
}

/// The differences of all variants.
fn together(worlds: &Worlds<'_>, theme: &Theme, bands: Bands) -> Panel {
    let mut panel = differences(theme, difference_title(worlds));
    panel.wide = true;
    panel.height = Some(DIFFERENCES);
    let mut lines = Vec::new();
    for (place, variant) in worlds.variants.iter().enumerate() {
        let course = course(theme, bands, place, place);
        panel.areas.extend(course.band());
        panel.lines.extend(course.edges());
        lines.push(course.line(worlds::VARIANT));
        panel.labels.extend(course.label(worlds::name(variant.world)));
    }
    panel.lines.extend(lines);
    panel.marks = theme.marks.clone();
    panel.marks.extend(beginnings(worlds));
    panel
}

/// The difference of each variant in a panel of its own, among those of the others, all on one scale.
fn one_by_one(
    worlds: &Worlds<'_>,
    theme: &Theme,
    bands: Bands,
    shown: &[usize],
    named: &[usize],
) -> Vec<Panel> {
    let mut panels: Vec<Panel> = Vec::with_capacity(shown.len());
    for index in shown {
        let variant = &worlds.variants[*index];
        let mut panel = differences(theme, worlds::name(variant.world));
        panel.height = Some(DIFFERENCE);
        for other in shown.iter().filter(|other| *other != index) {
            let course = Course { colour: palette::OTHERS, dash: &[], ..course(theme, bands, *other, 0) };
            panel.lines.push(course.line(0.9));
        }
        let mut own = course(theme, bands, *index, 0);
        (own.colour, own.dash) = worlds::look(named, *index);
        panel.areas.extend(own.band());
        panel.lines.push(own.line(worlds::VARIANT));
        panel.labels.extend(own.label(String::new()));
        panel.marks = marks::of_variant(variant.world);
        for mark in &mut panel.marks {
            mark.label = "changes".to_string();
        }
        panels.push(panel);
    }
    let lowest = panels.iter().map(Panel::lowest).fold(0.0, f64::min);
    let highest = panels.iter().map(Panel::highest).fold(0.0, f64::max);
    for panel in &mut panels {
        panel.reach = (lowest, highest);
    }
    panels
}

fn difference_title(worlds: &Worlds<'_>) -> String {
    format!("Difference from {}", worlds::against_inside(worlds.against))
}

fn differences(theme: &Theme, title: String) -> Panel {
    let mut panel = Panel::new(title, Unit::Real, &theme.unit_words);
    panel.signed = true;
    panel
}

/// The differences of the variant number `index`, drawn as that number `place`.
fn course(theme: &Theme, bands: Bands, index: usize, place: usize) -> Course<'_> {
    let (colour, dash) = palette::variant(place);
    Course { days: &theme.days, points: &theme.variants[index].1, colour, dash, bands }
}
