//! What `check` accepts runs, however extreme.

use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::Summary;
use repatria::internals::ensemble::{SimulateError, Unwatched, expect, simulate};
use repatria::internals::scenario::{self, Source};

use crate::monthly;

/// Both ways of running a scenario that is accepted.
fn outcome(text: &str) -> [Result<Summary, SimulateError>; 2] {
    let program = compile(&crate::support::model(text));
    [expect(&program), simulate(&program, 1, 0..70, 2, &Unwatched)]
}

#[track_caller]
fn survives(text: &str) -> [Summary; 2] {
    outcome(text).map(|summary| summary.unwrap_or_else(|error| panic!("{error}\n{text}")))
}

#[track_caller]
fn refused(text: &str) {
    let source = Source::new("test.toml", text);
    let problems = scenario::baseline(&source).map(|_| ()).unwrap_err();
    for problem in problems.iter() {
        assert!(problem.span.is_some() && !problem.help.is_empty(), "{problem:?}");
    }
}

/// Two places and whatever else.
fn camp(horizon: &str, count: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = {count} }}]\n[places.home]\nkind = \"community\"\n{more}"
        ),
    )
}

const MOVE: &str = "[moves.m]\nfrom = \"camp\"\nto = \"home\"\n";
const FLIGHTS: &str = "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\n";
const SHOCK: &str = "[shocks.s]\nat = \"camp\"\nto = \"home\"\n";

#[test]
fn rates_from_nothing_to_at_once() {
    for rate in [
        "per_day = 1e300",
        "per_year = 1e-300",
        "mean_stay = \"0.0000000001 days\"",
        "mean_stay = \"1000000000000 years\"",
        "monthly_probability = 1",
        "yearly_probability = 0",
        "per_day = 0",
    ] {
        survives(&camp("3 months", "1000000000", &format!("{MOVE}rate = {{ {rate} }}\n")));
    }
    survives(&camp("1 month", "0", &format!("{MOVE}rate = {{ per_day = 1e300 }}\n")));
}

#[test]
fn a_billion_people_and_seats() {
    for seats in [
        "1e9",
        "1e300",
        "{ mean = 5e8, sd = 1e8 }",
        "{ mean = 1e300, sd = 1e300 }",
        "{ mean = 0, sd = 0 }",
        "{ mean = 1, sd = 1e9 }",
        "1e-300",
        "0",
    ] {
        for occasions in ["every = \"1 month\"", "per_day = 2000", "per_year = 1e-300", "every = \"1 day\""] {
            survives(&camp(
                "3 months",
                "1000000000",
                &format!("{FLIGHTS}occasions = {{ {occasions} }}\nseats = {seats}\n"),
            ));
        }
    }
}

#[test]
fn a_speed_and_a_factor_beyond_all_measure() {
    refused(&camp("3 months", "1000", &format!("{FLIGHTS}occasions = {{ per_day = 1e300 }}\nseats = 1\n")));
    let policy = |seats| {
        format!(
            "[policies.p]\nchanges = [{{ field = \"programmes.f.occasions\", times = 1e308 }}, {{ field = \"programmes.f.seats\", {seats} }}]\n"
        )
    };
    // However often: without seats nobody flies, but so many occasions are not counted, and paid for.
    for seats in ["times = 0", "set = 0"] {
        let flights =
            format!("{FLIGHTS}occasions = {{ every = \"1 day\" }}\nseats = 1e300\n{}", policy(seats));
        for summary in outcome(&camp("3 months", "1000", &flights)) {
            assert!(summary.unwrap_err().to_string().contains("occasions of `programmes.f`"));
        }
        for summary in survives(&camp("3 months", "1000", &flights.replace("1e308", "1e6"))) {
            crate::equal(&[summary.people[0].points[3].mean], &[1000.0]);
        }
    }
}

#[test]
fn shares_from_nothing_to_all() {
    for share in [
        "1e-300",
        "1",
        "0",
        "{ beta = { mean = 0.5, sd = 0.499999999 } }",
        "{ beta = { mean = 0.5, sd = 1e-9 } }",
        "{ beta = { mean = 1e-9, sd = 1e-9 } }",
        "{ beta = { mean = 1e-12, sd = 9e-7 } }",
        "{ beta = { mean = 0.999999999, sd = 3e-5 } }",
        "{ beta = { mean = 0.3, sd = 1e-300 } }",
        "{ beta = { mean = 1e-300, sd = 1e-200 } }",
        "{ beta = { mean = 1e-6, sd = 1e-12 } }",
    ] {
        survives(&camp(
            "5 months",
            "1000000000",
            &format!("{SHOCK}rate = {{ per_day = 1 }}\nshare = {share}\n"),
        ));
    }
}

