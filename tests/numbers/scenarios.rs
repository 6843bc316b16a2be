//! Generated scenarios: every kind of mechanism that sentences tell of, every kind of outcome, and variants that change, add and
//! remove.

use proptest::prelude::*;

/// A scenario, and in how many replicates it is tried (0: in expected mode).
pub fn tried() -> impl Strategy<Value = (String, u64)> {
    let sizes = (10u32..30_000, 0u32..400, 0u32..90, 0u32..5);
    let rates = (0.0..1.5f64, 0.0..0.4f64, 0.0..0.9f64, 0.0..1.0f64);
    let choices =
        (any::<bool>(), any::<bool>(), any::<bool>(), prop_oneof![Just(0u64), Just(7), Just(45), Just(120)]);
    (sizes, rates, choices).prop_map(|(sizes, rates, choices)| (text(sizes, rates, choices), choices.3))
}

#[expect(clippy::too_many_lines, reason = "most of it is the scenario, which is read whole")]
fn text(
    (people, freed, seats, arrivals): (u32, u32, u32, u32),
    (leave, die, strike, share): (f64, f64, f64, f64),
    (released, storm, dated, _): (bool, bool, bool, u64),
) -> String {
    let mut text = format!(
        r#"title = "Generated"
start = "2025-01"
horizon = "14 months"
step = "month"
[dimensions]
age = ["adults", "children"]
[places.camp]
kind = "camp"
capacity = 5000
people = [{{ count = {people}, split = {{ by = "age", shares = {{ adults = 0.4, children = 0.6 }} }} }}]
[places.prison]
kind = "prison"
people = [{{ who = {{ age = "adults" }}, count = {freed} }}]
[places.home]
kind = "community"
[places.died]
kind = "end"
[births.camp]
label = "Births"
at = "camp"
mothers = {{ age = "adults" }}
newborn = {{ age = "children" }}
rate = {{ per_year = 0.06 }}
[arrivals.raids]
to = "camp"
split = {{ by = "age", shares = {{ adults = 1, children = 0 }} }}
rate = {{ per_month = {arrivals} }}
[moves.death]
label = "Deaths"
from = "camp"
to = "died"
rate = {{ per_year = {die} }}
[moves.returns]
label = "Returns"
from = "camp"
to = "home"
rate = {{ per_year = {leave} }}
counts_as = "repatriation"
[programmes.flights]
label = "Flights"
from = "camp"
to = "home"
occasions = {{ every = "1 month" }}
seats = {seats}
counts_as = "repatriation"
[costs]
currency = "USD"
[costs.places.camp]
per_person_month = 41.7
[outcomes.left]
label = "Left in the camp"
people = {{ at = "camp" }}
[outcomes.mean]
label = "Mean in the prison"
people = {{ at = "prison" }}
take = "mean"
[outcomes.years]
label = "Person-years in the camp"
people = {{ at = "camp" }}
take = "person_years"
[outcomes.flown]
label = "Flown home"
flow = {{ counts_as = "repatriation" }}
[outcomes.cost]
label = "Cost"
measure = {{ of = "costs", name = "cost" }}
[outcomes.low]
label = "Few left"
people = {{ at = "camp" }}
take = {{ first_below = {low} }}
[variants.faster]
label = "Faster"
changes = [{{ field = "programmes.flights.seats", times = 2 }}, {{ field = "moves.death.rate", times = 0.5 }}]
[variants.without]
label = "Without returns"
remove = ["moves.returns"]
"#,
        low = people * 9 / 10,
    );
    if released {
        text.push_str(&format!(
            "[moves.release]\nlabel = \"Release\"\nfrom = \"prison\"\nto = \"home\"\nrate = {{ per_year = {strike} }}\n\
             counts_as = \"release\"\n"
        ));
    }
    if storm {
        let when =
            if dated { "on = \"2025-06-01\"".into() } else { format!("rate = {{ per_year = {strike} }}") };
        text.push_str(&format!(
            "[shocks.storm]\nlabel = \"Storm\"\nat = \"camp\"\n{when}\nshare = {share}\nto = \"died\"\n\
             [outcomes.stormy]\nlabel = \"Any storm\"\nevents = \"shocks.storm\"\nabove = 0\n"
        ));
    }
    text
}
