//! Models and summaries made up for drawing: nothing here is simulated, everything has a plausible shape.

use jiff::civil::date;
use repatria::internals::calendar::Calendar;
use repatria::internals::ensemble::answer::{Answer, VariantAnswer};
use repatria::internals::ensemble::attribution::{
    Attribution, Contribution, Explained, ExplainedSubject, OrderCoverage,
};
use repatria::internals::ensemble::comparison::{
    ALL_HELD, Comparison, Difference, DifferenceSeries, OutcomeDifference, PairedSpread, SeriesKind,
    SeriesName,
};
use repatria::internals::ensemble::summary::{
    Event, EventSeries, FlowEnd, FlowSeries, GroupFilter, MeasureSeries, Mechanism, OutcomeResult,
    PeopleSeries, RateSeries, Spread, Stat, Summary, Where,
};
use repatria::internals::model::{
    AmountTake, Arrival, Birth, Change, Coming, Costs, Dimension, Effect, Expression, FlowDetail, Groups,
    Hits, Layer, LevelTake, MeasureTake, Model, Move, Number, NumberId, NumberKind, Occasions, Outcome,
    OutcomeOf, OutcomeUnit, Parameter, Place, PlaceKind, Policy, Programme, QueueRule, Rate, Record, Regime,
    Seats, Shock, ShockSeverity, Switch, SwitchTime, Target, Terms, Varying, WhenFull, Who, Window,
};
use repatria::internals::units::{RateUnit, TimeUnit};

/// What a fixture is to be like.
#[derive(Clone, Debug)]
pub struct Shape {
    pub title: String,
    pub steps: i64,
    pub unit: TimeUnit,
    /// Values of the first dimension; the second has three.
    pub origins: Vec<String>,
    /// Prisons and camps beside the README's three.
    pub more_places: usize,
    /// All numbers are multiplied by this.
    pub scale: f64,
    pub expected: bool,
    /// Labels of policies, with their steps.
    pub policies: Vec<(String, u32)>,
}

impl Shape {
    /// The README's scenario.
    pub fn readme() -> Shape {
        Shape {
            title: "Two prisons and a camp".to_string(),
            steps: 72,
            unit: TimeUnit::Month,
            origins: ["local", "neighbour", "third_country"].map(String::from).to_vec(),
            more_places: 0,
            scale: 1.0,
            expected: false,
            policies: vec![("Review court".to_string(), 24), ("New wing".to_string(), 36)],
        }
    }
}

fn number(numbers: &mut Vec<Number>, value: f64) -> NumberId {
    let address = format!("number.{}", numbers.len());
    numbers.push(Number { address, kind: NumberKind::Amount, value: Expression::Constant(value) });
    numbers.len() - 1
}

fn rate(numbers: &mut Vec<Number>, value: f64) -> Rate {
    let amount = Varying::Same(number(numbers, value));
    let factor = number(numbers, 1.0);
    Rate { unit: RateUnit::Per(TimeUnit::Year), amount, times: vec![], season: None, crowding: None, factor }
}

fn target(place: usize) -> Target {
    Target { place: Some(place), becomes: vec![None, None], shares: vec![] }
}

const NORTH: usize = 0;
const CAMP: usize = 2;
const HOME: usize = 3;
const AT_LARGE: usize = 4;
const DIED: usize = 5;

