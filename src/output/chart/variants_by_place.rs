//! How many people are in each place, in every variant: a panel for each place.

use super::about;
use super::compared::{self, Bands, ComparedVariants};
use super::format::{list, number};
use super::groups;
use super::headline;
use super::marks;
use super::palette;
use super::population::{self, MOST_PANELS};
use super::series;
use super::spec::{AxisUnit, EndLabel, KeyEntry, Panel, Spec};
use crate::ensemble::answer::{Answer, VariantAnswer};
use crate::ensemble::comparison::ALL_HELD;
use crate::ensemble::summary::{PeopleSeries, Where};
use crate::model::{Model, PlaceId};

/// The chart; `None` where there are no variants, or no place is recorded.
pub fn spec(answer: &Answer) -> Option<Spec> {
    let compared = ComparedVariants::of(answer)?;
    let model = compared.model();
    let (named, unnamed) = headline::named(&compared);

    let (shown, hidden) = choose(&compared);

    let drawn = shown.iter().map(Shown::name).chain([ALL_HELD]);
    let of_errors = |place: &str| {
        let points = people(compared.against, place).map_or(&[][..], |series| &series.points);
        Bands::over_time(points, []) == Bands::Errors
    };
    let bands = if drawn.into_iter().any(of_errors) { Bands::Errors } else { Bands::Replicates };
    let mut panels = Vec::new();
    for place in &shown {
        let mut panel = Panel::new(place.title(), AxisUnit::Whole, "people");
        fill(&mut panel, &compared, place.name(), (&named, &unnamed), bands);
        panel.marks = marks::at_place(place.model, place.id);
        panels.push(panel);
    }
    if panels.is_empty() {
        return None;
    }
    let held_places = shown.iter().filter(|place| place.is_held()).count();
    let held_by_anybody =
        people(compared.against, ALL_HELD).is_some_and(|series| population::most(series) > 0.0);
    if held_by_anybody && panels.len() < MOST_PANELS && held_places.max(model.held_places().count()) > 1 {
        let mut panel = Panel::new("Everybody held".to_string(), AxisUnit::Whole, "people");
        fill(&mut panel, &compared, ALL_HELD, (&named, &unnamed), bands);
        panel.marks = marks::at_held_places(model);
        panels.push(panel);
    }
    let mut notes = notes(&compared, &shown, &hidden, bands);
    if panels.len() > 1 {
        notes.push("Each panel has its own vertical scale.".to_string());
    }
    let title = format!("How many people are in each place: {}", compared.in_words());
    let spec = Spec::new("variants_by_place", title, &model.calendar)
        .subtitle(compared.subtitle(&format!("lines are means, {}", bands.words("bands", "them"))))
        .footer(about::footer(model, &compared.against.summary, notes, bands.spread()))
        .key(key(&compared, &named, &unnamed))
        .panels(panels);
    Some(spec)
}

/// The places that have a panel, in their order, and the names of those for which there is no room.
fn choose<'a>(compared: &ComparedVariants<'a>) -> (Vec<Shown<'a>>, Vec<String>) {
    // Those that are worth showing in any variant, the most populous first.
    let mut shown: Vec<(usize, Shown<'a>, f64)> = (places(compared).into_iter().enumerate())
        .filter_map(|(order, place)| {
            let mut worth_showing = false;
            let mut most: f64 = 0.0;
            let variants = compared.variants.iter().map(|variant| variant.answer);
            for any_variant in std::iter::once(compared.against).chain(variants) {
                let Some(series) = people(any_variant, place.name()) else { continue };
                worth_showing |= population::worth_showing(place.model, place.id, series);
                most = most.max(population::most(series));
            }
            // Where nobody ever is, there is nothing to compare.
            (worth_showing && most > 0.0).then_some((order, place, most))
        })
        .collect();
    shown.sort_by(|a, b| b.1.is_held().cmp(&a.1.is_held()).then(b.2.total_cmp(&a.2)));
    let hidden: Vec<String> = shown.iter().skip(MOST_PANELS).map(|(_, place, _)| place.title()).collect();
    shown.truncate(MOST_PANELS);
    shown.sort_by_key(|(order, ..)| *order);
    (shown.into_iter().map(|(_, place, _)| place).collect(), hidden)
}

fn notes(
    compared: &ComparedVariants<'_>,
    shown: &[Shown<'_>],
    hidden: &[String],
    bands: Bands,
) -> Vec<String> {
    let mut notes = Vec::new();
    if !compared.expected() {
        let against = compared::against_inside(compared.against);
        notes.push(match bands {
            Bands::Replicates => format!("The grey band holds 90 % of the replicates of {against}."),
            Bands::Errors => {
                format!("The grey band is ± 1.96 standard errors of the mean of {against}.")
            }
        });
    }
    let added = shown.iter().filter(|place| place.added);
    let added: Vec<String> = added.map(Shown::title).collect();
    if !added.is_empty() {
        notes.push(format!("Only in variants: {}.", list(&added, 8)));
    }
    if !hidden.is_empty() {
        notes.push(format!("Places that are not shown: {}.", list(hidden, 8)));
    }
    notes
}

/// Everybody at a place, or everybody who is held.
fn people<'a>(variant: &'a VariantAnswer, place: &str) -> Option<&'a PeopleSeries> {
    let model: &Model = &variant.model;
    let at = match place {
        ALL_HELD => Where::AllHeld,
        name => Where::Place(model.places.iter().position(|place| place.name == name)?),
    };
    let everybody = groups::everybody(model);
    variant.summary.people.iter().find(|series| series.place == at && series.groups == everybody)
}

