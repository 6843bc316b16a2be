//! `repatria check`.

use crate::house::{CAMP, House};

#[test]
fn a_good_file_is_described_on_stdout() {
    let house = House::new();
    let ended = house.good("check camp.toml");
    assert_eq!(ended.err, "");
    insta::assert_snapshot!(ended.out, @r"
    A camp

    2025-01-01 to 2027-01-01: 2 years in steps of a month; 40 replicates, seed 1
    4 cells: 2 places x age (2)

    places      Camp, Home
    moves       Families leave

    People expected in the first twelve months
             207    Families leave  moves.leave

    camp.toml can be run: no warnings.
    ");
}

#[test]
fn warnings_are_drawn_on_stderr() {
    let house = House::empty();
    house.write("fast.toml", &CAMP.replace("0.3 }", "60 }"));
    let ended = house.good("check fast.toml");
    assert!(
        ended.err.contains("warning[fast-for-step]: ") && ended.err.contains("fast.toml:22:21"),
        "{}",
        ended.err
    );
    assert!(ended.out.ends_with("\nfast.toml can be run: 1 warning.\n"), "{}", ended.out);
}

#[test]
fn every_problem_of_a_bad_file_is_said_at_once() {
    let house = House::empty();
    // A misspelt key must not hide the rest.
    let text = CAMP.replace("to = \"home\"", "to = \"hme\"").replace("0.3", "-0.3").replace("seed", "sed");
    house.write("bad.toml", &text);
    let said = [
        "bad.toml:7:1",
        "bad.toml:21:6",
        "no place is called `hme`",
        "bad.toml:22:21",
        "must be 0 or more",
        "3 errors in bad.toml",
    ];
    house.bad("check bad.toml", 2, &said);
    house.write("syntax.toml", "title = \n");
    house.bad("check syntax.toml", 2, &["syntax.toml:1:"]);
    house.bad("check none.toml", 2, &["there is no file `none.toml`"]);
}

#[test]
fn flows_are_in_the_order_of_the_file_and_idle_ones_are_named() {
    let house = House::empty();
    let more = r#"
[arrivals.late]
to = "camp"
who = { age = "adults" }
rate = { per_month = { series = { "2025-01" = 0, "2026-06" = 5 } } }

[births.babies]
at = "camp"
mothers = { age = "adults" }
newborn = { age = "children" }
rate = { per_year = 0.01 }
"#;
    house.write("order.toml", &format!("{CAMP}{more}"));
    let out = house.good("check order.toml").out;
    let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("no {words} in\n{out}"));
    assert!(at("moves.leave") < at("arrivals.late") && at("arrivals.late") < at("births.babies"), "{out}");
    assert!(out.contains("Nobody is moved by arrivals.late\nin that time"), "{out}");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let house = House::new();
    house.write("scenarios/camp.toml", CAMP);
    for line in ["list", "check camp.toml", "explain", "schema", "completions zsh"] {
        let mut child = Command::new(crate::house::program())
            .args(line.split(' '))
            .current_dir(house.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{line}: {said}");
        assert_eq!(said, "", "{line}");
    }
}

#[test]
fn a_rate_over_next_to_nobody_is_reported() {
    let house = House::empty();
    let text = r#"
title = "Seldom at large"
start = "2025-01"
horizon = "2 years"
step = "day"
[places.prison]
kind = "prison"
people = [{ count = 100 }]
[places.at_large]
kind = "at_large"
[moves.escape]
from = "prison"
to = "at_large"
rate = { per_year = 0.02 }
counts_as = "escape"
[moves.recapture]
from = "at_large"
to = "prison"
rate = { half_life = "10 days" }
counts_as = "recapture"
"#;
    house.write("seldom.toml", text);
    let ended = house.good("check seldom.toml");
    let reported = "warning[thin-rate]: the rate of `recapture` is over next to nobody: 0.08 person-years in the first twelve months";
    assert!(ended.err.contains(reported) && ended.err.contains("seldom.toml:20:13"), "{}", ended.err);
    house.write("often.toml", &text.replace("per_year = 0.02", "per_year = 2"));
    assert_eq!(house.good("check often.toml").err, "");
}
