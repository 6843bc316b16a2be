//! The font that is within the program, Noto Sans, and how wide its letters are.
//!
//! Its files are named here and nowhere else: pictures are drawn with it, and texts are measured by its own tables.

use std::sync::OnceLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::weight::Weight;

/// The name of its family.
#[cfg(feature = "png")]
pub const FAMILY: &str = "Noto Sans";

/// Its files, each with all letters of one weight.
pub const FILES: [&[u8]; 2] = [notosans::REGULAR_TTF, notosans::BOLD_TTF];

/// The letters of one weight.
struct Letters {
    glyphs: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f64,
}

impl Letters {
    fn read(file: &'static [u8]) -> Option<Letters> {
        let font = FontRef::new(file).ok()?;
        let units_per_em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        Some(Letters {
            glyphs: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units_per_em: f64::from(units_per_em),
        })
    }
}

/// The width of a letter in thousandths of the font size, to the nearest; `None` where the font has no such letter.
pub fn advance(letter: char, weight: Weight) -> Option<f64> {
    static REGULAR: OnceLock<Option<Letters>> = OnceLock::new();
    static BOLD: OnceLock<Option<Letters>> = OnceLock::new();
    let letters = match weight {
        Weight::Regular => REGULAR.get_or_init(|| Letters::read(FILES[0])),
        Weight::Bold => BOLD.get_or_init(|| Letters::read(FILES[1])),
    };
    let letters = letters.as_ref()?;
    let glyph = letters.glyphs.map(letter)?;
    let units = f64::from(letters.metrics.advance_width(glyph)?);
    Some((1000.0 * units / letters.units_per_em).round())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read off the font with another program.
    #[test]
    fn letters_are_as_wide_as_the_font_says() {
        for (letter, regular, bold) in [(' ', 260.0, 260.0), ('W', 930.0, 967.0), ('~', 572.0, 572.0)] {
            assert_eq!(advance(letter, Weight::Regular), Some(regular));
            assert_eq!(advance(letter, Weight::Bold), Some(bold));
        }
        assert_eq!(advance('±', Weight::Regular), Some(572.0));
        assert_eq!(advance('字', Weight::Regular), None);
    }
}
