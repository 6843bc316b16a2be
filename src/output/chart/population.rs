//! How many people are in each place: a panel for each.

use super::about;
use super::capacity;
use super::format::{amount, list};
use super::groups;
use super::marks;
use super::palette;
use super::series::{self, Centre};
use super::spec::{AxisUnit, Dot, DotShape, EndLabel, LevelLine, Panel, Spec};
use super::text;
use super::time_axis::{boundary, days};
use crate::ensemble::summary::{PeopleSeries, Stat, Summary, Where};
use crate::model::{Model, PlaceId, PlaceKind};

/// More panels than this do not fit on a sheet that is read at half a page.
pub const MOST_PANELS: usize = 6;

/// A capacity so far above everybody is not drawn: it would press the numbers flat.
const FAR: f64 = 2.5;

/// The chart; `None` where no place is recorded.
pub fn spec(model: &Model, summary: &Summary) -> Option<Spec> {
    let chosen = choose(model, summary);
    let shown = chosen.shown.iter();
    let mut panels: Vec<Panel> = shown.map(|(place, series)| place_panel(model, *place, series)).collect();
    let everybody = groups::everybody(model);
    let all_held =
        summary.people.iter().find(|series| series.place == Where::AllHeld && series.groups == everybody);
    let worth_adding = panels.len() < MOST_PANELS && model.held_places().count() > 1;
    let anybody = |series: &&PeopleSeries| (worth_adding || panels.is_empty()) && highest(series) > 0.0;
    if let Some(series) = all_held.filter(anybody) {
        let mut panel = Panel::new("Everybody held".to_string(), AxisUnit::Whole, "people");
        fill(model, &mut panel, series);
        observed(model, &mut panel, None);
        panel.marks = marks::at_held_places(model);
        panels.push(panel);
    }
    if panels.is_empty() {
        return None;
    }
    let notes = notes(model, &chosen, &panels);
    let spec = Spec::new("population_by_place", "How many people are in each place", &model.calendar)
        .subtitle(about::subtitle(model, summary, &Centre::Median.words(false)))
        .footer(about::footer(model, summary, notes, about::ShownSpread::Bands))
        .panels(panels);
    Some(spec)
}

/// Which places have a panel, and which do not.
struct Chosen<'a> {
    /// In the order of the file.
    shown: Vec<(PlaceId, &'a PeopleSeries)>,
    /// Where hardly ever anybody is.
    empty: Vec<String>,
    /// For which there is no room.
    hidden: Vec<String>,
    /// How many have a panel or would have one.
    total: usize,
}

fn choose<'a>(model: &Model, summary: &'a Summary) -> Chosen<'a> {
    let everybody = groups::everybody(model);
    let mut shown: Vec<(PlaceId, &'a PeopleSeries)> = summary
        .people
        .iter()
        .filter(|series| series.groups == everybody)
        .filter_map(|series| match series.place {
            Where::Place(place) if worth_showing(model, place, series) => Some((place, series)),
            _ => None,
        })
        .collect();
    // The largest, held places before others, then again in the order of the file.
    shown.sort_by(|a, b| {
        let free = |place: PlaceId| !model.places[place].kind.is_held();
        free(a.0).cmp(&free(b.0)).then(most(b.1).total_cmp(&most(a.1)))
    });
    // A line at nothing is no picture: hardly any replicate has anybody there.
    let (empty, some): (Vec<_>, Vec<_>) =
        shown.into_iter().partition(|(place, series)| is_empty(model, *place, series));
    let empty = empty.iter().map(|(place, _)| text::inside(&name(model, *place))).collect();
    shown = some;
    let hidden = shown.iter().skip(MOST_PANELS).map(|(place, _)| name(model, *place)).collect();
    let total = shown.len();
    shown.truncate(MOST_PANELS);
    shown.sort_by_key(|(place, _)| *place);
    Chosen { shown, empty, hidden, total }
}

fn notes(model: &Model, chosen: &Chosen<'_>, panels: &[Panel]) -> Vec<String> {
    let mut notes = Vec::new();
    if !chosen.empty.is_empty() {
        notes.push(format!(
            "Nobody in nine of ten replicates or more, and not shown: {}.",
            list(&chosen.empty, 8)
        ));
    }
    if !chosen.hidden.is_empty() {
        notes.push(format!(
            "The {MOST_PANELS} largest of {} places, held places first; not shown: {}.",
            chosen.total,
            list(&chosen.hidden, 8)
        ));
    }
    if panels.len() > 1 {
        notes.push("Each panel has its own vertical scale.".to_string());
    }
    if panels.iter().any(|panel| !panel.dots.is_empty()) {
        let source = model.observed.as_ref().and_then(|observed| observed.source.as_deref());
        let source = source.map(|source| format!(": {}", text::clean(source))).unwrap_or_default();
        notes.push(format!("Rings are observed values{source}."));
    }
    notes
}