/// A model of that shape.
#[expect(clippy::too_many_lines, reason = "a model is one value, read field by field")]
pub fn model(shape: &Shape) -> Model {
    let mut numbers = Vec::new();
    let start = date(2025, 1, 1);
    let end = repatria::internals::calendar::add(start, shape.unit, shape.steps).unwrap();
    let steps = u32::try_from(shape.steps).unwrap();
    let mut place = |name: &str, label: &str, kind, capacity: Option<f64>| Place {
        name: name.into(),
        label: label.into(),
        kind,
        capacity: capacity.map(|value| number(&mut numbers, value * shape.scale)),
        when_full: WhenFull::default(),
        queue: QueueRule::default(),
        closes: None,
        people: vec![],
    };
    let mut places = vec![
        place("north_prison", "north_prison", PlaceKind::Prison, Some(4000.0)),
        place("south_prison", "South prison", PlaceKind::Prison, Some(9000.0)),
        place("river_camp", "river_camp", PlaceKind::Camp, Some(30_000.0)),
        place("home", "Country of origin", PlaceKind::Community, None),
        place("at_large", "at_large", PlaceKind::AtLarge, None),
        place("died", "died", PlaceKind::End, None),
    ];
    for index in 0..shape.more_places {
        let label = format!("Annex “{index}” <of a prison with a long name> & more");
        places.push(place(&format!("annex_{index}"), &label, PlaceKind::Prison, None));
    }
    let dimension =
        |name: &str, values: Vec<String>| Dimension { name: name.into(), values, labels: Vec::new() };
    let categories = ["men", "women", "children"].map(String::from).to_vec();
    let everybody = || Who::everybody(2);
    let moves = |numbers: &mut Vec<Number>, name: &str, from, to, counts: Option<&str>| Move {
        name: name.into(),
        label: name.into(),
        from,
        who: everybody(),
        targets: vec![target(to)],
        rate: rate(numbers, 0.1),
        counts_as: counts.map(String::from),
    };
    let capacity = places[NORTH].capacity.unwrap();
    let wing = number(&mut numbers, 5000.0 * shape.scale);
    Model {
        title: shape.title.clone(),
        question: None,
        lesson: None,
        calendar: Calendar::new(start, shape.unit, end).unwrap(),
        replicates: 2000,
        seed: 7,
        groups: Groups {
            dimensions: vec![dimension("origin", shape.origins.clone()), dimension("category", categories)],
        },
        places,
        parameters: vec![Parameter {
            name: "political_will".into(),
            label: None,
            unit: None,
            value: Expression::Constant(1.0),
            range: None,
            distribution: None,
            wanders: None,
            source: None,
        }],
        parameter_changes: vec![],
        stays: vec![],
        moves: vec![
            moves(&mut numbers, "death", vec![NORTH, CAMP], DIED, None),
            moves(&mut numbers, "review_release", vec![NORTH], HOME, Some("release")),
            moves(&mut numbers, "recapture", vec![AT_LARGE], NORTH, None),
        ],
        arrivals: vec![Arrival {
            name: "arrests".into(),
            label: "arrests".into(),
            into: vec![],
            rate: rate(&mut numbers, 20.0),
            coming: Coming::Singly,
        }],
        births: vec![Birth {
            name: "camp".into(),
            label: "Births in the camp".into(),
            at: vec![CAMP],
            mothers: everybody(),
            newborn: vec![],
            rate: rate(&mut numbers, 0.1),
        }],
        ageing: vec![],
        programmes: vec![Programme {
            name: "flights".into(),
            label: "Flights home".into(),
            from: vec![CAMP],
            who: everybody(),
            targets: vec![target(HOME)],
            occasions: Some(Occasions::Random(rate(&mut numbers, 6.0))),
            seats: Some(Seats {
                mean: Varying::Same(number(&mut numbers, 60.0)),
                sd: None,
                factor: number(&mut numbers, 1.0),
            }),
            terms: Terms { pauses: vec![(14, 20)], ..Terms::default() },
            order: None,
            priority: vec![],
            longest_first: false,
            lines: None,
            family: None,
            into_free_places: None,
            counts_as: Some("repatriation".into()),
        }],
        corrections: Vec::new(),
        shocks: vec![Shock {
            name: "mass_escape".into(),
            label: "mass_escape".into(),
            at: vec![NORTH],
            hits: Hits::All,
            same_share: true,
            who: everybody(),
            rate: Some(rate(&mut numbers, 0.15)),
            on: vec![30],
            severity: ShockSeverity::Fixed(Varying::Same(number(&mut numbers, 0.1))),
            targets: vec![target(AT_LARGE)],
        }],
        regimes: vec![Regime {
            name: "external_support".into(),
            label: "External support".into(),
            states: vec!["steady".into(), "reduced".into()],
            initial: 0,
            switches: vec![Switch { from: Some(0), to: 1, when: SwitchTime::Step(48) }],
        }],
        policies: shape
            .policies
            .iter()
            .map(|(label, from)| Policy {
                name: label.clone(),
                label: label.clone(),
                when: None,
                from: *from,
                until: None,
            })
            .collect(),
        changes: vec![Change {
            targets: vec![capacity],
            effect: Effect::Set,
            amount: wing,
            layer: Layer::Policy {
                policy: 1,
                window: Window { from: 36.min(steps), until: None, ramp: 0.0 },
            },
        }],
        numbers,
        costs: None,
        outcomes: Vec::new(),
        observed: None,
        record: Record { cells: false, places: true, dimensions: vec![0, 1], flows: FlowDetail::Dimensions },
    }
}

