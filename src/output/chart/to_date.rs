//! How many people have left by what counts as one thing, since the start.

use super::about;
use super::fan::{self, FanLine};
use super::groups;
use super::marks;
use super::mechanisms;
use super::series::{self, Centre};
use super::spec::{AxisUnit, Panel, Spec};
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
    let total = FanLine { name: "Total".to_string(), points: sum(&groups::everybody(model))?, value: 0 };
    let spread = total.points.iter().all(|stat| stat.spread.is_some());
    let centre = if spread { Centre::for_all([total.points.as_slice()]) } else { Centre::Mean };
    if !total.is_ever() {
        return None;
    }

    let things = groups::plural(word);
    let mut notes = Vec::new();
    let chosen = by_dimension(model, |dimension, value| {
        let points = sum(&groups::only(model, dimension, value))?;
        Some(FanLine { name: groups::value_words(model, dimension, value), points, value })
    });
    let (by, fan_lines) = match chosen {
        FanDimension::Dimension(dimension, fan_lines) => {
            let name = text::inside(&text::words(&model.groups.dimensions[dimension].name));
            (format!(", by {name}"), fan_lines)
        }
        FanDimension::OneValue(name) => {
            notes.push(format!("All of them: {}.", text::inside(&name)));
            (String::new(), Vec::new())
        }
        FanDimension::Nothing => (String::new(), Vec::new()),
    };

    let mut panel =
        Panel::new(String::new(), AxisUnit::Whole, &format!("{} since the start", text::inside(&things)));
    notes.extend(fan::fill(&mut panel, &series::boundaries(&model.calendar), &total, &fan_lines, centre));
    panel.marks = marks::of_mechanisms(model, &counted);
    let how = if spread {
        centre.words(!fan_lines.is_empty())
    } else {
        "lines are means; no bands, because several mechanisms add up".to_string()
    };
    let title = format!("{things} to date{by}");
    let shown = if spread { centre.spread() } else { about::ShownSpread::Hidden };
    let spec = Spec::new(format!("{}_to_date", groups::file_word(word)), title, &model.calendar)
        .subtitle(about::subtitle(model, summary, &how))
        .footer(about::footer(model, summary, notes, shown))
        .panels(vec![panel]);
    Some(spec)
}

/// Which dimension a fan goes by.
pub enum FanDimension {
    /// One with at least two values that are ever above 0.
    Dimension(usize, Vec<FanLine>),
    /// There is none, and this value has everything.
    OneValue(String),
    /// Nothing is recorded or nothing ever happens.
    Nothing,
}

/// The most useful dimension: the first that tells at least two groups apart.
pub fn by_dimension(model: &Model, fan_line: impl Fn(usize, usize) -> Option<FanLine>) -> FanDimension {
    let mut one = None;
    for dimension in groups::dimensions(model) {
        let values = 0..model.groups.dimensions[dimension].values.len();
        let fan_lines: Vec<FanLine> =
            values.filter_map(|value| fan_line(dimension, value)).filter(FanLine::is_ever).collect();
        match fan_lines.len() {
            0 => {}
            1 => one = one.or(fan_lines.first().map(|fan_line| fan_line.name.clone())),
            _ => return FanDimension::Dimension(dimension, fan_lines),
        }
    }
    one.map_or(FanDimension::Nothing, FanDimension::OneValue)
}
