//! A sheet in pixels, and how what is drawn on it is written as SVG.

use std::cell::RefCell;
use std::fmt::{self, Write};

use super::palette::{Colour, Dash};
use super::text::{drawn, escape};
use super::weight::Weight;

/// Positions are whole numbers, which are short: a pixel has this many of them.
pub const UNITS: f64 = 10.0;

/// Noto Sans is what we measure with; the others are as wide or narrower and on most machines.
const FAMILY: &str = "Noto Sans, Segoe UI, Helvetica Neue, Helvetica, Arial, sans-serif";

/// Which end of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    /// Font size in pixels.
    pub size: f64,
    /// How heavy.
    pub weight: Weight,
    /// Its colour.
    pub colour: Colour,
    /// Which end stands at its position.
    pub anchor: Anchor,
}

/// Where a chart is drawn; positions are in pixels from the upper left corner.
#[derive(Debug, Default)]
pub struct Canvas {
    elements: RefCell<String>,
}

impl Canvas {
    /// What was drawn: elements of SVG, a line or several each, in [`UNITS`].
    pub fn elements(self) -> String {
        self.elements.into_inner()
    }

    /// Draws an element. Writing into a string cannot fail.
    fn draw(&self, element: fmt::Arguments<'_>) {
        let written = writeln!(self.elements.borrow_mut(), "{element}");
        debug_assert!(written.is_ok());
    }

    /// Text whose baseline is at `y`.
    pub fn text(&self, text: &str, x: f64, y: f64, face: Face) {
        let text = drawn(text);
        if text.trim().is_empty() {
            return;
        }
        let weight = match face.weight {
            Weight::Regular => "",
            Weight::Bold => " font-weight=\"bold\"",
        };
        let anchor = match face.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        // It hangs from its position. The size goes there and back as it always has, so that drawings stay the same to the last digit.
        let size = face.size * UNITS * 1.24 / 1.24;
        self.draw(format_args!(
            "<text x=\"{}\" y=\"{}\" dy=\"0.76em\" text-anchor=\"{anchor}\" font-family=\"{FAMILY}\" font-size=\"{size}\" \
             opacity=\"1\" fill=\"{}\"{weight}>\n{}\n</text>",
            units(x),
            units(y - 0.76 * face.size),
            Hex(face.colour),
            escape(&text).replace('\'', "&apos;"),
        ));
    }

    /// A filled rectangle.
    pub fn rectangle(&self, from: (f64, f64), to: (f64, f64), colour: Colour, opacity: f64) {
        if opacity == 0.0 {
            return;
        }
        let ((x, y), (other_x, other_y)) = (point(from), point(to));
        self.draw(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" opacity=\"{opacity}\" fill=\"{}\" stroke=\"none\"/>",
            x.min(other_x),
            y.min(other_y),
            x.abs_diff(other_x),
            y.abs_diff(other_y),
            Hex(colour),
        ));
    }

    /// A filled polygon.
    pub fn polygon(&self, corners: &[(f64, f64)], colour: Colour, opacity: f64) {
        if opacity == 0.0 {
            return;
        }
        self.draw(format_args!(
            "<polygon opacity=\"{opacity}\" fill=\"{}\" points=\"{}\"/>",
            Hex(colour),
            Points(corners)
        ));
    }

    /// A filled circle.
    pub fn dot(&self, centre: (f64, f64), radius: f64, colour: Colour) {
        let ((x, y), radius) = (point(centre), units(radius).max(0));
        self.draw(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" opacity=\"1\" fill=\"{}\" stroke=\"none\" stroke-width=\"1\"/>",
            Hex(colour),
        ));
    }

    /// A line through `points`, in dashes if there are any.
    pub fn line(&self, points: &[(f64, f64)], colour: Colour, thickness: f64, dash: Dash) {
        let thickness = units(thickness).unsigned_abs().max(1);
        let pieces = if dash.is_empty() { vec![points.to_vec()] } else { super::dash::dashes(points, dash) };
        for piece in pieces {
            self.draw(format_args!(
                "<polyline fill=\"none\" opacity=\"1\" stroke=\"{}\" stroke-width=\"{thickness}\" points=\"{}\"/>",
                Hex(colour),
                Points(&piece),
            ));
        }
    }
}

fn units(pixels: f64) -> i32 {
    // Saturates; a position that is not a number is at 0.
    (pixels * UNITS).round() as i32
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

/// A colour as SVG has it.
struct Hex(Colour);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Colour(red, green, blue) = self.0;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}

/// Positions as SVG has them.
struct Points<'a>(&'a [(f64, f64)]);

impl fmt::Display for Points<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().map(|position| point(*position)).try_for_each(|(x, y)| write!(f, "{x},{y} "))
    }
}