#[test]
fn a_hundred_years_by_day() {
    let text = "title = \"T\"\nstart = \"2000-01\"\nhorizon = \"100 years\"\nstep = \"day\"\n[places.camp]\nkind = \"camp\"\npeople = [{ count = 1000 }]\n[births.b]\nat = \"camp\"\nrate = { per_year = 0.03 }\n";
    survives(text);
    refused(&text.replace("100 years", "110 years"));
}

#[test]
fn eight_dimensions_and_no_people() {
    let dimensions: Vec<String> = (0..8).map(|k| format!("d{k} = [\"x\", \"y\"]")).collect();
    let text = monthly(
        "1 month",
        &format!(
            "[dimensions]\n{}\n[places.camp]\nkind = \"camp\"\n[places.far]\nkind = \"prison\"\n[births.b]\nat = \"camp\"\nmothers = {{ d3 = \"x\" }}\nrate = {{ per_year = 1 }}\n[ageing.a]\nwho = {{ d7 = \"x\" }}\nbecomes = {{ d7 = \"y\" }}\nrate = {{ per_day = 5 }}\n",
            dimensions.join("\n")
        ),
    );
    survives(&text);
    refused(&text.replace("d7 = [", "d8 = [\"x\"]\nd7 = ["));
}

#[test]
fn many_pass_through_a_place_that_nobody_stays_in() {
    // What rounding leaves where ten million come and go in a step, and almost nobody is there at its end, is no imbalance.
    for come in 1..30 {
        let text = monthly(
            "3 months",
            &format!(
                r#"
[places.gate]
kind = "camp"
[places.home]
kind = "end"
[places.away]
kind = "end"
[arrivals.a]
to = "gate"
rate = {{ per_month = {} }}
[moves.on]
from = "gate"
to = [{{ place = "home", share = 0.3 }}, {{ place = "away", share = 0.7 }}]
rate = {{ per_day = 12345678 }}
[moves.back]
from = "gate"
to = "away"
rate = {{ per_day = 10171717 }}
"#,
                1e7 + 171_717.3 * f64::from(come)
            ),
        );
        survives(&text);
    }
}

#[test]
fn people_who_pass_two_places_in_one_step_balance() {
    let text = monthly(
        "2 months",
        r#"
[dimensions]
origin = ["a", "b", "c"]
[places.camp]
kind = "camp"
people = [{ count = 900000001, split = { by = "origin", shares = { a = 0.3, b = 0.3, c = 0.4 } } }]
[places.gate]
kind = "camp"
[places.home]
kind = "community"
[places.away]
kind = "community"
[shocks.flight]
at = "camp"
rate = { per_month = 0.1 }
share = 0.77777
to = "gate"
[programmes.on]
from = "gate"
to = [{ place = "home", share = 0.3 }, { place = "away", share = 0.7 }]
occasions = { every = "1 week" }
seats = 299999999
"#,
    );
    survives(&text);
}

#[test]
fn draws_that_make_no_number() {
    let drawn = |more: &str| {
        format!("[parameters.x]\nvalue = 1\ndistribution = {{ normal = {{ mean = 0, sd = 2 }} }}\n{more}\n")
    };
    for rate in [
        "per_month = \"x\"",
        "per_month = \"ln(x)\"",
        "per_month = \"1 / x\"",
        "monthly_probability = \"min(1, x)\"",
        "mean_stay = \"x months\"",
        "half_life = \"sqrt(x) months\"",
        "per_month = \"exp(exp(exp(1 + 9 * abs(x) - 9)))\"",
    ] {
        survives(&camp("3 months", "1000", &drawn(&format!("{MOVE}rate = {{ {rate} }}"))));
    }
    for seats in ["\"x\"", "\"0 / (1 - min(x, 1)) + 1\"", "{ mean = \"x\", sd = \"ln(x) + 1\" }"] {
        let text = camp(
            "3 months",
            "1000",
            &drawn(&format!("{FLIGHTS}occasions = {{ per_month = \"x\" }}\nseats = {seats}")),
        );
        let source = Source::new("test.toml", text.clone());
        if scenario::baseline(&source).is_ok() {
            survives(&text);
        }
    }
    for share in ["\"min(x, 1)\"", "{ beta = { mean = \"x / 2\", sd = \"x / 10\" } }"] {
        survives(&camp(
            "3 months",
            "1000",
            &drawn(&format!("{SHOCK}rate = {{ per_month = \"x\" }}\nshare = {share}")),
        ));
    }
}

