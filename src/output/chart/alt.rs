//! A chart in words, for who does not see it: what its spec says, in the order of the picture.

use super::format::{change, changes, number};
use super::spec::{Across, Area, CellText, ChartLine, Dot, DotShape, EndLabel, KeyEntry, Mark, Panel, Spec};
use super::text::inside;
use super::time_axis::date_words;
use super::written::upwards;
use crate::calendar::{Calendar, add};
use crate::output::full_stops::{full_stop, one_stop};
use crate::units::TimeUnit;
use crate::wording::count;

/// So many marks are told.
const MOST_MARKS: usize = 12;

impl Spec {
    /// All of it in words.
    pub fn alt(&self) -> String {
        let dated = self.panels.iter().any(|panel| matches!(panel.across, Across::Dates));
        let (start, end) = (date_words(self.calendar.start()), date_words(self.calendar.end()));
        let dates = if dated { format!("{start} to {end}.") } else { String::new() };
        let mut sentences = vec![full_stop(&self.title), dates, self.subtitle[1].clone()];
        sentences
            .extend(self.panels.iter().filter_map(|panel| Reported { panel, key: &self.key }.sentence()));
        sentences
            .extend(marks(&self.panels).into_iter().take(MOST_MARKS).map(|mark| said(mark, &self.calendar)));
        sentences.retain(|sentence| !sentence.is_empty());
        one_stop(&sentences.join(" "))
    }
}

