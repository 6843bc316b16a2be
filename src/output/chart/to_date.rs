//! How many people have left by what counts as one thing, since the start.

use super::about;
use super::fan::{self, Ray};
use super::groups;
use super::marks;
use super::mechanisms;
use super::series::{self, Centre};
use super::spec::{Panel, Spec, Unit};
use super::text;
use crate::ensemble::summary::{GroupFilter, Stat, Summary};
use crate::model::Model;

/// One chart for each word that the scenario counts by.
pub fn specs(model: &Model, summary: &Summary) -> Vec<Spec> {
    groups::counted_words(model).into_iter().filter_map(|word| spec(model, summary, word)).collect()
}

fn spec(model: &Model, summary: &Summary, word: &str) -> Option<Spec> {
    let counted = mechanisms::that_count_as(model, word);
    let sum = |filter: &GroupFilter| {
        let points = match summary.total_of(word, filter) {
            Some(total) => total.to_date.clone(),
            None => mechanisms::together(summary, &counted, filter, |flow| &flow.to_date)?,
        };
        // Nobody has left at the start.
        let nobody = points.first().map(|first| Stat {
            mean: 0.0,
            spread: first.spread.map(|mut spread| {
                spread.quantiles = [0.0; 5];
                spread
            }),
        });
        Some(nobody.into_iter().chain(points).collect::<Vec<_>>())
    };
    let total = Ray { name: "Total".to_string(), points: sum(&groups::everybody(model))?, value: 0 };
    let spread = total.points.iter().all(|stat| stat.spread.is_some());
    let centre = if spread { Centre::for_all([total.points.as_slice()]) } else { Centre::Mean };
    if !total.is_ever() {
        return None;
    }

    let things = groups::plural(word);
    let mut notes = Vec::new();
    let chosen = by_dimension(model, |dimension, value| {
        let points = sum(&groups::only(model, dimension, value))?;
        Some(Ray { name: groups::value_words(model, dimension, value), points, value })
    });
    let (by, rays) = match chosen {
        Chosen::Dimension(dimension, rays) => {
            let name = text::inside(&text::words(&model.groups.dimensions[dimension].name));
            (format!(", by {name}"), rays)
        }
        Chosen::OneValue(name) => {
            notes.push(format!("All of them: {}.", text::inside(&name)));
            (String::new(), Vec::new())
        }
        Chosen::Nothing => (String::new(), Vec::new()),
    };

    let mut panel =
        Panel::new(String::new(), Unit::Whole, &format!("{} since the start", text::inside(&things)));
    notes.extend(fan::fill(&mut panel, &series::boundaries(&model.calendar), &total, &rays, centre));
    panel.marks = marks::of_mechanisms(model, &counted);
    let how = if spread {
        centre.words(!rays.is_empty())
    } else {
        "lines are means; no bands, because several mechanisms add up".to_string()
    };
    let title = format!("{things} to date{by}");
    let shown = if spread { centre.spread() } else { about::Spread::Hidden };
    let spec = Spec::new(format!("{}_to_date", groups::file_word(word)), title, &model.calendar)
        .subtitle(about::subtitle(model, summary, &how))
        .footer(about::footer(model, summary, notes, shown))
        .panels(vec![panel]);
    Some(spec)
}

/// Which dimension a fan goes by.
pub enum Chosen {
    /// One with at least two values that are ever above 0.
    Dimension(usize, Vec<Ray>),
    /// There is none, and this value has everything.
    OneValue(String),
    /// Nothing is recorded or nothing ever happens.
    Nothing,
}

/// The most useful dimension: the first that tells at least two groups apart.
pub fn by_dimension(model: &Model, ray: impl Fn(usize, usize) -> Option<Ray>) -> Chosen {
    let mut one = None;
    for dimension in groups::dimensions(model) {
        let values = 0..model.groups.dimensions[dimension].values.len();
        let rays: Vec<Ray> = values.filter_map(|value| ray(dimension, value)).filter(Ray::is_ever).collect();
        match rays.len() {
            0 => {}
            1 => one = one.or(rays.first().map(|ray| ray.name.clone())),
            _ => return Chosen::Dimension(dimension, rays),
        }
    }
    one.map_or(Chosen::Nothing, Chosen::OneValue)
}
