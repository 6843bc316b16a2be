//! Colours that people with any kind of sight tell apart (Okabe and Ito 2008), and what tells them apart in grey.

/// A colour: how much red, green and blue it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// As drawings have it: `#5c5c5c`.
    pub fn hex(self) -> String {
        let Colour(red, green, blue) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Text, axes and the total.
pub const INK: Colour = Colour(0x22, 0x22, 0x22);
/// Secondary text.
pub const GREY: Colour = Colour(0x5c, 0x5c, 0x5c);
/// Lines of the grid.
pub const GRID: Colour = Colour(0xe2, 0xe2, 0xe2);
/// Hatching of a span in which something is paused.
pub const HATCH: Colour = Colour(0xc8, 0xc8, 0xc8);
/// Series that are too many to be told apart.
pub const OTHERS: Colour = Colour(0xc6, 0xc6, 0xc6);
/// The background.
pub const PAPER: Colour = Colour(0xff, 0xff, 0xff);
/// The one series of a panel.
pub const MAIN: Colour = BLUE;
/// Something bad and sudden.
pub const ALARM: Colour = Colour(0xa8, 0x48, 0x00);

const BLUE: Colour = Colour(0x00, 0x72, 0xb2);
const ORANGE: Colour = Colour(0xe6, 0x9f, 0x00);
const GREEN: Colour = Colour(0x00, 0x9e, 0x73);
const YELLOW: Colour = Colour(0xf0, 0xe4, 0x42);
const VERMILLION: Colour = Colour(0xd5, 0x5e, 0x00);
const SKY: Colour = Colour(0x56, 0xb4, 0xe9);
const PURPLE: Colour = Colour(0xcc, 0x79, 0xa7);

/// A contribution to less.
pub const LESS: Colour = BLUE;
/// A contribution to more: lighter than the other, so that they differ in grey.
pub const MORE: Colour = ORANGE;

/// One of a cloud of points, under a line.
pub const CLOUD: Colour = Colour(0x7f, 0xb4, 0xd6);

/// From little to much, 0 to 1: ever darker, so that grey tells it too.
pub fn shade(part: f64) -> Colour {
    between(Colour(0xee, 0xf5, 0xfa), Colour(0x00, 0x3f, 0x66), part)
}

/// From less (-1, blue) through none (white) to more (1, orange). In grey both ends are dark: signs tell them apart.
pub fn leaning(part: f64) -> Colour {
    between(PAPER, if part < 0.0 { BLUE } else { VERMILLION }, part.abs())
}

/// Whether text upon a colour is to be white.
pub fn is_dark(colour: Colour) -> bool {
    0.299 * f64::from(colour.0) + 0.587 * f64::from(colour.1) + 0.114 * f64::from(colour.2) < 140.0
}

fn between(from: Colour, to: Colour, part: f64) -> Colour {
    let part = part.clamp(0.0, 1.0);
    let mixed = |from: u8, to: u8| (f64::from(from) + part * (f64::from(to) - f64::from(from))).round() as u8;
    Colour(mixed(from.0, to.0), mixed(from.1, to.1), mixed(from.2, to.2))
}

/// Lengths of dash and gap in pixels, in turn; empty: solid.
pub type Dash = &'static [f64];

/// A policy's date.
pub const POLICY_DASH: Dash = &[5.0, 3.0];
/// A regime's date.
pub const SWITCH_DASH: Dash = &[7.0, 3.0, 1.5, 3.0];
/// A capacity.
pub const LEVEL_DASH: Dash = &[2.0, 3.0];

/// Each line's colour and dash. Neighbours differ in lightness (L* 46, 71, 58, 61, 53, 70), and where they do not by
/// much, the dashes do. Yellow is left out: a thin yellow line on white is no line.
const LINES: [(Colour, Dash); 6] = [
    (BLUE, &[]),
    (ORANGE, &[8.0, 3.0]),
    (GREEN, &[3.0, 2.5]),
    (PURPLE, &[9.0, 3.0, 2.0, 3.0]),
    (VERMILLION, &[14.0, 4.0]),
    (SKY, &[1.5, 2.5]),
];

/// How many lines of one panel can be told apart.
pub const MOST_LINES: usize = LINES.len();

/// Each area's colour: neighbours differ in lightness (L* 46, 71, 58, 89, 53, 70, 61) and white separates them.
const AREAS: [Colour; 7] = [BLUE, ORANGE, GREEN, YELLOW, VERMILLION, SKY, PURPLE];

/// How many areas can be told apart, "others" among them.
pub const MOST_AREAS: usize = AREAS.len();

/// Colour and dash of the line number `index`.
pub fn line(index: usize) -> (Colour, Dash) {
    LINES[index % LINES.len()]
}

/// Each variant's colour and dashes: a solid line is what the others are compared with. By the dashes alone they can be told
/// apart in print without colour.
const VARIANTS: [(Colour, Dash); MOST_LINES] = [
    (BLUE, &[9.0, 3.0]),
    (ORANGE, &[2.5, 2.5]),
    (GREEN, &[9.0, 3.0, 2.0, 3.0]),
    (PURPLE, &[18.0, 4.0]),
    (VERMILLION, &[5.0, 2.5]),
    (SKY, &[9.0, 2.5, 2.0, 2.5, 2.0, 2.5]),
];

/// Colour and dashes of the variant number `index`.
pub fn variant(index: usize) -> (Colour, Dash) {
    VARIANTS[index % VARIANTS.len()]
}

/// Colour of the area number `index`.
pub fn area(index: usize) -> Colour {
    AREAS[index % AREAS.len()]
}

/// The colour, dark enough to be read on white (a contrast of at least 4.5).
pub fn text(colour: Colour) -> Colour {
    match colour {
        ORANGE => Colour(0x8a, 0x5f, 0x00),
        GREEN => Colour(0x00, 0x76, 0x56),
        YELLOW => Colour(0x75, 0x6d, 0x00),
        VERMILLION => ALARM,
        SKY => Colour(0x1b, 0x70, 0xa2),
        PURPLE => Colour(0x9c, 0x4c, 0x78),
        OTHERS => GREY,
        colour => colour,
    }
}
