//! Single values, how far they may be off, and their names, each beside its own where it hides least.

use super::canvas::{Anchor, Canvas, Face};
use super::frame::Frame;
use super::palette;
use super::sizes::SMALL;
use super::spec::{Dot, DotShape, Panel};
use super::text::{shorten, width};
use super::weight::Weight;

/// Half the length of the stroke at the end of a whisker.
const CAP: f64 = 3.5;
/// Half the height of a name, and how far it keeps away from its value.
const NAME: (f64, f64) = (8.0, 9.0);

/// Left, upper, right and lower end of a part of the sheet.
type SheetRegion = (f64, f64, f64, f64);

/// Draws the panel's whiskers, values and names.
pub fn draw(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    let at = |point: (f64, f64)| (frame.x(point.0), frame.y(point.1));
    for whisker in &panel.whiskers {
        let (from, to) = (at(whisker.from), at(whisker.to));
        canvas.line(&[from, to], whisker.colour, 1.4, &[]);
        let upright = from.0 == to.0;
        for (x, y) in [from, to] {
            let (dx, dy) = if upright { (CAP, 0.0) } else { (0.0, CAP) };
            canvas.line(&[(x - dx, y - dy), (x + dx, y + dy)], whisker.colour, 1.4, &[]);
        }
    }
    for dot in &panel.dots {
        shape(canvas, dot, at(dot.at));
    }
    names(canvas, panel, frame);
}

/// Seen on lines and bands, in colour and in grey.
fn shape(canvas: &Canvas, dot: &Dot, (x, y): (f64, f64)) {
    match dot.shape {
        DotShape::Ring | DotShape::Faint => {
            canvas.dot((x, y), 4.2, dot.colour);
            canvas.dot((x, y), 2.6, palette::PAPER);
        }
        DotShape::Disc => {
            canvas.dot((x, y), 5.8, palette::PAPER);
            canvas.dot((x, y), 4.8, dot.colour);
        }
        DotShape::Point => canvas.dot((x, y), 1.9, dot.colour),
        DotShape::Square => {
            // Its corners are seen under a disc on the same spot.
            canvas.rectangle((x - 6.5, y - 6.5), (x + 6.5, y + 6.5), palette::PAPER, 1.0);
            canvas.rectangle((x - 5.5, y - 5.5), (x + 5.5, y + 5.5), dot.colour, 1.0);
        }
    }
}

/// Writes each name where it hides least: beside its value or, with a line that leads to it, further away.
fn names(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    let at = |point: (f64, f64)| (frame.x(point.0), frame.y(point.1));
    let mut taken: Vec<SheetRegion> = panel
        .dots
        .iter()
        .map(|dot| {
            let (x, y) = at(dot.at);
            (x - 6.0, y - 6.0, x + 6.0, y + 6.0)
        })
        .collect();
    let zero = at((0.0, 0.0));
    let axes = [
        (frame.left, zero.1 - 1.0, frame.right, zero.1 + 1.0),
        (zero.0 - 1.0, frame.top, zero.0 + 1.0, frame.bottom),
    ];
    let mut whiskers: Vec<SheetRegion> = panel
        .whiskers
        .iter()
        .map(|whisker| {
            let (a, b) = (at(whisker.from), at(whisker.to));
            (a.0.min(b.0) - 2.0, a.1.min(b.1) - 2.0, a.0.max(b.0) + 2.0, a.1.max(b.1) + 2.0)
        })
        .collect();
    whiskers.extend(axes);
    let mut names: Vec<SheetRegion> = Vec::new();
    for dot in panel.dots.iter().filter(|dot| !dot.name.is_empty()) {
        let centre = at(dot.at);
        let text = shorten(&dot.name, SMALL, Weight::Regular, 0.45 * (frame.right - frame.left));
        let wide = width(&text, SMALL, Weight::Regular);
        let hides = |region: &SheetRegion| {
            let out = region.0 < frame.left + 2.0
                || region.2 > frame.right - 2.0
                || region.1 < frame.top + 1.0
                || region.3 > frame.bottom - 1.0;
            let hit = |others: &[SheetRegion]| others.iter().filter(|other| overlap(region, other)).count();
            // Over a whisker is better than over a name or out of the frame.
            100 * usize::from(out) + 10 * hit(&taken) + hit(&whiskers)
        };
        let best = candidates(centre, wide).min_by_key(|(step, region)| (hides(region), *step));
        let Some((step, region)) = best else { continue };
        // Two names upon each other are none.
        if names.iter().any(|name| overlap(&region, name)) {
            continue;
        }
        names.push(region);
        taken.push(region);
        let baseline = (region.1 + region.3) / 2.0 + 4.5;
        let colour = palette::text(dot.colour);
        if step > 7 {
            let near = centre.0.clamp(region.0, region.2);
            let edge = if centre.1 < region.1 { region.1 + 2.0 } else { region.3 - 2.0 };
            let edge = if (region.1..region.3).contains(&centre.1) { centre.1 } else { edge };
            canvas.line(&[centre, (near, edge)], colour, 0.7, &[]);
        }
        canvas.rectangle((region.0, region.1), (region.2, region.3), palette::PAPER, 0.75);
        let face = Face { size: SMALL, weight: Weight::Regular, colour, anchor: Anchor::Start };
        canvas.text(&text, region.0 + 2.0, baseline, face);
    }
}

/// Where a name may stand, the best first: around its value, close to it before further away.
fn candidates(centre: (f64, f64), wide: f64) -> impl Iterator<Item = (usize, SheetRegion)> {
    let (half, gap) = NAME;
    let (right, left, middle) = (gap, -gap - wide - 4.0, -wide / 2.0 - 2.0);
    let places = [1.0, 2.6, 4.2, 5.8].into_iter().flat_map(move |away| {
        let (up, down) = (-(half + gap) * away, (half + gap) * away);
        [
            (right, up),
            (left, up),
            (right, down),
            (left, down),
            (middle, up),
            (middle, down),
            (right, 0.0),
            (left, 0.0),
        ]
    });
    places.enumerate().map(move |(step, (dx, dy))| {
        let (x, y) = (centre.0 + dx, centre.1 + dy);
        (step, (x, y - half, x + wide + 4.0, y + half))
    })
}

fn overlap(a: &SheetRegion, b: &SheetRegion) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}
