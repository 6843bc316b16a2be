//! Ageing.

use repatria::internals::model::Mechanism;

use crate::support::{expected, run};
use crate::{cell, equal, monthly, near, per_step};

fn text(more: &str) -> String {
    monthly(
        "1 month",
        &format!(
            r#"
[dimensions]
age = ["child", "man", "woman"]
[places.camp]
kind = "camp"
people = [{{ who = {{ age = "child" }}, count = 1000 }}]
[places.home]
kind = "community"
people = [{{ who = {{ age = "child" }}, count = 500 }}]
[places.prison]
kind = "prison"
[places.died]
kind = "end"
people = [{{ who = {{ age = "child" }}, count = 100 }}]
[ageing.turning_18]
who = {{ age = "child" }}
becomes = [{{ age = "man", share = 0.4 }}, {{ age = "woman", share = 0.6 }}]
rate = {{ monthly_probability = 0.1 }}
{more}
"#
        ),
    )
}

fn ages(text: &str, place: usize) -> [f64; 3] {
    let means = expected(text);
    [0, 1, 2].map(|age| cell(&means, place, &[age], 1).mean)
}

#[test]
fn everybody_ages_but_the_dead() {
    let text = text("");
    equal(&ages(&text, 0), &[900.0, 40.0, 60.0]);
    equal(&ages(&text, 1), &[450.0, 20.0, 30.0]);
    equal(&ages(&text, 3), &[100.0, 0.0, 0.0]);
    equal(&per_step(&expected(&text), Mechanism::Ageing(0)), &[150.0]);
    near("women", cell(&run(&text, 2_000), 0, &[2], 1), 60.0, (60.0 * 0.94f64).sqrt(), 0.0);
}

#[test]
fn ageing_may_be_at_a_place_and_lead_to_another() {
    let text =
        text("at = \"camp\"\nto = [{ place = \"prison\", share = 0.5 }, { place = \"home\", share = 0.5 }]");
    equal(&ages(&text, 0), &[900.0, 0.0, 0.0]);
    equal(&ages(&text, 1), &[500.0, 20.0, 30.0]);
    equal(&ages(&text, 2), &[0.0, 20.0, 30.0]);
}

#[test]
fn ageing_competes_with_moves() {
    let more = "[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = { per_month = 0.3 }\n";
    let text = text(more).replace("monthly_probability = 0.1", "per_month = 0.1");
    let (left, shares) = (1000.0 * -libm::expm1(-0.4), [0.75, 0.25]);
    let means = expected(&text);
    equal(&[cell(&means, 0, &[0], 1).mean], &[1000.0 - left]);
    equal(&per_step(&means, Mechanism::Move(0))[..1], &[left * shares[0] + moved_on(left * shares[1])]);

    /// Of those who aged in the step some then leave within it.
    fn moved_on(aged: f64) -> f64 {
        aged * (1.0 + libm::expm1(-0.3) / 0.3)
    }
}
