//! Births.

use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{cell, equal, monthly, near, per_step};

fn camp(births: &str, more: &str) -> String {
    monthly(
        "3 months",
        &format!(
            r#"
[dimensions]
origin = ["a", "b"]
age = ["man", "woman", "boy", "girl"]
[places.camp]
kind = "camp"
people = [{{ who = {{ origin = "a", age = "woman" }}, count = 1000 }}, {{ who = {{ origin = "b", age = "woman" }}, count = 500 }}, {{ who = {{ origin = "a", age = "man" }}, count = 700 }}]
[births.b]
at = "camp"
mothers = {{ age = "woman" }}
{births}
{more}
"#
        ),
    )
}

#[test]
fn newborns_have_their_mothers_other_values() {
    let text = camp(
        "newborn = [{ age = \"boy\", share = 0.51 }, { age = \"girl\", share = 0.49 }]\nrate = { per_month = 0.01 }",
        "",
    );
    let (means, summary) = (expected(&text), run(&text, 2_000));
    for (values, known) in [([0, 2], 15.3), ([0, 3], 14.7), ([1, 2], 7.65), ([1, 3], 7.35)] {
        equal(&[cell(&means, 0, &values, 3).mean], &[known]);
        near("newborns", cell(&summary, 0, &values, 3), known, known.sqrt(), 1.0 / known);
    }
    // Boys and girls of a Poisson count are independent.
    near("all", flow(&summary, Mechanism::Birth(0)).to_date[2], 45.0, 45f64.sqrt(), 1.0 / 45.0);
    equal(&[cell(&means, 0, &[0, 0], 3).mean, cell(&means, 0, &[0, 1], 3).mean], &[700.0, 1000.0]);
}

#[test]
fn rates_of_births_by_mothers() {
    let births = "newborn = { age = \"girl\" }\nrate = { per_month = 0.01, times = { by = \"origin\", values = { a = 1, b = 3 } } }";
    let means = expected(&camp(births, ""));
    equal(&[cell(&means, 0, &[0, 3], 3).mean, cell(&means, 0, &[1, 3], 3).mean], &[30.0, 45.0]);
}

#[test]
fn a_newborn_written_twice_is_one_newborn() {
    let births = "newborn = [{ age = \"boy\", share = 0.5 }, { age = \"boy\", share = 0.5 }]\nrate = { per_month = 0.05 }";
    let summary = run(&camp(births, ""), 2_000);
    near("boys", cell(&summary, 0, &[0, 2], 1), 50.0, 50f64.sqrt(), 0.02);
}

#[test]
fn mothers_who_leave_bear_for_as_long_as_they_stay() {
    let more = "[places.home]\nkind = \"community\"\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nwho = { age = \"woman\" }\nrate = { per_month = 2 }\n";
    let means = expected(&camp("newborn = { age = \"girl\" }\nrate = { per_month = 0.1 }", more));
    // The mean presence of somebody who leaves at 2 a month is (1 - exp(-2)) / 2 of the first month.
    equal(&per_step(&means, Mechanism::Birth(0))[..1], &[1500.0 * 0.1 * -libm::expm1(-2.0) / 2.0]);
}

#[test]
fn mothers_who_come_bear_for_the_rest_of_the_step() {
    let text = monthly(
        "1 month",
        r#"
[dimensions]
age = ["woman", "girl"]
[places.camp]
kind = "camp"
[places.home]
kind = "community"
[arrivals.a]
to = "camp"
who = { age = "woman" }
rate = { per_month = 1000 }
[births.b]
at = "camp"
mothers = { age = "woman" }
newborn = { age = "girl" }
rate = { per_month = 0.1 }
[moves.leave]
from = "camp"
to = "home"
who = { age = "woman" }
rate = { per_month = 2 }
"#,
    );
    // Who comes at a uniform moment and leaves at 2 a month is there for (2 - 1 + exp(-2)) / 2^2 of the month; who never
    // leaves, for half of it.
    let means = expected(&text);
    equal(&per_step(&means, Mechanism::Birth(0)), &[100.0 * (1.0 + libm::exp(-2.0)) / 4.0]);
    let nobody_leaves = expected(&text.replace("per_month = 2 }", "per_month = 0 }"));
    equal(&per_step(&nobody_leaves, Mechanism::Birth(0)), &[50.0]);
}

#[test]
fn newborns_who_are_mothers_bear_for_the_rest_of_the_step() {
    let text = monthly(
        "1 month",
        "[places.camp]\nkind = \"camp\"\npeople = [{ count = 1000 }]\n[births.b]\nat = \"camp\"\nrate = { per_month = 0.1 }\n",
    );
    equal(&[at(&expected(&text), 0).points[1].mean], &[1000.0 + 100.0 + 100.0 * 0.1 / 2.0]);
}

#[test]
fn nobody_is_born_without_mothers() {
    let text = camp("newborn = { age = \"girl\" }\nrate = { per_month = 1000 }", "")
        .replace("age = \"woman\" }, count", "age = \"man\" }, count");
    let text = text.replace("{ who = { origin = \"a\", age = \"man\" }, count = 700 }", "");
    equal(&per_step(&expected(&text), Mechanism::Birth(0)), &[0.0; 3]);
}
