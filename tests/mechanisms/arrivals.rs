//! Arrivals: destinations, splits, tables; dispersed counts, convoys, series in files.

use repatria::internals::engine::compile;
use repatria::internals::ensemble::expect;
use repatria::internals::model::Mechanism;
use repatria::internals::scenario::{self, Source};

use crate::support::{at, expected, flow, run};
use crate::{cell, equal, monthly, near, per_step, rounded};

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

/// Arrivals to a camp that nobody leaves.
fn camp(step: &str, arrivals: &str) -> String {
    format!(
        "title = \"Test\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"{step}\"\n\
         [places.camp]\nkind = \"camp\"\n[arrivals.raids]\nto = \"camp\"\n{arrivals}\n"
    )
}

#[test]
fn dispersed_counts_do_not_depend_on_the_step() {
    let arrivals = "rate = { per_month = 30 }\ndispersion = 3";
    for step in ["day", "month", "year"] {
        let summary = run(&camp(step, arrivals), 3_000);
        // Mean 360, variance 3 x 360; of a negative binomial the excess kurtosis is 6 / r + 1 / variance, with r = 180.
        let year = *at(&summary, 0).points.last().unwrap();
        let days = if step == "day" { 365.0 / 365.25 } else { 1.0 };
        near(step, year, 360.0 * days, (1080.0 * days).sqrt(), 6.0 / 180.0);
    }
    equal(&[at(&expected(&camp("month", arrivals)), 0).points[12].mean], &[360.0]);
}

#[test]
fn dispersion_one_is_a_poisson_count() {
    let summary = run(&camp("month", "rate = { per_month = 30 }\ndispersion = 1"), 3_000);
    near("Poisson", at(&summary, 0).points[12], 360.0, 360.0_f64.sqrt(), 1.0 / 360.0);
}

#[test]
fn convoys_come_whole() {
    let convoys = |size: &str| camp("month", &format!("rate = {{ per_month = 2 }}\nconvoy = {size}"));
    // The variance of a Poisson sum is its mean number times the mean square of a convoy; its excess kurtosis is that of
    // sizes, E S^4 / (24 (E S^2)^2).
    let [mean, square] = rounded(40.0, 15.0, 1.0);
    for (size, mean, square, fourth) in [
        ("20", 20.0, 400.0_f64, 160_000.0),
        ("{ mean = 40, sd = 15 }", mean, square, 4_871_875.0),
        ("{ table = { \"20\" = 0.5, \"60\" = 0.5 } }", 40.0, 2000.0, 6_560_000.0),
    ] {
        let year = at(&run(&convoys(size), 3_000), 0).points[12];
        near(size, year, 24.0 * mean, (24.0 * square).sqrt(), fourth / (24.0 * square * square));
        equal(&[at(&expected(&convoys(size)), 0).points[12].mean], &[24.0 * mean]);
    }
    for replicate in 0..50 {
        let one = crate::one_replicate(&convoys("20"), replicate);
        assert!(at(&one, 0).points.iter().all(|people| people.mean % 20.0 == 0.0));
    }
}

#[test]
fn nobody_is_no_convoy() {
    // One person, give or take two: 1.7895 on average, as every convoy has somebody; whatever the step.
    let [mean, square] = rounded(1.0, 2.0, 1.0);
    assert!((mean - 1.78951).abs() < 5e-6 && (square - 4.62069).abs() < 5e-6);
    for (step, horizon) in [("day", 365.0 / 365.25), ("month", 1.0), ("year", 1.0)] {
        let text = camp(step, "rate = { per_year = 300 }\nconvoy = { mean = 1, sd = 2 }");
        let (summary, means) = (run(&text, 2_000), expected(&text));
        let convoys: f64 = 300.0 * horizon;
        let end = *at(&summary, 0).points.last().unwrap();
        near(step, end, convoys * mean, (convoys * square).sqrt(), 0.02);
        equal(&[at(&means, 0).points.last().unwrap().mean], &[convoys * mean]);
    }
    // So many in one step that they are not drawn one by one.
    let text = camp("year", "rate = { per_year = 12000 }\nconvoy = { mean = 1, sd = 2 }");
    near("many", at(&run(&text, 2_000), 0).points[1], 12000.0 * mean, (12000.0 * square).sqrt(), 0.0);
}

#[test]
fn shares_divide_a_convoy() {
    let text = monthly(
        "1 month",
        &format!(
            r#"{GROUPS}
[arrivals.convoys]
to = [{{ place = "camp", share = 0.25 }}, {{ place = "prison", share = 0.75 }}]
who = {{ sex = "men", origin = "a" }}
rate = {{ per_month = 6 }}
convoy = 10
"#
        ),
    );
    let summary = run(&text, 3_000);
    // Of N convoys of 10: the variance of a part p is 6 (10 p (1 - p) + 100 p^2).
    for (place, share) in [(0, 0.25), (1, 0.75)] {
        let variance: f64 = 6.0 * (10.0 * share * (1.0 - share) + 100.0 * share * share);
        near("part", at(&summary, place).points[1], 60.0 * share, variance.sqrt(), 0.3);
    }
}

#[test]
fn a_table_of_rates_makes_convoys_of_each_value() {
    let text = monthly(
        "1 month",
        &format!(
            r#"{GROUPS}
[arrivals.convoys]
to = "camp"
who = {{ sex = "men" }}
split = {{ by = "origin", shares = {{ a = 0.5, b = 0.5 }} }}
rate = {{ per_month = {{ by = "origin", values = {{ a = 2, b = 5 }} }} }}
convoy = 3
"#
        ),
    );
    let means = expected(&text);
    equal(&[[0, 0], [1, 0]].map(|values| cell(&means, 0, &values, 1).mean), &[6.0, 15.0]);
}

#[test]
fn a_series_may_stand_in_a_file() {
    let text = camp("month", "rate = { per_month = { series = \"arrivals.csv\" } }\nconvoy = 2");
    let read = |rows: &str| {
        let source = Source::new("test.toml", text.clone()).with_file("arrivals.csv", rows);
        scenario::baseline(&source)
            .map(|(model, warnings)| (expect(&compile(&model)).unwrap(), warnings.len()))
    };
    // Rows before the start and after the end are let be; the last one before the start holds from it.
    let rows = "date,value\n2020-01,99\n2024-06-15,5\n2025-04,10\n2025-06,0\n2031-01,1e6\n";
    let (summary, warnings) = read(rows).unwrap();
    equal(&per_step(&summary, Mechanism::Arrival(0))[..6], &[10.0, 10.0, 10.0, 20.0, 20.0, 0.0]);
    assert_eq!(warnings, 1, "only that nobody ever leaves");
    for (rows, message) in [
        (
            "date,value\n2025-04,10\n2025-03,10\n",
            "line 3, column 1 (`date`) of `arrivals.csv`: 2025-03 does not come after",
        ),
        ("date,value\n2025-04,ten\n", "line 2, column 2 (`value`) of `arrivals.csv`: `ten` is not a number"),
        ("date,value\nApril,10\n", "line 2, column 1 (`date`) of `arrivals.csv`: `April` has no year"),
        ("date,value\n2025-04,-1\n", "is -1"),
        ("date,value\n2035-04,1\n", "no number within the horizon"),
        ("day,value\n2035-04,1\n", "no column `date`"),
    ] {
        let problems = read(rows).expect_err(rows);
        let said = problems.iter().any(|problem| problem.message.contains(message));
        assert!(said, "{problems:#?}");
    }
}
