//! How specs are put together: what most charts leave empty is empty until it is said.

use super::palette::{self, Colour};
use super::spec::{Area, ChartLine, Dot, DotShape, EndLabel, KeyEntry, Panel, Spec};
use crate::calendar::Calendar;

impl Spec {
    /// A sheet without panels yet.
    pub fn new(name: impl Into<String>, title: impl Into<String>, calendar: &Calendar) -> Spec {
        Spec {
            name: name.into(),
            title: title.into(),
            subtitle: Default::default(),
            footer: Vec::new(),
            calendar: calendar.clone(),
            key: Vec::new(),
            panels: Vec::new(),
        }
    }

    /// With a subtitle.
    pub fn subtitle(self, subtitle: [String; 2]) -> Spec {
        Spec { subtitle, ..self }
    }

    /// With these sentences under it.
    pub fn footer(self, footer: Vec<String>) -> Spec {
        Spec { footer, ..self }
    }

    /// With a key.
    pub fn key(self, key: Vec<KeyEntry>) -> Spec {
        Spec { key, ..self }
    }

    /// With these panels.
    pub fn panels(self, panels: Vec<Panel>) -> Spec {
        Spec { panels, ..self }
    }
}

impl Panel {
    /// In the whole width.
    pub fn wide(self) -> Panel {
        Panel { wide: true, ..self }
    }

    /// The panel's next row: its name, and what stands right of it.
    pub fn row(&mut self, name: String, label: EndLabel) {
        self.rows.push(name);
        self.labels.push(label);
    }
}

impl EndLabel {
    /// A label that has a value and no name.
    pub fn new(at: f64, value: String, colour: Colour) -> EndLabel {
        EndLabel { at, name: String::new(), value, note: String::new(), colour }
    }

    /// With a name.
    pub fn named(self, name: impl Into<String>) -> EndLabel {
        EndLabel { name: name.into(), ..self }
    }

    /// With a note under it.
    pub fn noted(self, note: impl Into<String>) -> EndLabel {
        EndLabel { note: note.into(), ..self }
    }
}

impl Dot {
    /// A value without a name.
    pub fn new(at: (f64, f64), shape: DotShape, colour: Colour) -> Dot {
        Dot { at, shape, colour, name: String::new() }
    }

    /// With a name.
    pub fn named(self, name: impl Into<String>) -> Dot {
        Dot { name: name.into(), ..self }
    }
}

impl Area {
    /// A bar from one number to another between two heights in rows.
    pub fn bar((from, to): (f64, f64), (top, bottom): (f64, f64), colour: Colour) -> Area {
        let run = [from.min(to), from.max(to)].map(|x| (x, top, bottom)).to_vec();
        Area { runs: vec![run], colour, opacity: 1.0, edge: false, series: None, holds: "" }
    }

    /// Of a series.
    pub fn of(self, series: impl Into<String>) -> Area {
        Area { series: Some(series.into()), ..self }
    }
}

impl ChartLine {
    /// An upright line through all of `rows` rows.
    pub fn upright(x: f64, rows: usize) -> ChartLine {
        let run = vec![(x, -0.5), (x, rows as f64 - 0.5)];
        ChartLine { runs: vec![run], colour: palette::INK, dash: &[], thickness: 1.2, series: None }
    }

    /// Of a series.
    pub fn of(self, series: impl Into<String>) -> ChartLine {
        ChartLine { series: Some(series.into()), ..self }
    }
}

impl KeyEntry {
    /// What the colour of bars or areas means.
    pub fn bar(name: impl Into<String>, colour: Colour) -> KeyEntry {
        KeyEntry { name: name.into(), colour, dash: &[], thickness: 11.0 }
    }
}
