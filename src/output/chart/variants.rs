//! What variants change over time: all variants in one panel, and under it the difference of each from the one that they are
//! compared with.

use super::compared::{self, Bands, ComparedVariants, DifferenceCurve};
use super::format::{list, number};
use super::headline::{self, HeadlineSeries};
use super::marks;
use super::palette;
use super::series;
use super::spec::{AxisUnit, EndLabel, Mark, Panel, Spec};
use super::variants_outcome;
use crate::ensemble::answer::Answer;

/// As many variants share one panel of differences: the bands of more hide each other.
const MOST_TOGETHER: usize = 3;

/// More panels of differences than this do not fit on a sheet.
const MOST_PANELS: usize = 12;

/// Heights of plots: all variants, all differences, the difference of one variant.
const LEVELS: f64 = 290.0;
const DIFFERENCES: f64 = 190.0;
const DIFFERENCE: f64 = 105.0;

/// The chart; `None` where there are no variants.
pub fn spec(answer: &Answer) -> Option<Spec> {
    let compared = ComparedVariants::of(answer)?;
    let Some(headline) = headline::choose(&compared) else { return variants_outcome::spec(&compared) };
    let levels_of = headline.variants.iter().flat_map(|(levels, _)| levels).chain(&headline.against);
    if levels_of.into_iter().all(|stat| stat.mean == 0.0) {
        return None;
    }
    let differences = headline.variants.iter().flat_map(|(_, points)| points.iter().flatten());
    let bands = Bands::over_time(&headline.against, differences);
    let size = |variant: usize| headline.size(variant);
    let (named, unnamed) = headline::named(&compared);
    let mut panels = vec![levels(&compared, &headline, bands, &named, &unnamed)];
    let mut notes = vec![format!(
        "The solid line is {}{}",
        compared::against_inside(compared.against),
        match bands {
            _ if compared.expected() => ".",
            Bands::Replicates => "; its grey band holds 90 % of its replicates.",
            Bands::Errors => "; its grey band is where chance leaves its mean.",
        }
    )];
    if !unnamed.is_empty() {
        let names: Vec<String> =
            unnamed.iter().map(|index| compared::name(compared.variants[*index].answer)).collect();
        notes.push(format!("In thin grey among all variants: {}.", list(&names, 12)));
    }
    if compared.variants.len() <= MOST_TOGETHER {
        panels.push(together(&compared, &headline, bands));
    } else {
        let (shown, hidden) = compared.largest(MOST_PANELS, size);
        panels.extend(one_by_one(&compared, &headline, bands, &shown, &named));
        notes.push("All differences have the same scale; in grey those of the other variants.".to_string());
        if !hidden.is_empty() {
            let names: Vec<String> =
                hidden.iter().map(|index| compared::name(compared.variants[*index].answer)).collect();
            notes.push(format!("Without a panel, because they change less: {}.", list(&names, 12)));
        }
    }
    let label = &headline.label;
    let title = format!("{label}: {}", compared.in_words());
    let how = format!("lines are means, {}", bands.words("bands", "replicates or differences"));
    let spec = Spec::new("variants", title, &compared.model().calendar)
        .subtitle(compared.subtitle(&how))
        .footer(compared.footer(notes, bands.spread()))
        .panels(panels);
    Some(spec)
}

/// All variants.
fn levels(
    compared: &ComparedVariants<'_>,
    headline: &HeadlineSeries,
    bands: Bands,
    named: &[usize],
    unnamed: &[usize],
) -> Panel {
    let mut panel = Panel::new("Every variant".to_string(), headline.unit, &headline.unit_words);
    panel.wide = true;
    panel.height = Some(LEVELS);
    let band = compared::against_band(&headline.days, &headline.against, bands);
    panel.areas = band.into_iter().map(|band| band.of(compared::name(compared.against))).collect();
    for index in unnamed {
        let means = compared::means(&headline.variants[*index].0);
        let name = compared::name(compared.variants[*index].answer);
        panel.lines.push(series::curve(&headline.days, &means, palette::OTHERS, &[], 1.0).of(name));
    }
    let means = compared::means(&headline.against);
    let last = series::last(&means).unwrap_or(0.0);
    let label = EndLabel::new(last, number(last), palette::INK);
    let name = compared::name(compared.against);
    panel.labels.push(label.named(name.as_str()));
    panel.lines.push(series::curve(&headline.days, &means, palette::INK, &[], compared::AGAINST).of(name));
    for (place, index) in named.iter().enumerate() {
        let entry = compared::entry(compared.variants[*index].answer, place);
        let means = compared::means(&headline.variants[*index].0);
        let last = series::last(&means).unwrap_or(0.0);
        let line = series::curve(&headline.days, &means, entry.colour, entry.dash, entry.thickness);
        panel.lines.push(line.of(entry.name.as_str()));
        panel.labels.push(EndLabel::new(last, number(last), entry.colour).named(entry.name));
    }
    panel.marks = headline.marks.clone();
    if compared.variants.len() <= MOST_TOGETHER {
        panel.marks.extend(beginnings(compared));
    }
    panel
}

