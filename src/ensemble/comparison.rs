//! What one variant has more or less than another, replicate by replicate.
//!
//! The two use common random numbers: replicate 17 of a variant has those of replicate 17 of the baseline, so what they
//! differ in is what the change does to that replicate. Everything here is of these paired differences.

/// The place of a series of people at any place where people are held.
pub const ALL_HELD: &str = "all_held";

/// The place outside the model, where arrivals and newborns come from.
pub const OUTSIDE: &str = "outside";

/// What stands for all places of a mechanism, or all values of a dimension.
pub const ALL_VALUES: &str = "all";

/// What stands for everything that counts as `word` where else the address of a mechanism stands: no mechanism can have this
/// name, since addresses begin with a section of the scenario.
pub fn total_address(word: &str) -> String {
    format!("counts_as.{word}")
}

/// How a variant differs from another, replicate by replicate (paired differences by common random numbers): replicate 17 of both
/// has the same random numbers, so that most of the chance cancels out.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The variant: index in [`Answer::variants`](super::answer::Answer::variants).
    pub variant: usize,
    /// The variant that it is compared with.
    pub against: usize,
    /// Series that both variants have, or that one of them has and the other has nothing of: people, flows, rates, events,
    /// measures, in this order.
    pub series: Vec<DifferenceSeries>,
    /// Outcomes that both variants have, in the order of the variant's model.
    pub outcomes: Vec<OutcomeDifference>,
}

/// The differences of one series between two variants, by date.
#[derive(Clone, Debug)]
pub struct DifferenceSeries {
    /// Which series.
    pub name: SeriesName,
    /// What its numbers count: `"people"`.
    pub unit: String,
    /// Of people one for every boundary (`steps + 1`), of everything else one for every step. `None` where no replicate has
    /// the number in both variants.
    pub points: Vec<Option<Difference>>,
}

/// The difference of one outcome between two variants.
#[derive(Clone, Debug)]
pub struct OutcomeDifference {
    /// Its name in the scenario.
    pub outcome: String,
    /// Its name for people.
    pub label: String,
    /// What its numbers count. Differences of dates are in months, those of a yes or no in shares of replicates.
    pub unit: crate::model::OutcomeUnit,
    /// `None` where no replicate has a value in both variants.
    pub difference: Option<Difference>,
    /// Of a date, whether or not a replicate has it in both variants: in which shares of all replicates it comes earlier, at the
    /// same time or in neither variant, and later. A date that never comes is later than any other. `None` of what is no date,
    /// and in expected mode.
    pub order: Option<[f64; 3]>,
}

/// What the numbers of a [`DifferenceSeries`] are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeriesKind {
    /// People present.
    People,
    /// People moved in a step.
    Flow,
    /// People moved from the start to date.
    FlowToDate,
    /// Leavers of the trailing twelve months per person-year.
    Rate,
    /// Whether a shock happens: its difference is one of probabilities.
    Shock,
    /// How severe a shock is, over replicates in which it happens in both variants.
    Severity,
    /// Whether a regime switches.
    Switch,
    /// Whether a regime is in a state.
    State,
    /// Whether a triggered policy is in force.
    Trigger,
    /// What is measured beside people.
    Measure,
    /// What a replicate comes to.
    Outcome,
    /// The people that an observed value is compared with.
    Observed,
}

impl SeriesKind {
    /// The kinds whose differences are reported by step.
    pub const OVER_TIME: [SeriesKind; 10] = [
        SeriesKind::People,
        SeriesKind::Flow,
        SeriesKind::FlowToDate,
        SeriesKind::Rate,
        SeriesKind::Shock,
        SeriesKind::Severity,
        SeriesKind::Switch,
        SeriesKind::State,
        SeriesKind::Trigger,
        SeriesKind::Measure,
    ];