fn stat(shape: &Shape, mean: f64, sd: f64) -> Stat {
    let (mean, sd) = (mean * shape.scale, sd * shape.scale);
    let quantile = |z: f64| (mean + z * sd).max(0.0).round();
    let spread = Spread {
        replicates: 2000,
        sd,
        mc_se: sd / 44.7,
        quantiles: [quantile(-1.645), quantile(-0.674), quantile(-0.05), quantile(0.674), quantile(1.645)],
    };
    Stat { mean, spread: (!shape.expected).then_some(spread) }
}

/// A path from `from` to `to` whose spread grows, with a dent at the dated shock.
fn path(shape: &Shape, from: f64, to: f64, dent: f64) -> Vec<Stat> {
    let steps = shape.steps as f64;
    (0..=shape.steps)
        .map(|k| {
            let t = k as f64 / steps;
            let fallen = if k > 30 { dent * (1.0 - (k - 30) as f64 / 60.0).max(0.0) } else { 0.0 };
            let wave = 0.01 * from.max(to) * (k as f64 / 5.0).sin();
            stat(shape, from + (to - from) * t + wave * t - fallen, 0.06 * from.max(to) * t.sqrt())
        })
        .collect()
}

/// A summary of that shape.
pub fn summary(shape: &Shape, model: &Model) -> Summary {
    let mut people = Vec::new();
    let mut add = |place, groups: GroupFilter, points| people.push(PeopleSeries { place, groups, points });
    add(Where::Place(0), vec![None, None], path(shape, 3500.0, 3900.0, 350.0));
    add(Where::Place(1), vec![None, None], path(shape, 2100.0, 1700.0, 0.0));
    add(Where::Place(2), vec![None, None], path(shape, 18_000.0, 15_200.0, 0.0));
    add(Where::Place(3), vec![None, None], path(shape, 0.0, 4300.0, 0.0));
    add(Where::Place(4), vec![None, None], path(shape, 2.0, 40.0, -300.0));
    add(Where::Place(5), vec![None, None], path(shape, 0.0, 700.0, 0.0));
    for place in 6..model.places.len() {
        add(Where::Place(place), vec![None, None], path(shape, 100.0 * place as f64, 90.0, 0.0));
    }
    add(Where::AllHeld, vec![None, None], path(shape, 23_600.0, 20_800.0, 350.0));
    let values = shape.origins.len();
    let weight = |value: usize| 1.0 / (1.0 + value as f64);
    let total: f64 = (0..values).map(weight).sum();
    for value in 0..values {
        let share = weight(values - 1 - value) / total;
        add(
            Where::AllHeld,
            vec![Some(value), None],
            path(shape, 23_600.0 * share, 20_800.0 * share, 350.0 * share),
        );
    }
    for (value, (from, to)) in
        [(7200.0, 6900.0), (5400.0, 4700.0), (11_000.0, 9200.0)].into_iter().enumerate()
    {
        add(Where::AllHeld, vec![None, Some(value)], path(shape, from, to, 0.0));
    }
    Summary {
        replicates: if shape.expected { 1 } else { 2000 },
        expected: shape.expected,
        people,
        flows: flows(shape),
        totals: Vec::new(),
        rates: rates(shape),
        events: events(shape),
        measures: Vec::new(),
        outcomes: Vec::new(),
        scores: Vec::new(),
    }
}

