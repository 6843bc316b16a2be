//! A sheet in pixels, drawn by `plotters` into an SVG string.

use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::{
    Circle, DrawingArea, FontStyle, IntoDrawingArea, IntoFont, PathElement, Polygon, Rectangle, SVGBackend,
    Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, RGBColor, ShapeStyle};

use super::palette::{Colour, Dash};
use super::text::drawn;
use super::weight::Weight;

/// The backend draws at whole numbers only: a pixel has this many of them.
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
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

impl<'a> Canvas<'a> {
    /// A sheet that is written into `svg`.
    pub fn new(svg: &'a mut String, width: f64, height: f64) -> Canvas<'a> {
        let size = (units(width).unsigned_abs(), units(height).unsigned_abs());
        Canvas { area: SVGBackend::with_string(svg, size).into_drawing_area() }
    }

    /// Draws an element. Writing into a string cannot fail, and the backend has no other way to.
    fn draw<E>(&self, element: &E)
    where
        for<'b> &'b E: PointCollection<'b, (i32, i32)>,
        E: Drawable<SVGBackend<'a>>,
    {
        let drawn = self.area.draw(element);
        debug_assert!(drawn.is_ok());
    }

    /// Text whose baseline is at `y`.
    pub fn text(&self, text: &str, x: f64, y: f64, face: Face) {
        let text = drawn(text);
        if text.trim().is_empty() {
            return;
        }
        let style = match face.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        let h_pos = match face.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // The backend divides font sizes by 1.24, and shifts text that hangs from its position down by 0.76 of its size.
        let font = (FontFamily::Name(FAMILY), face.size * UNITS * 1.24).into_font().style(style);
        let colour = rgb(face.colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(h_pos, VPos::Top));
        self.draw(&Text::new(text, (units(x), units(y - 0.76 * face.size)), style));
    }

    /// A filled rectangle.
    pub fn rectangle(&self, from: (f64, f64), to: (f64, f64), colour: Colour, opacity: f64) {
        self.draw(&Rectangle::new([point(from), point(to)], rgb(colour).mix(opacity).filled()));
    }

    /// A filled polygon.
    pub fn polygon(&self, corners: &[(f64, f64)], colour: Colour, opacity: f64) {
        let corners: Vec<_> = corners.iter().copied().map(point).collect();
        self.draw(&Polygon::new(corners, rgb(colour).mix(opacity).filled()));
    }

    /// A filled circle.
    pub fn dot(&self, centre: (f64, f64), radius: f64, colour: Colour) {
        self.draw(&Circle::new(point(centre), units(radius), rgb(colour).filled()));
    }

    /// A line through `points`, in dashes if there are any.
    pub fn line(&self, points: &[(f64, f64)], colour: Colour, thickness: f64, dash: Dash) {
        let style = ShapeStyle::from(&rgb(colour)).stroke_width(units(thickness).unsigned_abs().max(1));
        let pieces = if dash.is_empty() { vec![points.to_vec()] } else { super::dash::dashes(points, dash) };
        for piece in pieces {
            self.draw(&PathElement::new(piece.into_iter().map(point).collect::<Vec<_>>(), style));
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

fn rgb(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}
