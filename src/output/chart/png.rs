//! The same drawing as pixels.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use super::other_fonts::{self, glyphs};
use super::{font, text};

/// Pixels of the PNG for each pixel of the SVG.
pub const SCALE: f32 = 2.0;

/// What can go wrong when a chart becomes a picture.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The font is missing: every text would be.
    #[error("no font is loaded: the picture would have no text")]
    NoFont,
    /// The SVG cannot be read.
    #[error("the SVG cannot be read: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// It is empty or too large for memory.
    #[error("no picture of {0} x {1} pixels can be made")]
    Size(f32, f32),
    /// The pixels cannot be written.
    #[error("the picture cannot be encoded: {0}")]
    Encoding(String),
}

/// A chart as pixels, as far as there are fonts for its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PixelImage {
    /// The PNG; `None` where letters are lacking: words of boxes, or without some of their letters, tell nothing.
    pub png: Option<Vec<u8>>,
    /// The characters that no font has, each once. Signs that are no letters are left out of the picture.
    pub lacking: Vec<char>,
}

/// The fonts of the pictures, the same on every machine: Noto Sans from within the program, none of the system's.
pub fn fonts() -> Database {
    let mut fonts = Database::new();
    for file in font::FILES {
        fonts.load_font_data(file.to_vec());
    }
    fonts.set_sans_serif_family(font::FAMILY);
    fonts
}

/// Our fonts and, after them, those of the machine: read once.
fn with_those_of_the_machine() -> Arc<Database> {
    static ALL: OnceLock<Arc<Database>> = OnceLock::new();
    let read = || {
        let mut all = fonts();
        all.load_system_fonts();
        Arc::new(all)
    };
    ALL.get_or_init(read).clone()
}

/// `svg` as a PNG, twice as large. Its text is in `own` fonts and, only where these lack any of its letters, in `all`: so text
/// that our fonts have is the same to the byte whatever others there are.
///
/// # Errors
/// When no font is loaded, when `svg` is none, and when its size cannot be drawn.
pub fn picture_with(
    svg: &str,
    own: Database,
    all: impl FnOnce() -> Arc<Database>,
) -> Result<PixelImage, ChartError> {
    if own.is_empty() {
        return Err(ChartError::NoFont);
    }
    let tree = read(svg, Arc::new(own))?;
    let others = lacking(&tree);
    if others.is_empty() {
        return Ok(PixelImage { png: Some(encode(&tree)?), lacking: Vec::new() });
    }
    let all = all();
    let svg = other_fonts::named(svg, &others, &all);
    let tree = read(&svg, all.clone())?;
    let lacking = lacking(&tree);
    if lacking.iter().any(|letter| letter.is_alphanumeric()) {
        return Ok(PixelImage { png: None, lacking });
    }
    let tree = match lacking.is_empty() {
        true => tree,
        false => read(&svg.replace(lacking.as_slice(), " "), all)?,
    };
    Ok(PixelImage { png: Some(encode(&tree)?), lacking })
}

/// `svg` as a PNG, twice as large, with its text in Noto Sans; letters that it has not are in fonts of the machine.
///
/// # Errors
/// When `svg` is none, and when its size cannot be drawn.
pub fn picture(svg: &str) -> Result<PixelImage, ChartError> {
    picture_with(svg, fonts(), with_those_of_the_machine)
}

fn read(svg: &str, fonts: Arc<Database>) -> Result<Tree, ChartError> {
    let options = Options { fontdb: fonts, font_family: font::FAMILY.to_string(), ..Options::default() };
    Ok(Tree::from_str(svg, &options)?)
}

fn encode(tree: &Tree) -> Result<Vec<u8>, ChartError> {
    let (width, height) = (tree.size().width() * SCALE, tree.size().height() * SCALE);
    // Both are positive and far below the largest u32.
    let mut pixels =
        Pixmap::new(width.round() as u32, height.round() as u32).ok_or(ChartError::Size(width, height))?;
    resvg::render(tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| ChartError::Encoding(error.to_string()))
}

/// The characters that are drawn as the sign for a character that a font lacks: its first glyph.
fn lacking(tree: &Tree) -> Vec<char> {
    let missing = glyphs(tree).into_iter().filter(|glyph| glyph.id.0 == 0);
    let letters = missing.flat_map(|glyph| glyph.text.chars());
    let mut letters: Vec<char> =
        letters.filter(|letter| !letter.is_whitespace() && !text::is_unseen(*letter)).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}