fn flows(shape: &Shape) -> Vec<FlowSeries> {
    let mechanisms = [
        (Mechanism::Programme(0), 30.0, FlowEnd::Place(CAMP), FlowEnd::Place(HOME)),
        (Mechanism::Move(0), 10.0, FlowEnd::All, FlowEnd::Place(DIED)),
        (Mechanism::Move(1), 24.0, FlowEnd::Place(NORTH), FlowEnd::Place(HOME)),
        (Mechanism::Move(2), 6.0, FlowEnd::Place(AT_LARGE), FlowEnd::Place(NORTH)),
        (Mechanism::Arrival(0), 18.0, FlowEnd::Outside, FlowEnd::Place(NORTH)),
        (Mechanism::Birth(0), 41.0, FlowEnd::Outside, FlowEnd::Place(CAMP)),
        (Mechanism::Shock(0), 1.2, FlowEnd::Place(NORTH), FlowEnd::All),
    ];
    let origins = shape.origins.len();
    let mut series = Vec::new();
    for (mechanism, size, from, to) in mechanisms {
        let mut filters: Vec<(GroupFilter, f64)> = vec![(vec![None, None], 1.0)];
        let only = mechanism == Mechanism::Move(1);
        for value in 0..origins {
            // Only locals are released; of the others the later values have most.
            let share =
                if only { f64::from(u8::from(value == 0)) } else { 1.0 / (origins - value) as f64 / 1.84 };
            filters.push((vec![Some(value), None], share));
        }
        for (value, share) in [0.1, 0.3, 0.6].into_iter().enumerate() {
            filters.push((vec![None, Some(value)], share));
        }
        for (groups, share) in filters {
            let mut to_date = Vec::new();
            let mut per_step = Vec::new();
            let mut sum = 0.0;
            for k in 0..shape.steps {
                let paused = mechanism == Mechanism::Programme(0) && (14..20).contains(&k);
                let doubled = mechanism == Mechanism::Move(1) && k >= 24;
                let shocked = mechanism == Mechanism::Shock(0) && k == 30;
                let season = 1.0 + 0.1 * (k as f64 * std::f64::consts::TAU / 12.0).sin();
                let factor = if paused {
                    0.0
                } else if doubled {
                    2.0
                } else if shocked {
                    200.0
                } else {
                    1.0
                };
                let mean = share * size * factor * season;
                sum += mean;
                per_step.push(stat(shape, mean, 1.5 * mean.sqrt()));
                to_date.push(stat(shape, sum, 3.0 * sum.sqrt()));
            }
            series.push(FlowSeries { mechanism, from, to, groups, per_step, to_date });
        }
    }
    series
}

fn rates(shape: &Shape) -> Vec<RateSeries> {
    let mut rates = Vec::new();
    for (word, level) in [("repatriation", 0.021), ("release", 0.08)] {
        let mut filters: Vec<(GroupFilter, f64)> = vec![(vec![None, None], 1.0)];
        filters.extend((0..shape.origins.len()).map(|value| (vec![Some(value), None], value as f64 * 0.8)));
        filters.extend((0..3).map(|value| (vec![None, Some(value)], 0.5 + value as f64 * 0.4)));
        for (groups, share) in filters {
            let points = (0..shape.steps)
                .map(|k| {
                    let pause = if (16..32).contains(&k) { 0.6 } else { 1.0 };
                    let mean = level * share * pause * (1.0 + 0.1 * (k as f64 / 7.0).sin());
                    let sd = mean * (0.15 + 0.8 / (k as f64 + 1.0));
                    let quantile = |z: f64| (mean + z * sd).max(0.0);
                    let spread = Spread {
                        replicates: 2000,
                        sd,
                        mc_se: sd / 44.7,
                        quantiles: [-1.645, -0.674, 0.0, 0.674, 1.645].map(quantile),
                    };
                    Stat { mean, spread: (!shape.expected).then_some(spread) }
                })
                .collect();
            rates.push(RateSeries { counts_as: word.into(), groups, points });
        }
    }
    rates
}

