//! The font of the pictures, Noto Sans, and how wide its letters are.
//!
//! Its files are named here and nowhere else. Texts are measured by a table of widths, so that charts as SVG need no font: its two
//! files have 400 kB, which every page would carry. A test holds the table against the font.

use std::sync::OnceLock;

use super::weight::Weight;

/// The name of its family.
#[cfg(feature = "png")]
pub const FAMILY: &str = "Noto Sans";

/// Its files, each with all letters of one weight.
#[cfg(feature = "png")]
pub const FILES: [&[u8]; 2] = [notosans::REGULAR_TTF, notosans::BOLD_TTF];

/// The widths of all its letters in thousandths of the font size, to the nearest.
///
/// A line is the first letter's number (hexadecimal), then the width of each letter from there on: `regular/bold`, or one number where
/// both are the same, and `*n` behind what `n` letters share.
const WIDTHS: &str = include_str!("widths.txt");

/// A letter's number and its widths, regular and bold.
type LetterWidths = (u32, [u16; 2]);

/// The width of a letter in thousandths of the font size, to the nearest; `None` where the font has no such letter.
pub fn advance(letter: char, weight: Weight) -> Option<f64> {
    static LETTERS: OnceLock<Vec<LetterWidths>> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| WIDTHS.lines().flat_map(letters_of).collect());
    let at = letters.binary_search_by_key(&u32::from(letter), |(number, _)| *number).ok()?;
    let [regular, bold] = letters[at].1;
    Some(f64::from(match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
    }))
}

/// The letters of a line of the table.
fn letters_of(line: &str) -> impl Iterator<Item = LetterWidths> {
    let mut words = line.split(' ');
    let first = words.next().and_then(|number| u32::from_str_radix(number, 16).ok());
    let widths = words.flat_map(|word| {
        let (both, times) = word.split_once('*').unwrap_or((word, "1"));
        let (regular, bold) = both.split_once('/').unwrap_or((both, both));
        let widths = [regular, bold].map(|width| width.parse().unwrap_or(0));
        std::iter::repeat_n(widths, times.parse().unwrap_or(0))
    });
    first.into_iter().flat_map(|first| first..).zip(widths)
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

    /// A font that changes says here which letters have other widths.
    #[cfg(feature = "png")]
    #[test]
    fn the_table_has_every_letter_of_the_font_as_wide_as_it_is() {
        use skrifa::instance::{LocationRef, Size};
        use skrifa::{FontRef, MetadataProvider};

        for (file, weight) in FILES.into_iter().zip([Weight::Regular, Weight::Bold]) {
            let font = FontRef::new(file).unwrap();
            let whole = LocationRef::default();
            let units_per_em = f64::from(font.metrics(Size::unscaled(), whole).units_per_em);
            let (glyphs, widths) = (font.charmap(), font.glyph_metrics(Size::unscaled(), whole));
            let mut letters = 0;
            for letter in '\0'..=char::MAX {
                let units = glyphs.map(letter).map(|glyph| f64::from(widths.advance_width(glyph).unwrap()));
                letters += usize::from(units.is_some());
                let width = units.map(|units| (1000.0 * units / units_per_em).round());
                assert_eq!(advance(letter, weight), width, "U+{:04X}, {weight:?}", u32::from(letter));
            }
            assert_eq!(letters, 2187);
        }
    }
}
