//! A sheet in pixels, written as SVG: short, as a page has many of them.

use std::cell::RefCell;
use std::fmt::Write;

use super::palette::{Colour, Dash};
use super::path::Path;
use super::text::{drawn, escape};
use super::weight::Weight;

/// Positions are whole numbers, which are short: a pixel has this many of them.
pub const UNITS: f64 = 10.0;

/// Noto Sans is what we measure with; the others are as wide or narrower and on most machines.
pub const FAMILY: &str = "Noto Sans, Segoe UI, Helvetica Neue, Helvetica, Arial, sans-serif";

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
///
/// What the root element says for all is not repeated: the family of the font, and that shapes are not filled.
#[derive(Default)]
pub struct Canvas {
    svg: RefCell<String>,
    /// The lines that were drawn last, of one look: one element for all of them.
    lines: RefCell<Option<Lines>>,
}

/// Lines of one look.
struct Lines {
    colour: Colour,
    thickness: u32,
    path: Path,
}

impl Canvas {
    /// The elements of everything that was drawn, in its order.
    pub fn elements(self) -> String {
        self.end_lines();
        self.svg.into_inner()
    }

    /// Writes an element, after the lines before it.
    fn element(&self, element: std::fmt::Arguments<'_>) {
        self.end_lines();
        let mut svg = self.svg.borrow_mut();
        // Writing into a string cannot fail.
        let _ = svg.write_fmt(element);
        svg.push('\n');
    }

    fn end_lines(&self) {
        if let Some(Lines { colour, thickness, path }) =
            self.lines.take().filter(|lines| !lines.path.is_empty())
        {
            let colour = colour.hex();
            let mut svg = self.svg.borrow_mut();
            let _ = writeln!(svg, "<path stroke=\"{colour}\" stroke-width=\"{thickness}\" d=\"{path}\"/>");
        }
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
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y, size, colour) = (units(x), units(y), units(face.size), face.colour.hex());
        let text = escape(&text);
        self.element(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\"{weight}{anchor}>{text}</text>"
        ));
    }

    /// A filled rectangle.
    pub fn rectangle(&self, from: (f64, f64), to: (f64, f64), colour: Colour, opacity: f64) {
        let ((left, top), (right, bottom)) = (point(from), point(to));
        let (x, y, width, height) =
            (left.min(right), top.min(bottom), left.abs_diff(right), top.abs_diff(bottom));
        let (colour, opacity) = (colour.hex(), opaque(opacity));
        self.element(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"{opacity}/>"
        ));
    }

    /// A filled polygon.
    pub fn polygon(&self, corners: &[(f64, f64)], colour: Colour, opacity: f64) {
        let mut path = Path::default();
        path.add(corners.iter().copied().map(point));
        if !path.is_empty() {
            let (colour, opacity) = (colour.hex(), opaque(opacity));
            self.element(format_args!("<path fill=\"{colour}\"{opacity} d=\"{path}z\"/>"));
        }
    }

    /// A filled circle.
    pub fn dot(&self, centre: (f64, f64), radius: f64, colour: Colour) {
        let ((x, y), radius, colour) = (point(centre), units(radius), colour.hex());
        self.element(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\"/>"));
    }

    /// A line through `points`, in dashes if there are any.
    pub fn line(&self, points: &[(f64, f64)], colour: Colour, thickness: f64, dash: Dash) {
        let thickness = units(thickness).unsigned_abs().max(1);
        let same = |lines: &Lines| (lines.colour, lines.thickness) == (colour, thickness);
        if !self.lines.borrow().as_ref().is_some_and(same) {
            self.end_lines();
            self.lines.replace(Some(Lines { colour, thickness, path: Path::default() }));
        }
        let pieces = if dash.is_empty() { vec![points.to_vec()] } else { super::dash::dashes(points, dash) };
        if let Some(lines) = self.lines.borrow_mut().as_mut() {
            for piece in pieces {
                lines.path.add(piece.into_iter().map(point));
            }
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

/// How much shows of what is under it: nothing is said of what hides all.
fn opaque(opacity: f64) -> String {
    if opacity >= 1.0 {
        return String::new();
    }
    let thousandths = (1000.0 * opacity.max(0.0)).round() / 1000.0;
    format!(" opacity=\"{thousandths}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_look_are_one_element() {
        let canvas = Canvas::default();
        let ink = Colour(0, 0, 0);
        canvas.line(&[(0.0, 1.0), (1.0, 1.0)], ink, 1.0, &[]);
        canvas.line(&[(0.0, 3.0), (6.0, 3.0)], ink, 1.0, &[2.0, 2.0]);
        canvas.line(&[(0.0, 5.0), (1.0, 4.5)], ink, 2.0, &[]);
        canvas.polygon(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], ink, 0.5);
        assert_eq!(
            canvas.elements(),
            "<path stroke=\"#000000\" stroke-width=\"10\" d=\"m0 10 10 0m-10 20 20 0m20 0 20 0\"/>\n\
             <path stroke=\"#000000\" stroke-width=\"20\" d=\"m0 50 10-5\"/>\n\
             <path fill=\"#000000\" opacity=\"0.5\" d=\"m0 0 10 0 0 10z\"/>\n"
        );
    }
}