/// Puts what was observed of everybody at a place, or at all that hold people, on its panel.
fn observed(model: &Model, panel: &mut Panel, place: Option<PlaceId>) {
    let observed = model.observed.iter().flat_map(|observed| &observed.points);
    let here = observed.filter(|point| point.place == place && point.groups.iter().all(Option::is_none));
    panel.dots = here
        .map(|point| {
            let at = (days(&model.calendar, point.date).max(0.0), point.value);
            Dot::new(at, DotShape::Ring, palette::INK)
        })
        .collect();
}

/// Whether a place has a panel: held places always; at large and in communities where there is ever anybody.
pub fn worth_showing(model: &Model, place: PlaceId, series: &PeopleSeries) -> bool {
    let kind = model.places[place].kind;
    kind.is_held() || (kind != PlaceKind::End && most(series) >= 0.5)
}

/// Whether a panel of a place would be empty: nobody there, or in so few replicates that neither line nor band shows it, and
/// nobody was observed.
fn is_empty(model: &Model, place: PlaceId, series: &PeopleSeries) -> bool {
    let observed = model.observed.iter().flat_map(|observed| &observed.points);
    highest(series) <= 0.0 && !observed.into_iter().any(|point| point.place == Some(place))
}

/// The highest end of what is drawn of a series.
fn highest(series: &PeopleSeries) -> f64 {
    let end = |stat: &Stat| series::range_90(stat).map_or(stat.mean, |(_, high)| high);
    series.points.iter().map(end).fold(0.0, f64::max)
}

/// The most people on average.
pub fn most(series: &PeopleSeries) -> f64 {
    series.points.iter().map(|stat| stat.mean).fold(0.0, f64::max)
}

/// A place's name for people.
pub fn name(model: &Model, place: PlaceId) -> String {
    text::label(&model.places[place].label, &model.places[place].name)
}

fn place_panel(model: &Model, place: PlaceId, series: &PeopleSeries) -> Panel {
    let mut panel = Panel::new(name(model, place), AxisUnit::Whole, "people");
    fill(model, &mut panel, series);
    observed(model, &mut panel, Some(place));
    panel.marks = marks::at_place(model, place);
    if let Some(steps) = capacity::by_step(model, place)
        && let (Some(first), Some(last)) = (steps.first().copied(), steps.last().copied())
        && steps.iter().all(|value| value.is_finite())
    {
        let numbers =
            if first == last { amount(last) } else { format!("{}, later {}", amount(first), amount(last)) };
        let highest = panel.highest();
        if steps.iter().copied().fold(0.0, f64::max) > FAR * highest && highest > 0.0 {
            panel.unit_words = format!("people; capacity {numbers}, far above");
        } else {
            let run = in_steps(model, &steps);
            let labels = level_labels(&run);
            panel.level = Some(LevelLine { run, labels });
        }
    }
    panel
}

/// The first value of a level in words and, where it is another, the last one.
fn level_labels(run: &[(f64, f64)]) -> Vec<(f64, f64, String)> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Vec::new() };
    let until = run.iter().take_while(|point| point.1 == first.1).last().unwrap_or(first);
    let mut labels = vec![(first.0, until.0, format!("Capacity {}", amount(first.1)))];
    if until.0 < last.0 {
        let since = run.iter().rev().take_while(|point| point.1 == last.1).last().unwrap_or(last);
        labels.push((since.0, last.0, amount(last.1)));
    }
    labels
}

/// A value for each step as a line with stairs.
fn in_steps(model: &Model, steps: &[f64]) -> Vec<(f64, f64)> {
    let mut run: Vec<(f64, f64)> = Vec::new();
    for (step, value) in (0..).zip(steps) {
        if run.last().is_none_or(|(_, before)| before != value) {
            let at = boundary(&model.calendar, step);
            run.extend(run.last().map(|(_, before)| (at, *before)));
            run.push((at, *value));
        }
    }
    let end = boundary(&model.calendar, model.calendar.steps());
    run.extend(run.last().map(|(_, before)| (end, *before)));
    run
}

/// Puts line, bands and end label of `series` on the panel.
fn fill(model: &Model, panel: &mut Panel, series: &PeopleSeries) {
    let days = series::boundaries(&model.calendar);
    panel.areas = series::bands(&days, &series.points, palette::MAIN, Centre::Median);
    panel.lines.push(series::main_line(&days, &series.points, Centre::Median));
    panel.labels.extend(series.points.last().map(|stat| end_label(stat, Centre::Median)));
}

/// The last value and, where there is one, the range of 90 % of the replicates.
pub fn end_label(stat: &Stat, centre: Centre) -> EndLabel {
    let value = centre.of(stat);
    let at = if value.is_finite() { value } else { 0.0 };
    EndLabel::new(at, amount(value), palette::MAIN).noted(series::range_words(stat, centre))
}
