//! Horizontal axes: dates, numbers, their powers, and named columns.

use super::format;
use super::sizes::SMALL;
use super::spec::{AxisUnit, Panel};
use super::text::width;
use super::ticks::{self, Axis};
use super::time_axis::{self, TimeTick};
use super::weight::Weight;
use crate::calendar::Calendar;

/// Pixels between the texts of neighbouring ticks.
const GAP: f64 = 10.0;

/// More ticks than this are too many, whatever the room.
const MOST_TICKS: usize = 7;

/// A horizontal axis.
pub struct AcrossAxis {
    /// Its ends.
    pub ends: (f64, f64),
    /// What is marked on it.
    pub ticks: Vec<TimeTick>,
    /// What stands under it; empty under dates.
    pub words: String,
}

impl AcrossAxis {
    /// The calendar, in a plot `room` pixels wide.
    pub fn dates(calendar: &Calendar, room: f64) -> AcrossAxis {
        let days = time_axis::days(calendar, calendar.end()).max(1.0);
        let ticks = time_axis::ticks(calendar, room, SMALL);
        AcrossAxis { ends: (0.0, days), ticks, words: String::new() }
    }

    /// The numbers of a panel whose plot is `room` pixels wide.
    pub fn numbers(panel: &Panel, words: &str, signed: bool, room: f64) -> AcrossAxis {
        let (mut lowest, mut highest) = panel.span().unwrap_or((0.0, 1.0));
        if panel.logarithmic && lowest > 0.0 {
            return AcrossAxis::powers(lowest, highest, words, room);
        }
        // Bars and values of rows are compared with zero, which is shown where it is not far away.
        if !panel.rows.is_empty() && lowest > 0.0 && lowest < 0.6 * highest {
            lowest = 0.0;
        }
        // Texts beside each other are short: the unit says the millions.
        let largest = lowest.abs().max(highest.abs());
        let unit = format::UNITS.into_iter().find(|(unit, _)| largest >= *unit);
        let (times, many) = unit.unwrap_or((1.0, ""));
        (lowest, highest) = (lowest / times, highest / times);
        let axis =
            |steps| ticks::axis(ticks::Wanted { lowest, highest, unit: AxisUnit::Real, signed, steps });
        let fits = |axis: &Axis| apart(axis, |at| axis.part(at) * room);
        // As many as have room beside each other; where not even a few have, the ends.
        let axis = (1..=MOST_TICKS).rev().map(axis).find(fits).unwrap_or_else(|| {
            let mut few = axis(1);
            let ends = (few.from, few.to);
            few.ticks.retain(|(at, _)| *at == ends.0 || *at == ends.1);
            few
        });
        let ends = (axis.from * times, axis.to * times);
        let ticks = axis.ticks.into_iter().map(|(at, label)| tick(at * times, label)).collect();
        let words = if many.is_empty() { words.to_string() } else { format!("{many} {words}") };
        AcrossAxis { ends, ticks, words }
    }

    /// Numbers above 0 by their logarithm: as many ticks as have room beside each other.
    fn powers(lowest: f64, highest: f64, words: &str, room: f64) -> AcrossAxis {
        let all = ticks::powers(lowest, highest);
        let fits = |axis: &&Axis| {
            let width = libm::log10(axis.to / axis.from);
            apart(axis, |at| libm::log10(at / axis.from) / width * room)
        };
        let axis = all.iter().find(fits).or(all.last());
        let ticks = axis.into_iter().flat_map(|axis| &axis.ticks);
        let ticks = ticks.map(|(at, label)| tick(*at, label.clone())).collect();
        let ends = axis.map_or((lowest, highest), |axis| (axis.from, axis.to));
        AcrossAxis { ends, ticks, words: format!("{words} (logarithmic)") }
    }

    /// Named columns in a plot `room` pixels wide: every name, or every second, third and so on.
    pub fn columns(names: &[String], words: &str, room: f64) -> AcrossAxis {
        let count = names.len().max(1) as f64;
        let widest = names.iter().map(|name| wide(name)).fold(0.0, f64::max);
        let every = ((widest + 8.0) * count / room).ceil().max(1.0) as usize;
        let ticks = names.iter().zip(0u32..).step_by(every);
        let ticks = ticks.map(|(name, at)| tick(f64::from(at), name.clone())).collect();
        AcrossAxis { ends: (-0.5, count - 0.5), ticks, words: words.to_string() }
    }
}

fn tick(at: f64, label: String) -> TimeTick {
    TimeTick { at, label, under: String::new() }
}

fn wide(text: &str) -> f64 {
    width(text, SMALL, Weight::Regular)
}

/// Whether the texts of an axis do not touch whose numbers are at these `pixels`.
fn apart(axis: &Axis, pixels: impl Fn(f64) -> f64) -> bool {
    axis.ticks.windows(2).all(|pair| {
        pixels(pair[1].0) - pixels(pair[0].0) >= (wide(&pair[0].1) + wide(&pair[1].1)) / 2.0 + GAP
    })
}