#[test]
fn a_wide_lognormal_of_rates_and_seats() {
    let wide = "[parameters.x]\nvalue = 100\ndistribution = { lognormal = { median = 100, sigma = 5 } }\n";
    for more in [
        format!("{MOVE}rate = {{ per_month = \"x\" }}\n"),
        format!("{MOVE}rate = {{ mean_stay = \"x months\" }}\n"),
        format!("{FLIGHTS}occasions = {{ per_month = \"x\" }}\nseats = \"x\"\n"),
        format!("{FLIGHTS}occasions = {{ per_month = 1 }}\nseats = {{ mean = \"x\", sd = \"x\" }}\n"),
    ] {
        survives(&camp("3 months", "1000000", &format!("{wide}{more}")));
    }
}

#[test]
fn too_many_people_are_a_clear_error_and_no_imbalance() {
    for sigma in [5, 20, 200] {
        let wide = format!(
            "[parameters.x]\nvalue = 1000000\ndistribution = {{ lognormal = {{ median = 1000000, sigma = {sigma} }} }}\n"
        );
        let text = camp(
            "3 months",
            "\"x\"",
            &format!(
                "{wide}{MOVE}rate = {{ per_month = 3 }}\n{FLIGHTS}occasions = {{ every = \"1 month\" }}\nseats = 1e12\n"
            ),
        );
        let [means, drawn] = outcome(&text);
        assert!(means.is_ok());
        let error = drawn.unwrap_err().to_string();
        assert!(error.contains("billion people") && error.contains("camp"), "{error}");
    }
    let growth = camp("12 months", "1000", "[births.b]\nat = \"camp\"\nrate = { per_day = 10 }\n");
    let [means, drawn] = outcome(&growth);
    for error in [means.unwrap_err().to_string(), drawn.unwrap_err().to_string()] {
        assert!(error.contains("billion people") && error.contains("camp"), "{error}");
    }
    refused(&camp("12 months", "0", "[arrivals.a]\nto = \"camp\"\nrate = { per_day = 1e300 }\n"));
}

#[test]
fn one_step_of_a_year_with_everything_at_once() {
    let text = format!(
        "title = \"T\"\nstart = \"2025-01\"\nhorizon = \"1 day\"\nstep = \"year\"\n[places.camp]\nkind = \"camp\"\npeople = [{{ count = 1000 }}]\n[places.home]\nkind = \"community\"\n{MOVE}rate = {{ per_day = 3 }}\n{FLIGHTS}occasions = {{ every = \"1 day\" }}\nseats = 1\n{SHOCK}rate = {{ per_day = 5 }}\nshare = 0.5\nthen = [{{ field = \"moves.m.rate\", times = 1e308, lasts = \"999999999999 years\" }}]\n[births.b]\nat = [\"camp\", \"home\"]\nrate = {{ per_year = 2 }}\n[regimes.r]\nstates = [\"a\", \"b\"]\ninitial = \"a\"\nswitches = [{{ to = \"b\", on = \"2025-06\" }}, {{ from = \"a\", to = \"b\", rate = {{ mean_stay = \"1 day\" }} }}]\n"
    );
    let source = Source::new("test.toml", text.clone());
    match scenario::baseline(&source) {
        Ok(_) => drop(survives(&text)),
        Err(_) => refused(&text),
    }
}

#[test]
fn beta_parameters_at_their_limits() {
    for beta in [
        "mean = 0.5, sd = 0.4999999",
        "mean = 0.000001, sd = 0.0009",
        "mean = 0.5, sd = 1e-12",
        "mean = 0.5, sd = 1e-300",
        "mean = 1e-300, sd = 1e-200",
    ] {
        let text = camp(
            "2 months",
            "\"1000 * x\"",
            &format!(
                "[parameters.x]\nvalue = 0.5\ndistribution = {{ beta = {{ {beta} }} }}\n{MOVE}rate = {{ monthly_probability = \"x\" }}\n"
            ),
        );
        survives(&text);
    }
    for gamma in
        ["mean = 1, sd = 1e-300", "mean = 1e-300, sd = 1", "mean = 1, sd = 1e6", "mean = 1, sd = 1e-9"]
    {
        let text = camp(
            "2 months",
            "1000",
            &format!(
                "[parameters.x]\nvalue = 0.5\ndistribution = {{ gamma = {{ {gamma} }} }}\n{MOVE}rate = {{ per_month = \"x\" }}\n"
            ),
        );
        survives(&text);
    }
}

