//! Costs: of places, of people who are moved, of occasions; discounted.

use repatria::internals::ensemble::summary::{MeasureSeries, Summary};
use repatria::internals::model::{Mechanism, Section};

use crate::support::{expected, run};
use crate::{always, equal, monthly, near};

/// A measure of something.
fn measure<'a>(summary: &'a Summary, subject: &str, measure: &str) -> &'a MeasureSeries {
    let of = |series: &&MeasureSeries| series.subject == subject && series.measure == measure;
    summary.measures.iter().find(of).unwrap()
}

fn means(series: &MeasureSeries) -> Vec<f64> {
    series.points.iter().map(|stat| stat.mean).collect()
}

const PLACES: &str =
    "[places.camp]\nkind = \"camp\"\npeople = [{ count = 1000 }]\n[places.home]\nkind = \"community\"\n";

#[test]
fn a_constant_population_costs_the_same_every_month() {
    let costs =
        "[costs]\ncurrency = \"USD\"\nplaces.camp = { per_person_month = 3, fixed_per_month = 500 }\n";
    let summary = expected(&monthly("4 months", &format!("{PLACES}{costs}")));
    equal(&means(measure(&summary, "places.camp", "cost")), &[3500.0; 4]);
    equal(&means(measure(&summary, "costs", "cost_to_date")), &[3500.0, 7000.0, 10_500.0, 14_000.0]);
    assert_eq!(measure(&summary, "costs", "cost").unit, "USD");
    // In quarters a step has three months, in Monte Carlo as in expected mode.
    let text = monthly("1 year", &format!("{PLACES}{costs}")).replace("\"month\"", "\"quarter\"");
    let series = measure(&run(&text, 3), "places.camp", "cost").clone();
    series.points.iter().for_each(|stat| always(*stat, 10_500.0));
}

#[test]
fn person_months_are_of_those_there_when_moves_begin_and_at_the_end() {
    // 1000 people of whom 60 fly as each month begins: 940 are there in the first, 880 in the second.
    let flights = "[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\noccasions = { every = \"1 month\" }\nseats = 60\n";
    let costs = "[costs]\ncurrency = \"USD\"\nplaces.camp = { per_person_month = 2 }\nprogrammes.flights = { per_occasion = 5000, per_person = 100, fixed_per_month = 7 }\n";
    let summary = expected(&monthly("2 months", &format!("{PLACES}{flights}{costs}")));
    equal(&means(measure(&summary, "places.camp", "cost")), &[1880.0, 1760.0]);
    equal(&means(measure(&summary, "programmes.flights", "cost")), &[11_007.0; 2]);
    equal(&means(measure(&summary, "costs", "cost")), &[12_887.0, 12_767.0]);
}

#[test]
fn amounts_are_discounted_from_the_middle_of_their_step() {
    let costs = "[costs]\ncurrency = \"USD\"\ndiscount_rate = 0.1\nplaces.camp = { fixed_per_month = 100 }\n";
    let text = monthly("3 years", &format!("{PLACES}{costs}")).replace("\"month\"", "\"year\"");
    let known: Vec<f64> = [0.5, 1.5, 2.5].map(|t| 1200.0 / libm::pow(1.1, t)).to_vec();
    equal(&means(measure(&expected(&text), "costs", "discounted_cost")), &known);
}

#[test]
fn random_occasions_cost_as_often_as_they_come() {
    // Poisson with mean 2 in a month, whether or not anybody is left.
    let flights = "[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\noccasions = { per_month = 2 }\nseats = 10000\n";
    let costs = "[costs]\ncurrency = \"USD\"\nprogrammes.flights = { per_occasion = 1000 }\n";
    let summary = run(&monthly("3 months", &format!("{PLACES}{flights}{costs}")), 3_000);
    near("costs", measure(&summary, "costs", "cost").points[2], 2000.0, 2f64.sqrt() * 1000.0, 0.5);
}

#[test]
fn lines_that_share_an_occasion_pay_for_it_once() {
    let groups = "[dimensions]\norigin = [\"a\", \"b\"]\n";
    let camp = "[places.camp]\nkind = \"camp\"\npeople = [{ who = { origin = \"a\" }, count = 500 }, { who = { origin = \"b\" }, count = 500 }]\n[places.home]\nkind = \"community\"\n";
    let flights = |occasions: &str| {
        format!(
            "[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\noccasions = {occasions}\nseats = {{ by = \"origin\", values = {{ a = 1, b = 2 }} }}\n"
        )
    };
    let costs = "[costs]\ncurrency = \"USD\"\nprogrammes.flights = { per_occasion = 10 }\n";
    let cost = |occasions: &str| {
        let summary = expected(&monthly("1 month", &format!("{groups}{camp}{}{costs}", flights(occasions))));
        means(measure(&summary, "costs", "cost"))
    };
    equal(&cost("{ every = \"1 month\" }"), &[10.0]);
    equal(&cost("{ per_month = 3 }"), &[30.0]);
    equal(&cost("{ per_month = { by = \"origin\", values = { a = 1, b = 4 } } }"), &[50.0]);
}

