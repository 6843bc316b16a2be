//! Arrivals: destinations, splits, tables.

use repatria::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{cell, equal, monthly, near};

const GROUPS: &str = r#"
[dimensions]
origin = ["a", "b"]
sex = ["men", "women"]
[places.camp]
kind = "camp"
[places.prison]
kind = "prison"
"#;

#[test]
fn destinations_and_splits_multiply() {
    let text = monthly(
        "1 month",
        &format!(
            r#"{GROUPS}
[arrivals.intake]
to = [{{ place = "camp", share = 0.25 }}, {{ place = "prison", share = 0.75 }}]
split = [{{ by = "sex", shares = {{ men = 0.6, women = 0.4 }} }}, {{ by = "origin", shares = {{ a = 0.1, b = 0.9 }} }}]
rate = {{ per_month = 400 }}
"#
        ),
    );
    let (means, summary) = (expected(&text), run(&text, 2_000));
    for (place, of_place) in [(0, 0.25), (1, 0.75)] {
        for (origin, of_origin) in [(0, 0.1), (1, 0.9)] {
            for (sex, of_sex) in [(0, 0.6), (1, 0.4)] {
                let mean = 400.0 * of_place * of_origin * of_sex;
                equal(&[cell(&means, place, &[origin, sex], 1).mean], &[mean]);
                near("cell", cell(&summary, place, &[origin, sex], 1), mean, mean.sqrt(), 1.0 / mean);
            }
        }
    }
    // Parts of a Poisson stream are independent: the sum has the variance of a Poisson count.
    near("all", flow(&summary, Mechanism::Arrival(0)).per_step[0], 400.0, 20.0, 0.0);
}

#[test]
fn a_table_says_how_many_of_each_value() {
    let text = monthly(
        "1 month",
        &format!(
            r#"{GROUPS}
[arrivals.intake]
to = "camp"
split = [{{ by = "sex", shares = {{ men = 0.3, women = 0.7 }} }}, {{ by = "origin", shares = {{ a = 0.5, b = 0.5 }} }}]
rate = {{ per_month = {{ by = "origin", values = {{ a = 10, b = 40 }} }} }}
"#
        ),
    );
    let means = expected(&text);
    let found = [[0, 0], [0, 1], [1, 0], [1, 1]].map(|values| cell(&means, 0, &values, 1).mean);
    equal(&found, &[3.0, 7.0, 12.0, 28.0]);
}

#[test]
fn a_place_named_twice_is_one_place() {
    let text = monthly(
        "1 month",
        r#"
[places.camp]
kind = "camp"
[arrivals.intake]
to = [{ place = "camp", share = 0.5 }, { place = "camp", share = 0.5 }]
rate = { per_month = 100 }
"#,
    );
    near("both halves", at(&run(&text, 2_000), 0).points[1], 100.0, 10.0, 0.01);
}