/// The probability of an event in a step.
type Probability = Box<dyn Fn(i64) -> f64>;

fn events(shape: &Shape) -> Vec<EventSeries> {
    let reduced = |k: i64| {
        if k < 48 { 0.28 * (1.0 - libm::exp(-0.06 * k as f64)) } else { 0.9 - (k - 48) as f64 * 0.02 }
    };
    let kinds: [(Event, Probability); 4] = [
        (Event::Shock(0), Box::new(|k| if k == 30 { 1.0 } else { 0.0125 })),
        (Event::Switch { regime: 0, from: 0, to: 1 }, Box::new(|_| 0.016)),
        (Event::State { regime: 0, state: 0 }, Box::new(move |k| 1.0 - reduced(k))),
        (Event::State { regime: 0, state: 1 }, Box::new(reduced)),
    ];
    kinds
        .into_iter()
        .map(|(event, probability)| EventSeries {
            event,
            probability: (0..shape.steps).map(&probability).collect(),
            probability_se: vec![0.001; shape.steps as usize],
            severity: vec![None; shape.steps as usize],
        })
        .collect()
}

/// What people cost in the fixtures, each and in all.
const PRICE: f64 = 1200.0;

/// An answer of that shape: a baseline with outcomes and costs, and variants that each have a few percent fewer people.
#[expect(clippy::too_many_lines, reason = "an answer is one value, read field by field")]
pub fn answer(shape: &Shape, variants: usize) -> Answer {
    let mut model = model(shape);
    let steps = model.calendar.steps();
    let outcome = |name: &str, label: &str, of: OutcomeOf| Outcome {
        name: name.into(),
        label: label.into(),
        of,
        is: None,
    };
    let at = model.held_places().collect();
    let costs = OutcomeOf::Measure {
        subject: "costs".into(),
        measure: "cost".into(),
        take: Some(MeasureTake::Amount(AmountTake::Between(0, steps))),
    };
    model.outcomes = vec![
        outcome(
            "held",
            "People held in the end",
            OutcomeOf::People { at, who: Who::everybody(2), take: LevelTake::At(steps) },
        ),
        outcome("cost", "Cost of it all", costs),
    ];
    model.costs =
        Some(Costs { currency: "USD".into(), discount_rate: None, places: vec![], mechanisms: vec![] });
    let mut baseline = summary(shape, &model);
    let held = points(&baseline, Where::AllHeld);
    let cost: Vec<Stat> = held[1..].iter().map(|point| times(*point, PRICE)).collect();
    let result = |unit: &str, stat: Stat| OutcomeResult {
        unit: OutcomeUnit::Amount(unit.into()),
        stat: Some(stat),
        probability: None,
    };
    baseline.outcomes = vec![result("people", held[held.len() - 1]), result("USD", cost[cost.len() - 1])];
    baseline.measures = vec![MeasureSeries {
        subject: "costs".into(),
        measure: "cost_to_date".into(),
        unit: "USD".into(),
        points: cost.clone(),
    }];

    let mut answer = Answer::alone(model.clone(), baseline.clone());
    for variant in 1..=variants {
        let less = 0.03 * variant as f64;
        let mut summary = baseline.clone();
        for series in &mut summary.people {
            let last = (series.points.len() - 1).max(1) as f64;
            for (step, point) in series.points.iter_mut().enumerate() {
                *point = times(*point, 1.0 - less * step as f64 / last);
            }
        }
        answer.variants.push(VariantAnswer {
            name: format!("variant_{variant}"),
            label: format!("Variant number {variant}"),
            model: model.clone(),
            summary: summary.clone(),
        });
        let people = model.places.iter().map(|place| place.name.clone()).enumerate();
        let people = people
            .map(|(place, name)| (Where::Place(place), name))
            .chain([(Where::AllHeld, ALL_HELD.into())]);
        let mut series: Vec<DifferenceSeries> = people
            .map(|(place, name)| {
                let (variant, against) = (points(&summary, place), points(&baseline, place));
                named(
                    SeriesKind::People,
                    &name,
                    None,
                    variant.iter().zip(&against).map(|pair| difference(*pair.0, *pair.1)),
                )
            })
            .collect();
        let dearer: Vec<Stat> = cost.iter().map(|point| times(*point, 1.0 + less)).collect();
        let pairs = dearer.iter().zip(&cost).map(|pair| difference(*pair.0, *pair.1));
        series.push(named(SeriesKind::Measure, "costs", Some("cost_to_date"), pairs));
        let of_outcome =
            |outcome: &str, label: &str, unit: &str, series: &DifferenceSeries| OutcomeDifference {
                outcome: outcome.into(),
                label: label.into(),
                unit: OutcomeUnit::Amount(unit.into()),
                difference: series.points[series.points.len() - 1],
                order: None,
            };
        let outcomes = vec![
            of_outcome("held", "People held in the end", "people", &series[series.len() - 2]),
            of_outcome("cost", "Cost of it all", "USD", &series[series.len() - 1]),
        ];
        answer.comparisons.push(Comparison { variant, against: 0, series, outcomes });
    }
    let whole = answer.comparisons[0].outcomes[0].difference.unwrap();
    let part = |share: f64| Contribution {
        mean: share * whole.mean,
        mc_se: whole.spread.map(|spread| spread.mc_se),
    };
    answer.attributions = vec![Attribution {
        variant: "variant_1".into(),
        label: "Variant number 1".into(),
        parts: vec!["More flights".into(), "Fewer births".into()],
        orders: OrderCoverage::All,
        explained: vec![Explained {
            what: ExplainedSubject::Outcome("held".into()),
            label: "People held in the end".into(),
            unit: OutcomeUnit::Amount("people".into()),
            replicates: if shape.expected { 1 } else { 2000 },
            whole: part(1.0),
            parts: vec![part(1.4), part(-0.4)],
        }],
    }];
    answer
}

