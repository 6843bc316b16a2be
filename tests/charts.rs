//! Charts: well-formed, readable by everybody, whatever the numbers and the names.

#[path = "support/chart_fixture.rs"]
mod chart_fixture;

use chart_fixture::Shape;
use repatria::output::chart::{self, Chart};

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
    }
}