#[test]
fn odd_dates_and_lengths() {
    let text = |start: &str, horizon: &str, step: &str, more: &str| {
        format!(
            "title = \"T\"\nstart = \"{start}\"\nhorizon = \"{horizon}\"\nstep = \"{step}\"\n[places.camp]\nkind = \"camp\"\npeople = [{{ count = 100 }}]\n[places.home]\nkind = \"community\"\n{more}"
        )
    };
    let flights = |occasions: &str| format!("{FLIGHTS}occasions = {{ {occasions} }}\nseats = 1\n");
    survives(&text("2024-02-29", "5 years", "year", &flights("every = \"1 year\"")));
    survives(&text("9990-01", "9 years", "quarter", &flights("every = \"9999 years\"")));
    refused(&text("9990-01", "9 years", "quarter", &flights("every = \"4294967295 years\"")));
    survives(&text("0000-01", "2 weeks", "week", &flights("every = \"1 day\", first = \"0000-01-14\"")));
    survives(&text(
        "2025-01-31",
        "2025-02-01",
        "month",
        &flights("per_year = { series = { \"2025-01-31\" = 3 } }"),
    ));
    let pause = flights("every = \"1 day\"")
        + "pauses = [{ from = \"2025-01\", until = \"2025-03\" }]\n[policies.p]\nramp = \"99999999999 years\"\nuntil = \"2025-03\"\nchanges = [{ field = \"programmes.f.seats\", set = 1e300 }]\n";
    survives(&text("2025-01", "2 months", "month", &pause));
    for (start, horizon) in [
        ("9999-12", "1 year"),
        ("2025-13", "1 year"),
        ("2025-01", "2025-01-01"),
        ("2025-01", "9999999999 years"),
    ] {
        refused(&text(start, horizon, "month", ""));
    }
}

/// A replicate that a draw or a change takes beyond what can be counted is stopped, and told by which mechanism: in either mode, though
/// those who came are gone again by the end of the step.
#[test]
fn what_cannot_be_counted_stops_the_run_by_name() {
    use repatria::internals::ensemble::{Unwatched, expect, simulate};
    let places = "[places.camp]\nkind = \"camp\"\npeople = [{ count = 1000 }]\n[places.dead]\nkind = \"end\"\n[places.home]\nkind = \"community\"\n[moves.die]\nfrom = \"camp\"\nto = \"dead\"\nrate = { per_day = 1000 }\n";
    let change = |field: &str| {
        format!("[policies.p]\nfrom = \"2025-02\"\nchanges = [{{ field = \"{field}\", times = 1e9 }}]\n")
    };
    let arrivals = "[arrivals.border]\nto = \"camp\"\nrate = { per_month = 100 }\n";
    let births = "[births.babies]\nat = \"camp\"\nrate = { per_month = 50 }\n";
    let flights = |occasions: &str| {
        format!(
            "[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\noccasions = {{ {occasions} }}\nseats = 5\n"
        )
    };
    for (body, field, words) in [
        (
            arrivals.to_string(),
            "arrivals.border.rate",
            "a billion people by `arrivals.border`, most of them to camp, in step 1",
        ),
        (
            format!("{arrivals}dispersion = 2\n"),
            "arrivals.border.rate",
            "a billion people by `arrivals.border`, most of them to camp, in step 1",
        ),
        (
            format!("{arrivals}convoy = {{ mean = 40, sd = 15 }}\n"),
            "arrivals.border.rate",
            "a billion people by `arrivals.border`, most of them to camp, in step 1",
        ),
        (
            format!("{births}[arrivals.more]\nto = \"camp\"\nrate = {{ per_month = 5000 }}\n"),
            "births.babies.rate",
            "a billion people by `births.babies`, most of them to camp, in step 1",
        ),
        (
            flights("per_month = 20"),
            "programmes.flights.occasions",
            "a billion occasions of `programmes.flights` in step 1",
        ),
        (
            flights("every = \"1 month\""),
            "programmes.flights.occasions",
            "a billion occasions of `programmes.flights` in step 1",
        ),
    ] {
        let program =
            crate::support::program(&monthly("3 months", &format!("{places}{body}{}", change(field))));
        let stopped = simulate(&program, 1, 0..4, 1, &Unwatched).unwrap_err().to_string();
        assert!(stopped.contains(words), "{stopped}");
        let stopped = expect(&program).unwrap_err().to_string();
        assert!(stopped.contains(words), "{stopped}");
    }
}
