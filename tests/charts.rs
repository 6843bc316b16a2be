//! Charts: well-formed, readable by everybody, whatever the numbers and the names.

#[path = "support/chart_fixture.rs"]
mod chart_fixture;

use chart_fixture::Shape;
use repatria::output::chart::{self, Chart};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

fn draw(shape: &Shape) -> Vec<Chart> {
    let model = chart_fixture::model(shape);
    let summary = chart_fixture::summary(shape, &model);
    chart::draw_all(&model, &summary)
}

/// Pictures to look at, in `target/tmp/charts`.
#[test]
fn pictures_to_look_at() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    fs_err::create_dir_all(&folder).unwrap();
    for chart in draw(&Shape::readme()) {
        fs_err::write(folder.join(format!("{}.svg", chart.name)), &chart.svg).unwrap();
        let png = chart::png(&chart.svg).unwrap();
        fs_err::write(folder.join(format!("{}.png", chart.name)), &png).unwrap();
        fs_err::write(folder.join(format!("{}-grey.png", chart.name)), grey(&png)).unwrap();
    }
}

/// The picture as a black and white printer shows it.
fn grey(png: &[u8]) -> Vec<u8> {
    let mut pixels = Pixmap::decode_png(png).unwrap();
    for pixel in pixels.pixels_mut() {
        let luma = (0.299 * f64::from(pixel.red())
            + 0.587 * f64::from(pixel.green())
            + 0.114 * f64::from(pixel.blue()))
        .round() as u8;
        *pixel = PremultipliedColorU8::from_rgba(luma, luma, luma, 255).unwrap();
    }
    pixels.encode_png().unwrap()
}