fn points(summary: &Summary, place: Where) -> Vec<Stat> {
    let everybody =
        |series: &&PeopleSeries| series.place == place && series.groups.iter().all(Option::is_none);
    summary.people.iter().find(everybody).unwrap().points.clone()
}

fn times(mut stat: Stat, factor: f64) -> Stat {
    stat.mean *= factor;
    if let Some(spread) = &mut stat.spread {
        spread.sd *= factor;
        spread.mc_se *= factor;
        spread.quantiles = spread.quantiles.map(|quantile| factor * quantile);
    }
    stat
}

/// The difference of two numbers that vary together but for a fifth of their spread.
fn difference(variant: Stat, against: Stat) -> Option<Difference> {
    let mean = variant.mean - against.mean;
    let sd = variant.spread.map(|spread| 0.2 * spread.sd);
    Some(Difference {
        mean,
        against_mean: against.mean,
        relative: (against.mean != 0.0).then(|| mean / against.mean),
        spread: sd.map(|sd| PairedSpread {
            pairs: 2000,
            sd,
            mc_se: sd / 44.7,
            against_mc_se: sd / 44.7,
            relative_mc_se: 0.01,
            quantiles: [-1.645, -0.674, 0.0, 0.674, 1.645].map(|z| mean + z * sd),
            lower: 0.8,
            equal: 0.0,
            higher: 0.2,
            variance_ratio: Some(25.0),
        }),
    })
}

fn named(
    kind: SeriesKind,
    subject: &str,
    measure: Option<&str>,
    points: impl Iterator<Item = Option<Difference>>,
) -> DifferenceSeries {
    let groups = if kind == SeriesKind::People { vec![None, None] } else { Vec::new() };
    let measure = measure.map(String::from);
    DifferenceSeries {
        name: SeriesName { kind, subject: subject.into(), measure, from: None, to: None, groups },
        unit: if kind == SeriesKind::People { "people".into() } else { "USD".into() },
        points: points.collect(),
    }
}
