//! People at the start, spread by shares.

use crate::support::{expected, run};
use crate::{always, cell, equal, monthly};

fn text(count: &str, splits: &str) -> String {
    monthly(
        "1 month",
        &format!(
            r#"
[dimensions]
origin = ["a", "b"]
age = ["x", "y", "z"]
[places.camp]
kind = "camp"
people = [{{ count = {count}, split = {splits} }}]
"#
        ),
    )
}

const CELLS: [[usize; 2]; 6] = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]];

#[test]
fn two_splits_multiply() {
    let splits = "[{ by = \"origin\", shares = { a = 0.6, b = 0.4 } }, { by = \"age\", shares = { x = 0.3, y = 0.2, z = 0.5 } }]";
    let summary = run(&text("100", splits), 3);
    for (values, known) in CELLS.iter().zip([18.0, 12.0, 30.0, 12.0, 8.0, 20.0]) {
        always(cell(&summary, 0, values, 0), known);
    }
}

#[test]
fn what_is_missing_goes_to_the_largest_remainders() {
    // 103 people: 18.54, 12.36, 30.9, 12.36, 8.24, 20.6. Three are missing from the floors: 0.9, 0.6 and 0.54 get them.
    let splits = "[{ by = \"age\", shares = { x = 0.3, y = 0.2, z = 0.5 } }, { by = \"origin\", shares = { a = 0.6, b = 0.4 } }]";
    let whole = run(&text("103", splits), 3);
    for (values, known) in CELLS.iter().zip([19.0, 12.0, 31.0, 12.0, 8.0, 21.0]) {
        always(cell(&whole, 0, values, 0), known);
    }
    let fractional = expected(&text("103", splits));
    let found: Vec<f64> = CELLS.iter().map(|values| cell(&fractional, 0, values, 0).mean).collect();
    equal(&found, &[18.54, 12.36, 30.9, 12.36, 8.24, 20.6]);
}

#[test]
fn equal_remainders_go_by_the_order_of_the_file() {
    let text = monthly(
        "1 month",
        "[dimensions]\nage = [\"x\", \"y\", \"z\"]\n[places.camp]\nkind = \"camp\"\npeople = [{ count = 10, split = { by = \"age\", shares = { z = 0.25, x = 0.25, y = 0.5 } } }]\n",
    );
    let summary = run(&text, 2);
    for (age, known) in [2.0, 5.0, 3.0].into_iter().enumerate() {
        always(cell(&summary, 0, &[age], 0), known);
    }
}