    /// As tables call it: `"flow_to_date"`.
    pub fn word(self) -> &'static str {
        match self {
            SeriesKind::People => "people",
            SeriesKind::Flow => "flow",
            SeriesKind::FlowToDate => "flow_to_date",
            SeriesKind::Rate => "rate",
            SeriesKind::Shock => "shock",
            SeriesKind::Severity => "severity",
            SeriesKind::Switch => "switch",
            SeriesKind::State => "state",
            SeriesKind::Trigger => "trigger",
            SeriesKind::Measure => "measure",
            SeriesKind::Outcome => "outcome",
            SeriesKind::Observed => "observed",
        }
    }

    /// How many points there are over so many steps: of people one for every boundary, of everything else one for every step.
    pub fn points(self, steps: usize) -> usize {
        match self {
            SeriesKind::Outcome | SeriesKind::Observed => 1,
            _ => steps + 1 - self.first_boundary(),
        }
    }

    /// The boundary that the first point speaks of: people are counted at the start, everything else at the end of the first step.
    pub fn first_boundary(self) -> usize {
        usize::from(self != SeriesKind::People)
    }

    /// The point that speaks of a boundary; `None` of the start, where nothing but people is counted.
    pub fn point(self, boundary: usize) -> Option<usize> {
        boundary.checked_sub(self.first_boundary())
    }
}

/// Which series, in the scenario's own words: people at a place, a flow, a measure. It is the same in every variant, wherever things stand in its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesName {
    /// What it is of.
    pub kind: SeriesKind,
    /// What it is about: of people a place or [`ALL_HELD`], of a rate what it counts as, of anything else an address
    /// (`"programmes.flights"`).
    pub subject: String,
    /// Of a measure, which.
    pub measure: Option<String>,
    /// Of a flow where from ([`OUTSIDE`], a place, or [`ALL_VALUES`]), of a switch the state that it leaves.
    pub from: Option<String>,
    /// Of a flow where to, of a switch the state that it enters, of a state which.
    pub to: Option<String>,
    /// Who: for each dimension one value, or all of them (`None`). Empty of events and measures.
    pub groups: Vec<Option<String>>,
}

impl SeriesName {
    /// Whether it counts all groups.
    pub fn is_everybody(&self) -> bool {
        self.groups.iter().all(Option::is_none)
    }
}

/// The difference of one number between two variants, over pairs of replicates: the variant's less the other's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The mean of the differences.
    pub mean: f64,
    /// The mean of the number in the variant that is compared with, over the same replicates.
    pub against_mean: f64,
    /// `mean / against_mean`: 0.1 is a tenth more. `None` where the latter is 0.
    pub relative: Option<f64>,
    /// What the pairs say of its spread; `None` in expected mode, which has none.
    pub spread: Option<PairedSpread>,
}

/// How a [`Difference`] varies between pairs of replicates, each of one replicate in both variants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedSpread {
    /// In how many replicates both variants have the number.
    pub pairs: u64,
    /// The standard deviation of the paired differences (n - 1 in the denominator).
    pub sd: f64,
    /// The Monte Carlo standard error of the mean difference: sd / sqrt(pairs).
    pub mc_se: f64,
    /// That of the mean in the variant that is compared with.
    pub against_mc_se: f64,
    /// That of the relative difference, to first order; not a number where there is none.
    pub relative_mc_se: f64,
    /// The smallest differences that at least these shares of pairs do not exceed, for
    /// [`QUANTILES`](super::summary::QUANTILES). Not a number of a yes or no, and of an event.
    pub quantiles: [f64; 5],
    /// The share of replicates in which the variant has less. A date that never comes is later than any other.
    pub lower: f64,
    /// The share in which both have the same.
    pub equal: f64,
    /// The share in which the variant has more.
    pub higher: f64,
    /// How many times as many replicates independent runs of the two variants would need for the same standard error: the sum
    /// of their variances over that of the paired difference. `None` where the difference does not vary.
    pub variance_ratio: Option<f64>,
}

impl Comparison {
    /// How many more people are held at the last boundary, over all places where people are held; `None` where such people are not
    /// recorded.
    pub fn held_at_end(&self) -> Option<Difference> {
        self.people(ALL_HELD)?.points.last().copied().flatten()
    }

    /// The differences of everybody at a place, or of everybody who is held ([`ALL_HELD`]).
    pub fn people(&self, place: &str) -> Option<&DifferenceSeries> {
        self.of(SeriesKind::People, place)
    }

    /// The first series of a kind about something that counts all groups: of a flow the one of all its ends.
    pub fn of(&self, kind: SeriesKind, subject: &str) -> Option<&DifferenceSeries> {
        self.series.iter().find(|series| {
            series.name.kind == kind && series.name.subject == subject && series.name.is_everybody()
        })
    }

    /// The difference of an outcome.
    pub fn outcome(&self, name: &str) -> Option<&OutcomeDifference> {
        self.outcomes.iter().find(|outcome| outcome.outcome == name)
    }
}
