//! Several changes of one number.

use repatria::internals::model::Mechanism;

use crate::support::{expected, run};
use crate::{always, equal, flow, monthly, per_step};

/// Seats of 10, changed by whatever is written: the people flown in each month, the same with and without chance.
#[track_caller]
fn seats(months: u32, changes: &str, known: &[f64]) {
    let text = monthly(
        &format!("{months} months"),
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = 100000 }}]\n[places.home]\nkind = \"community\"\n[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\noccasions = {{ every = \"1 month\" }}\nseats = {{ mean = 10, sd = 0 }}\n{changes}"
        ),
    );
    equal(&per_step(&expected(&text), Mechanism::Programme(0)), known);
    let summary = run(&text, 3);
    for (step, known) in known.iter().enumerate() {
        always(flow(&summary, Mechanism::Programme(0)).per_step[step], *known);
    }
}

/// The number itself: a multiplication of all `seats` would act on a factor of its own, and meet no set.
const SEATS: &str = "field = \"programmes.flights.seats.mean\"";

fn policy(name: &str, change: &str) -> String {
    format!("[policies.{name}]\nchanges = [{{ {SEATS}, {change} }}]\n")
}

/// A regime that is in `on` throughout.
fn regime(name: &str, changes: &[&str]) -> String {
    let changes: Vec<String> = changes.iter().map(|change| format!("{{ {SEATS}, {change} }}")).collect();
    format!(
        "[regimes.{name}]\nstates = [\"off\", \"on\"]\ninitial = \"on\"\nswitches = [{{ from = \"on\", to = \"off\", rate = {{ per_year = 0 }} }}]\n[regimes.{name}.in.on]\nchanges = [{}]\n",
        changes.join(", ")
    )
}

/// A shock on the first day, with an aftermath.
fn shock(name: &str, changes: &[&str]) -> String {
    let changes: Vec<String> =
        changes.iter().map(|change| format!("{{ {SEATS}, {change}, lasts = \"1 month\" }}")).collect();
    format!(
        "[shocks.{name}]\nat = \"camp\"\nto = \"home\"\non = \"2025-01\"\nshare = 0\nthen = [{}]\n",
        changes.join(", ")
    )
}

#[test]
fn sets_come_before_multiplications_whatever_the_order_of_the_file() {
    seats(1, &(policy("p", "times = 3") + &policy("q", "set = 7")), &[21.0]);
    seats(1, &(regime("r", &["set = 7"]) + &policy("p", "times = 3")), &[21.0]);
    seats(2, &(shock("s", &["set = 7"]) + &policy("p", "times = 3")), &[30.0, 21.0]);
}

#[test]
fn the_later_set_is_the_regime_and_then_the_aftermath() {
    let all = shock("s", &["set = 5"]) + &regime("r", &["set = 6"]) + &policy("p", "set = 7");
    seats(3, &all, &[6.0, 5.0, 6.0]);
    seats(1, &(policy("p", "set = 7") + &policy("q", "set = 8")), &[8.0]);
}

#[test]
fn multiplications_compound() {
    let all = shock("s", &["times = 2"]) + &regime("r", &["times = 3"]) + &policy("p", "times = 5");
    seats(3, &all, &[150.0, 300.0, 150.0]);
    seats(1, &(regime("r", &["times = 3"]) + &regime("q", &["times = 2"])), &[60.0]);
}

#[test]
fn changes_of_one_state_or_aftermath_stack_as_any_others() {
    seats(1, &regime("r", &["times = 3", "times = 2"]), &[60.0]);
    seats(1, &regime("r", &["set = 4", "set = 9"]), &[9.0]);
    seats(1, &regime("r", &["times = 3", "set = 4"]), &[12.0]);
    seats(2, &shock("s", &["times = 3", "times = 2"]), &[10.0, 60.0]);
    seats(2, &shock("s", &["set = 4", "set = 9"]), &[10.0, 9.0]);
}

#[test]
fn a_ramp_multiplies_what_is_set() {
    let ramp = "[policies.p]\nramp = \"4 months\"\nchanges = [{ field = \"programmes.flights.seats\", times = 9 }]\n";
    // The mean of each month of the ramp: 1/8, 3/8, 5/8, 7/8 of the way from 1 to 9; 3 seats.
    seats(5, &(policy("q", "set = 3") + ramp), &[6.0, 12.0, 18.0, 24.0, 27.0]);
}