/// The dates on which variants begin to differ.
fn beginnings(compared: &ComparedVariants<'_>) -> Vec<Mark> {
    let mut marks: Vec<(Mark, Vec<String>)> = Vec::new();
    for mark in compared.variants.iter().flat_map(|variant| marks::of_variant(variant.answer)) {
        match marks.iter_mut().find(|(known, _)| known.at == mark.at) {
            Some((_, names)) => names.push(mark.label),
            None => marks.push((mark.clone(), vec![mark.label])),
        }
    }
    marks.into_iter().map(|(mark, names)| Mark { label: names.join("; "), ..mark }).collect()
}

/// The differences of all variants.
fn together(compared: &ComparedVariants<'_>, headline: &HeadlineSeries, bands: Bands) -> Panel {
    let mut panel = differences(headline, difference_title(compared));
    panel.wide = true;
    panel.height = Some(DIFFERENCES);
    let mut lines = Vec::new();
    for (place, variant) in compared.variants.iter().enumerate() {
        let course = course(headline, bands, place, place);
        let name = compared::name(variant.answer);
        panel.areas.extend(course.band().map(|band| band.of(name.as_str())));
        panel.lines.extend(course.edges());
        lines.push(course.line(compared::VARIANT).of(name.as_str()));
        panel.labels.extend(course.label(name));
    }
    panel.lines.extend(lines);
    panel.marks = headline.marks.clone();
    panel.marks.extend(beginnings(compared));
    panel
}

/// The difference of each variant in a panel of its own, among those of the others, all on one scale.
fn one_by_one(
    compared: &ComparedVariants<'_>,
    headline: &HeadlineSeries,
    bands: Bands,
    shown: &[usize],
    named: &[usize],
) -> Vec<Panel> {
    let mut panels: Vec<Panel> = Vec::with_capacity(shown.len());
    for index in shown {
        let variant = &compared.variants[*index];
        let mut panel = differences(headline, compared::name(variant.answer));
        panel.height = Some(DIFFERENCE);
        for other in shown.iter().filter(|other| *other != index) {
            let course =
                DifferenceCurve { colour: palette::OTHERS, dash: &[], ..course(headline, bands, *other, 0) };
            panel.lines.push(course.line(0.9));
        }
        let mut own = course(headline, bands, *index, 0);
        (own.colour, own.dash) = compared::look(named, *index);
        panel.areas.extend(own.band().map(|band| band.of("")));
        panel.lines.push(own.line(compared::VARIANT).of(""));
        panel.labels.extend(own.label(String::new()));
        panel.marks = marks::of_variant(variant.answer);
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

fn difference_title(compared: &ComparedVariants<'_>) -> String {
    format!("Difference from {}", compared::against_inside(compared.against))
}

fn differences(headline: &HeadlineSeries, title: String) -> Panel {
    let mut panel = Panel::new(title, AxisUnit::Real, &headline.unit_words);
    panel.signed = true;
    panel
}

/// The differences of the variant number `index`, drawn as that number `place`.
fn course(headline: &HeadlineSeries, bands: Bands, index: usize, place: usize) -> DifferenceCurve<'_> {
    let (colour, dash) = palette::variant(place);
    DifferenceCurve { days: &headline.days, points: &headline.variants[index].1, colour, dash, bands }
}