/// A place, in a model that has it.
struct Shown<'a> {
    model: &'a Model,
    id: PlaceId,
    /// Whether the variant that the others are compared with has it not.
    added: bool,
}

impl<'a> Shown<'a> {
    fn name(&self) -> &'a str {
        &self.model.places[self.id].name
    }

    fn is_held(&self) -> bool {
        self.model.places[self.id].kind.is_held()
    }

    fn title(&self) -> String {
        population::name(self.model, self.id)
    }
}

/// The places of the variant that the others are compared with, then those that only others have.
fn places<'a>(compared: &ComparedVariants<'a>) -> Vec<Shown<'a>> {
    let of = |model: &'a Model, added| (0..model.places.len()).map(move |id| Shown { model, id, added });
    let mut all: Vec<Shown<'a>> = of(compared.model(), false).collect();
    for variant in &compared.variants {
        for place in of(&variant.answer.model, true) {
            if all.iter().all(|known| known.name() != place.name()) {
                all.push(place);
            }
        }
    }
    all
}

fn key(compared: &ComparedVariants<'_>, named: &[usize], unnamed: &[usize]) -> Vec<KeyEntry> {
    let mut key = vec![compared::against_entry(compared.against)];
    let entries = named.iter().enumerate();
    key.extend(entries.map(|(place, index)| compared::entry(compared.variants[*index].answer, place)));
    if !unnamed.is_empty() {
        let name = format!("{} others, which change less", unnamed.len());
        key.push(KeyEntry { name, colour: palette::OTHERS, dash: &[], thickness: 1.0 });
    }
    key
}

/// Puts the lines of every variant on the panel, with their last values.
fn fill(
    panel: &mut Panel,
    compared: &ComparedVariants<'_>,
    place: &str,
    (named, unnamed): (&[usize], &[usize]),
    bands: Bands,
) {
    let days = series::boundaries(&compared.model().calendar);
    for index in unnamed {
        if let Some(series) = people(compared.variants[*index].answer, place) {
            let means = compared::means(&series.points);
            let name = compared::name(compared.variants[*index].answer);
            panel.lines.push(series::curve(&days, &means, palette::OTHERS, &[], 1.0).of(name));
        }
    }
    if let Some(series) = people(compared.against, place) {
        let band = compared::against_band(&days, &series.points, bands);
        panel.areas = band.into_iter().map(|band| band.of(compared::name(compared.against))).collect();
    }
    let entries = named.iter().enumerate().map(|(look, index)| {
        let variant = compared.variants[*index].answer;
        (variant, compared::entry(variant, look))
    });
    let all: Vec<(&VariantAnswer, KeyEntry)> =
        std::iter::once((compared.against, compared::against_entry(compared.against)))
            .chain(entries)
            .collect();
    for (variant, entry) in all {
        let Some(series) = people(variant, place) else { continue };
        let means = compared::means(&series.points);
        let line = series::curve(&days, &means, entry.colour, entry.dash, entry.thickness);
        panel.lines.push(line.of(entry.name));
        let last = series::last(&means).unwrap_or(0.0);
        panel.labels.push(EndLabel::new(last, number(last), entry.colour));
    }
}