/// The marks of all panels, each once.
fn marks(panels: &[Panel]) -> Vec<&Mark> {
    let mut marks: Vec<&Mark> = Vec::new();
    for mark in panels.iter().flat_map(|panel| &panel.marks) {
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

fn said(mark: &Mark, calendar: &Calendar) -> String {
    let date =
        |day: f64| add(calendar.start(), TimeUnit::Day, day as i64).map(date_words).unwrap_or_default();
    let until = mark.until.map(|until| format!(" to {}", date(until))).unwrap_or_default();
    format!("Marked: {}, {}{until}.", inside(&mark.label), date(mark.at))
}

/// A panel that is told, and the key of its sheet.
struct Reported<'a> {
    panel: &'a Panel,
    key: &'a [KeyEntry],
}

impl Reported<'_> {
    /// What it is of, and what is on it; `None` where nothing of it has words.
    fn sentence(&self) -> Option<String> {
        let items = match &self.panel.across {
            Across::Columns { names, words } => self.cells(names, words),
            Across::Numbers { .. } if !self.panel.rows.is_empty() => self.rows(),
            Across::Dates | Across::Numbers { .. } => self.curves(),
        };
        let heading = self.heading();
        if let (Across::Numbers { words, .. }, [first, ..]) = (&self.panel.across, self.panel.rows.as_slice())
            && self.panel.rows.iter().all(|name| name == first)
            && first.is_empty()
        {
            return Some(format!("Colours are {words}."));
        }
        match (heading.is_empty(), items.is_empty()) {
            (true, true) => None,
            (true, false) => Some(format!("{}.", items.join("; "))),
            (false, true) => Some(format!("{heading}.")),
            (false, false) => Some(format!("{heading}: {}.", items.join("; "))),
        }
    }

    /// The title, what is counted upwards, and what to the right.
    fn heading(&self) -> String {
        let right = match &self.panel.across {
            Across::Numbers { words, .. } if self.panel.rows.is_empty() => format!("to the right {words}"),
            Across::Numbers { words, .. } => words.clone(),
            Across::Dates | Across::Columns { .. } => String::new(),
        };
        let parts = [self.panel.title.as_str(), self.panel.unit_words.as_str(), right.as_str()];
        let heading = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let mut letters = heading.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// A number upwards.
    fn upwards(&self, value: f64) -> String {
        upwards(self.panel.unit, self.panel.signed, value)
    }

    /// A number to the right.
    fn right(&self, value: f64) -> String {
        if self.is_signed_across() { change(value) } else { number(value) }
    }

    fn is_signed_across(&self) -> bool {
        matches!(self.panel.across, Across::Numbers { signed: true, .. })
    }

    /// What all rows are compared with, and each with what stands beside it and how far it may be off.
    fn rows(&self) -> Vec<String> {
        let squares = self.panel.dots.iter().filter(|dot| dot.shape == DotShape::Square && dot.at.1 < 0.0);
        let compared = squares.map(|square| format!("compared with {}", self.right(square.at.0)));
        let rows = self.panel.rows.iter().zip(0u32..).filter(|(name, _)| !name.is_empty());
        compared.chain(rows.map(|(name, row)| self.row(name, f64::from(row)))).collect()
    }

    fn row(&self, name: &str, row: f64) -> String {
        let labels = self.panel.labels.iter().filter(|label| label.at == row);
        let words = labels.flat_map(|label| [&label.value, &label.note]).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.map(String::as_str).collect();
        let whisker = self.panel.whiskers.iter().find(|it| it.from.1 == row && it.to.1 == row);
        let range = whisker.map(|it| match self.is_signed_across() {
            true => changes(it.from.0, it.to.0),
            false => format!("{} to {}", number(it.from.0), number(it.to.0)),
        });
        // A note may say the same.
        let is_new = |range: &String| words.iter().all(|word| !word.starts_with('±') && word != range);
        let range = range.filter(is_new).map(|range| format!(" ({range})")).unwrap_or_default();
        format!("{name} {}{range}", words.join(", "))
    }

    /// What stands at the right edge and in the key with where it comes from, the level, and single values.
    fn curves(&self) -> Vec<String> {
        let named = |colour| self.key.iter().find(|entry| entry.colour == colour);
        let mut items: Vec<String> = Vec::new();
        for label in &self.panel.labels {
            let name = if label.name.is_empty() {
                named(label.colour).map(|entry| &entry.name)
            } else {
                Some(&label.name)
            };
            items.push(self.course(name.map_or("", String::as_str), label));
        }
        for entry in self.key {
            let is_labelled = self.panel.labels.iter().any(|label| label.colour == entry.colour);
            let area = self.panel.areas.iter().find(|area| area.edge && area.colour == entry.colour);
            let over = self.panel.over.iter().find(|line| line.colour == entry.colour);
            let points = area.map(heights).or_else(|| over.map(points)).filter(|_| !is_labelled);
            items.extend(
                points.and_then(|points| self.way(&points, None)).map(|way| format!("{} {way}", entry.name)),
            );
        }
        let level = self.panel.level.iter().flat_map(|level| &level.labels);
        let level: Vec<&str> = level.map(|(.., text)| text.as_str()).collect();
        items.extend((!level.is_empty()).then(|| level.join(", later ")));
        let observed = self.panel.dots.iter().filter(|dot| dot.shape == DotShape::Ring).count() as u64;
        items.extend((observed > 0).then(|| count(observed, "observed value")));
        items.extend(self.panel.dots.iter().filter(|dot| !dot.name.is_empty()).map(|dot| self.dot(dot)));
        items
    }

    fn dot(&self, dot: &Dot) -> String {
        let noise = if dot.shape == DotShape::Faint { ", not distinguishable from noise" } else { "" };
        format!("{} {} and {}{noise}", dot.name, self.right(dot.at.0), self.upwards(dot.at.1))
    }

    /// A label and the way of the curve or area that it is the end of.
    fn course(&self, name: &str, label: &EndLabel) -> String {
        let own = |line: &&ChartLine| {
            line.colour == label.colour
                && line.runs.last().and_then(|run| run.last()).is_some_and(|last| last.1 == label.at)
        };
        let line = self.panel.lines.iter().chain(&self.panel.over).find(own).map(points);
        let area =
            || self.panel.areas.iter().find(|area| area.edge && area.colour == label.colour).map(heights);
        let way = line.or_else(area).and_then(|points| self.way(&points, Some(&label.value)));
        let way = way.unwrap_or_else(|| label.value.clone());
        let note = if label.note.is_empty() { String::new() } else { format!(" ({})", label.note) };
        format!("{name} {way}{note}").trim_start().to_string()
    }

    /// "from 3,412 to 2,900", with where that is if these are not dates, and with the lowest and the highest between.
    fn way(&self, points: &[(f64, f64)], end: Option<&str>) -> Option<String> {
        let (first, last) = (points.first()?, points.last()?);
        let at = |x: f64| match self.panel.across {
            Across::Dates => String::new(),
            _ => format!(" at {}", self.right(x)),
        };
        let (from, to) = (self.upwards(first.1), end.map_or_else(|| self.upwards(last.1), String::from));
        let is_level = points.iter().all(|point| point.1 == first.1);
        let mut way = match points.len() {
            _ if is_level && points.len() > 1 => format!("{to} throughout"),
            1 => format!("{to}{}", at(last.0)),
            _ => format!("from {from}{} to {to}{}", at(first.0), at(last.0)),
        };
        for (word, most) in [("lowest", f64::min as fn(f64, f64) -> f64), ("highest", f64::max)] {
            let most = points.iter().map(|point| point.1).reduce(most)?;
            let text = self.upwards(most);
            if most != first.1 && most != last.1 && text != from && text != to {
                way.push_str(&format!(", {word} {text}"));
            }
        }
        Some(way)
    }

    /// The ends of both axes, the lowest and the highest cell, and those at both ends.
    fn cells(&self, columns: &[String], words: &str) -> Vec<String> {
        let ends = |mut names: Vec<&String>| {
            names.retain(|name| !name.is_empty());
            let ends = names.first().zip(names.last());
            ends.map(|(first, last)| format!("{first} to {last}")).unwrap_or_default()
        };
        let up = ends(self.panel.rows.iter().rev().collect());
        let mut items = vec![up, format!("{words}, {}", ends(columns.iter().collect()))];
        let by_value = |a: &&CellText, b: &&CellText| a.value.total_cmp(&b.value);
        let cells = &self.panel.texts;
        let range = cells.iter().min_by(by_value).zip(cells.iter().max_by(by_value));
        items.extend(range.map(|(low, high)| format!("from {} to {}", low.words[0], high.words[0])));
        let top = self.panel.rows.len() as f64 - 1.0;
        for (at, of_both) in [((0.0, top), "lowest"), ((columns.len() as f64 - 1.0, 0.0), "highest")] {
            let cell = cells.iter().find(|cell| cell.at == at);
            items.extend(cell.map(|cell| format!("{} at the {of_both} of both", cell.words[0])));
        }
        items
    }
}

/// The points of a line, all of its pieces.
fn points(line: &ChartLine) -> Vec<(f64, f64)> {
    line.runs.concat()
}

/// How high an area is at each of its points.
fn heights(area: &Area) -> Vec<(f64, f64)> {
    area.runs.iter().flatten().map(|(x, low, high)| (*x, high - low)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::palette;
    use super::super::spec::{AxisUnit, MarkKind, Whisker};
    use super::*;

    fn sheet(panels: Vec<Panel>) -> Spec {
        let calendar = Calendar::new(date(2025, 1, 1), TimeUnit::Month, date(2026, 1, 1)).unwrap();
        let subtitle = ["A camp.".to_string(), "9 replicates.".to_string()];
        Spec::new("x", "How many wait?", &calendar).subtitle(subtitle).panels(panels)
    }

    #[test]
    fn curves_are_told_from_start_to_end() {
        let mut panel = Panel::new("Camp".into(), AxisUnit::Whole, "people");
        let runs = vec![vec![(0.0, 1000.0), (30.0, 4000.0), (365.0, 2000.0)]];
        panel.lines.push(ChartLine { runs, colour: palette::MAIN, dash: &[], thickness: 2.0, series: None });
        panel.labels.push(EndLabel::new(2000.0, "2,000".into(), palette::MAIN).noted("1,900–2,100"));
        panel.dots.push(Dot::new((31.0, 3900.0), DotShape::Ring, palette::INK));
        panel.marks.push(Mark { at: 31.0, until: None, kind: MarkKind::Shock, label: "Flood".into() });
        assert_eq!(
            sheet(vec![panel]).alt(),
            "How many wait? January 2025 to January 2026. 9 replicates. Camp, people: from 1,000 to 2,000, \
             highest 4,000 (1,900–2,100); 1 observed value. Marked: flood, February 2025."
        );
    }

    #[test]
    fn rows_are_reported_with_their_whiskers() {
        let mut panel = Panel::new("Deaths".into(), AxisUnit::Real, "");
        panel.across = Across::Numbers { words: "people".into(), signed: true };
        panel.row("Less".into(), EndLabel::new(0.0, "−16".into(), palette::INK).noted("−6 %"));
        panel.row("Same".into(), EndLabel::new(1.0, "+1".into(), palette::INK).noted("± 2"));
        for row in [0.0, 1.0] {
            panel.whiskers.push(Whisker { from: (-19.0, row), to: (-14.0, row), colour: palette::INK });
        }
        let alt = sheet(vec![panel]).alt();
        assert!(alt.ends_with("Deaths, people: Less −16, −6 % (−19 to −14); Same +1, ± 2."), "{alt}");
    }
}
