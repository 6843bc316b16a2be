//! The same drawing as pixels.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

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

/// The fonts of the pictures, the same on every machine: Noto Sans from within the program, none of the system's.
pub fn fonts() -> Database {
    let mut fonts = Database::new();
    for face in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        fonts.load_font_data(face.to_vec());
    }
    fonts.set_sans_serif_family("Noto Sans");
    fonts
}

/// `svg` as a PNG, twice as large, with its text in `fonts`.
///
/// # Errors
/// When no font is loaded, when `svg` is none, and when its size cannot be drawn.
pub fn png_with(svg: &str, fonts: Database) -> Result<Vec<u8>, ChartError> {
    if fonts.is_empty() {
        return Err(ChartError::NoFont);
    }
    let options =
        Options { fontdb: Arc::new(fonts), font_family: "Noto Sans".to_string(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let (width, height) = (tree.size().width() * SCALE, tree.size().height() * SCALE);
    // Both are positive and far below the largest u32.
    let mut pixels =
        Pixmap::new(width.round() as u32, height.round() as u32).ok_or(ChartError::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| ChartError::Encoding(error.to_string()))
}

/// `svg` as a PNG, twice as large, with its text in Noto Sans.
///
/// # Errors
/// When `svg` is none, and when its size cannot be drawn.
pub fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    png_with(svg, fonts())
}
