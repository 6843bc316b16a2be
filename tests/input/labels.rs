//! Values of dimensions with names for people.

use std::process::Command;

const SCENARIO: &str = r#"title = "Test"
start = "2025-01"
horizon = "2 years"
step = "month"
replicates = 20
[dimensions]
age = [{ name = "adults", label = "18+" }, { name = "children", label = "0–17" }]
sex = ["men", "women"]
[places.camp]
kind = "camp"
people = [{ count = 1000, split = [{ by = "age", shares = { adults = 0.4, children = 0.6 } }, { by = "sex", shares = { men = 0.5, women = 0.5 } }] }]
[places.home]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = { per_year = 0.2 }
counts_as = "return"
"#;

/// Charts have the label, tables and addresses the name, and the package says which is which.
#[test]
fn charts_have_labels_and_tables_names() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("labels.toml");
    fs_err::write(&scenario, SCENARIO).unwrap();
    let out = folder.path().join("out");
    let done = Command::new(env!("CARGO_BIN_EXE_repatria"))
        .args(["run", "--quiet", "--charts", "svg", "--out"])
        .args([&out, &scenario])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let file = |name: &str| fs_err::read_to_string(out.join(name)).unwrap();
    for chart in ["composition_by_age.svg", "return_to_date.svg", "return_rate.svg"] {
        let chart_text = fs_err::read_to_string(out.join(chart)).unwrap_or_default();
        if chart_text.contains("by sex") {
            continue;
        }
        assert!(chart_text.contains("18+") && chart_text.contains("0–17"), "{chart}: {chart_text}");
        assert!(!chart_text.contains("Adults"), "{chart}");
    }
    assert!(file("composition_by_sex.svg").contains("Women"));
    let people = file("people.csv");
    assert!(people.contains(",adults,") && !people.contains("18+"));
    assert!(file("datapackage.json").contains("For people: adults is 18+, children is 0–17."));
}

/// Without labels nothing is different.
#[test]
fn names_alone_are_as_good() {
    use repatria::internals::scenario::{Source, load};
    let plain = SCENARIO.replace(
        "[{ name = \"adults\", label = \"18+\" }, { name = \"children\", label = \"0–17\" }]",
        "[\"adults\", { name = \"children\" }]",
    );
    let model = load(&Source::new("test.toml", plain)).unwrap().0.baseline;
    assert_eq!(model.groups.dimensions[0].values, ["adults", "children"]);
    assert_eq!((model.groups.dimensions[0].label(0), model.groups.dimensions[0].label(1)), (None, None));
}