#[test]
fn policies_and_parameters_change_prices() {
    let costs = "[parameters.price]\nvalue = 2\n[costs]\ncurrency = \"USD\"\nplaces.camp = { per_person_month = \"price\" }\n";
    let policy = "[policies.dear]\nfrom = \"2025-02\"\nchanges = [{ field = \"costs.places.camp.per_person_month\", times = 3 }]\n";
    let summary = expected(&monthly("2 months", &format!("{PLACES}{costs}{policy}")));
    equal(&means(measure(&summary, "costs", "cost")), &[2000.0, 6000.0]);
}

#[test]
fn everybody_who_is_moved_is_paid_for() {
    let more = "[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = { monthly_probability = 0.1 }\n[arrivals.in]\nto = \"home\"\nrate = { per_month = 10 }\n[costs]\ncurrency = \"USD\"\nmoves.leave = { per_person = 5 }\narrivals.in = { per_person = 9 }\n";
    let summary = expected(&monthly("2 months", &format!("{PLACES}{more}")));
    equal(&means(measure(&summary, "costs", "cost")), &[590.0, 540.0]);
}

/// Something of every family that can have a price, and what each costs in the first month at a price of 7 (per person, or fixed).
const ONE_OF_EACH: &str = r#"
[places.camp]
kind = "camp"
people = [{ count = 1000 }]
[places.court]
kind = "centre"
people = [{ count = 100 }]
[places.home]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = { per_month = 0.1 }
[stays.hearing]
at = "court"
length = { fixed = "3 months" }
to = "home"
[programmes.flights]
from = "camp"
to = "home"
occasions = { every = "1 month" }
seats = 10
[arrivals.in]
to = "camp"
rate = { per_month = 10 }
[births.camp]
at = "camp"
rate = { per_year = 0.1 }
[shocks.unrest]
at = "camp"
on = "2025-01-01"
share = 0.1
to = "home"
"#;

/// One list says what can have a price: whatever is on it is accepted alone, measured, and can be an outcome.
#[test]
fn whatever_has_a_price_alone_is_measured_and_can_be_an_outcome() {
    let priced = [
        ("places.camp", "fixed_per_month = 7", None),
        ("programmes.flights", "per_person = 7", Some(Mechanism::Programme(0))),
        ("moves.leave", "per_person = 7", Some(Mechanism::Move(0))),
        ("stays.hearing", "per_person = 7", Some(Mechanism::Stay(0))),
        ("arrivals.in", "per_person = 7", Some(Mechanism::Arrival(0))),
        ("births.camp", "per_person = 7", Some(Mechanism::Birth(0))),
        ("shocks.unrest", "per_person = 7", Some(Mechanism::Shock(0))),
    ];
    for section in Section::ALL.into_iter().filter(|section| section.facts().priced) {
        let of = |(address, ..): &(&str, &str, _)| address.split('.').next() == Some(section.name());
        assert!(priced.iter().any(of), "nothing in `{}` is priced here", section.name());
    }
    for (family, price, mover) in priced {
        let costs = format!("[costs]\ncurrency = \"USD\"\n{family} = {{ {price} }}\n");
        let outcomes = format!(
            "[outcomes.money]\nmeasure = {{ of = \"{family}\", name = \"cost\" }}\n[outcomes.total]\nmeasure = {{ of = \"costs\", name = \"cost\" }}\n"
        );
        let summary = expected(&monthly("3 months", &format!("{ONE_OF_EACH}{costs}{outcomes}")));
        let people = mover.map_or(3.0, |mover| crate::per_step(&summary, mover).iter().sum::<f64>());
        assert!(people > 0.0, "nobody by {family}");
        let measured: f64 = means(measure(&summary, family, "cost")).iter().sum();
        for found in
            [measured, summary.outcomes[0].stat.unwrap().mean, summary.outcomes[1].stat.unwrap().mean]
        {
            assert!((found - 7.0 * people).abs() < 0.02, "{family}: {found} for {}", 7.0 * people);
        }
    }
}
