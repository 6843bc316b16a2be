//! Charts for people: an SVG of each, and a PNG of the SVG.
//!
//! Every chart type is one file that makes a [`spec::Spec`], plain data about what is shown, from a model and a summary.
//! [`sheet`] draws every spec; [`picture`] turns the drawing into pixels. The same input gives the same bytes.

pub mod sheet;
pub mod spec;

mod about;
mod accessible;
mod across;
mod alt;
mod attribution;
mod bidi;
mod build;
mod canvas;
mod capacity;
mod cells;
pub(crate) mod compared;
mod composition;
mod cost_against_outcome;
mod costs;
mod dash;
pub mod data;
pub mod data_table;
mod dots;
mod end_labels;
mod events;
mod fan;
mod flags;
mod flows;
mod font;
pub(crate) mod format;
mod frame;
mod grid;
pub(crate) mod groups;
mod headline;
pub mod hover;
mod key;
#[cfg(feature = "png")]
pub mod letters;
mod level;
mod mark_labels;
mod marks;
mod mechanisms;
mod months;
mod nudge;
#[cfg(feature = "png")]
mod other_fonts;
mod outcome_differences;
#[cfg_attr(not(feature = "study"), allow(dead_code, reason = "charts of studies have more colours"))]
pub(crate) mod palette;
mod panel;
mod path;
#[cfg(feature = "png")]
mod png;
mod population;
mod possible;
mod rate;
mod series;
mod sizes;
mod stack;
pub(crate) mod text;
mod thin;
mod ticks;
mod time_axis;
mod to_date;
mod variants;
mod variants_by_place;
mod variants_outcome;
mod weight;
mod written;

#[cfg(feature = "png")]
pub use png::{ChartError, PixelImage, SCALE, fonts, picture, picture_with};

use crate::calendar::Calendar;
use crate::ensemble::answer::Answer;
use crate::ensemble::summary::Summary;
use crate::model::Model;
use crate::output::full_stops::one_stop;

/// A chart of an answer, drawn: SVG with its title, and what it shows in words.
#[derive(Clone, Debug)]
pub struct Chart {
    /// File stem: `"population_by_place"`; no two charts of a run share one.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The drawing, a whole SVG file.
    pub svg: String,
    /// What it shows, in words.
    pub alt: String,
    /// The numbers that it shows, a panel after the other.
    pub data: Vec<data::PanelData>,
    /// Where on the drawing they are.
    pub hover: hover::HoverMap,
    /// The dates of the numbers.
    pub calendar: Calendar,
}

impl Chart {
    /// The numbers as tables in words, each of at most `most_rows` dates.
    pub fn tables(&self, most_rows: usize) -> Vec<data_table::DataTable> {
        self.data.iter().map(|panel| panel.table(&self.calendar, most_rows)).collect()
    }

    /// The numbers as comma-separated values: all that is seen, in full.
    pub fn csv(&self) -> String {
        data_table::csv(&self.data, &self.calendar)
    }
}

/// Draws every chart that the answer has numbers for: what differs between variants, then the first variant by itself, the most
/// important first.
pub fn draw_all(answer: &Answer) -> Vec<Chart> {
    draw(specs(answer))
}

/// Every spec as a drawing. Specs of one name become `name`, `name_2` and so on.
pub fn draw(specs: Vec<spec::Spec>) -> Vec<Chart> {
    named(specs).into_iter().map(drawn).collect()
}

/// Specs of which no two share a name.
pub fn named(mut specs: Vec<spec::Spec>) -> Vec<spec::Spec> {
    let mut names: Vec<String> = Vec::new();
    for spec in &mut specs {
        let stem = spec.name.clone();
        for number in 2.. {
            if !names.contains(&spec.name) {
                break;
            }
            spec.name = format!("{stem}_{number}");
        }
        names.push(spec.name.clone());
        end_sentences_once(spec);
    }
    specs
}

/// One of the specs that have been [`named`], drawn.
pub fn drawn(spec: spec::Spec) -> Chart {
    let alt = spec.alt();
    Chart {
        svg: sheet::svg(&spec),
        alt,
        data: data::of_panels(&spec.panels),
        hover: hover::map(&spec),
        name: spec.name,
        title: spec.title,
        calendar: spec.calendar,
    }
}

/// Labels that end with a question mark get no full stop behind it.
fn end_sentences_once(spec: &mut spec::Spec) {
    let texts = spec.subtitle.iter_mut().chain(&mut spec.footer).chain([&mut spec.title]);
    for text in texts {
        *text = one_stop(text);
    }
}

/// What [`draw_all`] draws.
pub fn specs(answer: &Answer) -> Vec<spec::Spec> {
    let mut specs: Vec<spec::Spec> = variants::spec(answer).into_iter().collect();
    specs.extend(variants_by_place::spec(answer));
    specs.extend(outcome_differences::spec(answer));
    specs.extend(attribution::specs(answer));
    specs.extend(cost_against_outcome::spec(answer));
    let first = answer.first();
    let mut of_first = of_variant(&first.model, &first.summary);
    if answer.variants.len() > 1 {
        for spec in &mut of_first {
            spec.subtitle[1] = format!("{}: {}", compared::name(first), text::inside(&spec.subtitle[1]));
        }
    }
    specs.append(&mut of_first);
    specs
}

/// The charts of one variant by itself.
fn of_variant(model: &Model, summary: &Summary) -> Vec<spec::Spec> {
    let mut specs: Vec<spec::Spec> = population::spec(model, summary).into_iter().collect();
    specs.extend(composition::specs(model, summary));
    specs.extend(to_date::specs(model, summary));
    specs.extend(rate::specs(model, summary));
    specs.extend(flows::spec(model, summary));
    specs.extend(events::spec(model, summary));
    specs.extend(costs::spec(model, summary));
    specs
}
