//! How many people are in each place, in every world: a panel for each place.

use super::about;
use super::format::{list, number};
use super::groups;
use super::marks;
use super::palette;
use super::population::{self, MOST_PANELS};
use super::series;
use super::spec::{EndLabel, KeyEntry, Panel, Spec, Unit};
use super::theme;
use super::worlds::{self, Bands, Worlds};
use crate::ensemble::answer::{Answer, World};
use crate::ensemble::comparison::ALL_HELD;
use crate::ensemble::summary::{PeopleSeries, Where};
use crate::model::{Model, PlaceId};

/// The chart; `None` where there are no variants, or no place is recorded.
pub fn spec(answer: &Answer) -> Option<Spec> {
    let worlds = Worlds::of(answer)?;
    let model = worlds.model();
    let (named, unnamed) = theme::named(&worlds);

    let (shown, hidden) = choose(&worlds);

    let drawn = shown.iter().map(Shown::name).chain([ALL_HELD]);
    let of_errors = |place: &str| {
        let points = people(worlds.against, place).map_or(&[][..], |series| &series.points);
        Bands::over_time(points, []) == Bands::Errors
    };
    let bands = if drawn.into_iter().any(of_errors) { Bands::Errors } else { Bands::Histories };
    let mut panels = Vec::new();
    for place in &shown {
        let mut panel = Panel::new(place.title(), Unit::Whole, "people");
        fill(&mut panel, &worlds, place.name(), (&named, &unnamed), bands);
        panel.marks = marks::at_place(place.model, place.id);
        panels.push(panel);
    }
    if panels.is_empty() {
        return None;
    }
    let held_places = shown.iter().filter(|place| place.is_held()).count();
    let held_by_anybody =
        people(worlds.against, ALL_HELD).is_some_and(|series| population::most(series) > 0.0);
    if held_by_anybody && panels.len() < MOST_PANELS && held_places.max(model.held_places().count()) > 1 {
        let mut panel = Panel::new("Everybody held".to_string(), Unit::Whole, "people");
        fill(&mut panel, &worlds, ALL_HELD, (&named, &unnamed), bands);
        panel.marks = marks::at_held_places(model);
        panels.push(panel);
    }
    let mut notes = notes(&worlds, &shown, &hidden, bands);
    if panels.len() > 1 {
        notes.push("Each panel has its own vertical scale.".to_string());
    }
    let title = format!("How many people are in each place: {}", worlds.in_words());
    let spec = Spec::new("variants_by_place", title, &model.calendar)
        .subtitle(worlds.subtitle(&format!("lines are means, {}", bands.words("bands", "them"))))
        .footer(about::footer(model, &worlds.against.summary, notes, bands.spread()))
        .key(key(&worlds, &named, &unnamed))
        .panels(panels);
    Some(spec)
}

/// The places that have a panel, in their order, and the names of those for which there is no room.
fn choose<'a>(worlds: &Worlds<'a>) -> (Vec<Shown<'a>>, Vec<String>) {
    // Those that are worth showing in any world, the most populous first.
    let mut shown: Vec<(usize, Shown<'a>, f64)> = (places(worlds).into_iter().enumerate())
        .filter_map(|(order, place)| {
            let mut worth_showing = false;
            let mut most: f64 = 0.0;
            let variants = worlds.variants.iter().map(|variant| variant.world);
            for world in std::iter::once(worlds.against).chain(variants) {
                let Some(series) = people(world, place.name()) else { continue };
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

fn notes(worlds: &Worlds<'_>, shown: &[Shown<'_>], hidden: &[String], bands: Bands) -> Vec<String> {
    let mut notes = Vec::new();
    if !worlds.expected() {
        let against = worlds::against_inside(worlds.against);
        notes.push(match bands {
            Bands::Histories => format!("The grey band holds 90 % of the histories of {against}."),
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
fn people<'a>(world: &'a World, place: &str) -> Option<&'a PeopleSeries> {
    let model: &Model = &world.model;
    let at = match place {
        ALL_HELD => Where::AllHeld,
        name => Where::Place(model.places.iter().position(|place| place.name == name)?),
    };
    let everybody = groups::everybody(model);
    world.summary.people.iter().find(|series| series.place == at && series.groups == everybody)
}

/// A place, in a model that has it.
struct Shown<'a> {
    model: &'a Model,
    id: PlaceId,
    /// Whether the world that the others are compared with has it not.
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

/// The places of the world that the others are compared with, then those that only others have.
fn places<'a>(worlds: &Worlds<'a>) -> Vec<Shown<'a>> {
    let of = |model: &'a Model, added| (0..model.places.len()).map(move |id| Shown { model, id, added });
    let mut all: Vec<Shown<'a>> = of(worlds.model(), false).collect();
    for variant in &worlds.variants {
        for place in of(&variant.world.model, true) {
            if all.iter().all(|known| known.name() != place.name()) {
                all.push(place);
            }
        }
    }
    all
}

fn key(worlds: &Worlds<'_>, named: &[usize], unnamed: &[usize]) -> Vec<KeyEntry> {
    let mut key = vec![worlds::against_entry(worlds.against)];
    let entries = named.iter().enumerate();
    key.extend(entries.map(|(place, index)| worlds::entry(worlds.variants[*index].world, place)));
    if !unnamed.is_empty() {
        let name = format!("{} others, which change less", unnamed.len());
        key.push(KeyEntry { name, colour: palette::OTHERS, dash: &[], thickness: 1.0 });
    }
    key
}

/// Puts the lines of every world on the panel, with their last values.
fn fill(
    panel: &mut Panel,
    worlds: &Worlds<'_>,
    place: &str,
    (named, unnamed): (&[usize], &[usize]),
    bands: Bands,
) {
    let days = series::boundaries(&worlds.model().calendar);
    for index in unnamed {
        if let Some(series) = people(worlds.variants[*index].world, place) {
            let means = worlds::means(&series.points);
            panel.lines.push(series::curve(&days, &means, palette::OTHERS, &[], 1.0));
        }
    }
    if let Some(series) = people(worlds.against, place) {
        panel.areas = worlds::against_band(&days, &series.points, bands);
    }
    let entries = named.iter().enumerate().map(|(look, index)| {
        let world = worlds.variants[*index].world;
        (world, worlds::entry(world, look))
    });
    let all: Vec<(&World, KeyEntry)> =
        std::iter::once((worlds.against, worlds::against_entry(worlds.against))).chain(entries).collect();
    for (world, entry) in all {
        let Some(series) = people(world, place) else { continue };
        let means = worlds::means(&series.points);
        panel.lines.push(series::curve(&days, &means, entry.colour, entry.dash, entry.thickness));
        let last = series::last(&means).unwrap_or(0.0);
        panel.labels.push(EndLabel::new(last, number(last), entry.colour));
    }
}
