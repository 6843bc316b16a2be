//! What variants change, and what pairing saved.

use super::words::{brief, capital, counted, is_supported, percent_of, rough, significant, significant_band};
use crate::ensemble::answer::{Answer, World};
use crate::ensemble::comparison::{ALL_HELD, Comparison, Difference, PairedSpread};
use crate::model::OutcomeUnit;
use crate::output::format::{count_of, when};

/// More variants, and more outcomes of all of them together, are left to the table; each has one.
const MOST_VARIANTS: usize = 6;
const MOST_OUTCOMES: usize = 6;

/// Below this ratio of variances pairing is no better than independent histories.
const WORTH: f64 = 1.05;

/// Fewer pairs do not tell a ratio of variances: of so many its first digit is known.
const FEWEST_PAIRS: u64 = 30;

/// A sentence for each of the first outcomes of each variant, or for everybody who is held where there are no outcomes; and
/// what pairing saved.
pub fn differences(answer: &Answer) -> Vec<String> {
    let mut all = Vec::new();
    let most = (MOST_OUTCOMES / answer.comparisons.len().max(1)).max(1);
    for comparison in answer.comparisons.iter().take(MOST_VARIANTS) {
        let changes = changes(answer, comparison);
        let (world, against) = (&answer.worlds[comparison.world], &answer.worlds[comparison.against]);
        for change in changes.iter().take(most) {
            let words = change.words(&against.label);
            all.push(format!(
                "{} against {}: {}: {words}.",
                capital(&world.label),
                against.label,
                change.label
            ));
        }
        all.extend(changes.iter().find_map(saved));
    }
    let more = answer.comparisons.len().saturating_sub(MOST_VARIANTS);
    if more > 0 {
        let them = count_of(more as u64, "more variant changes", "more variants change");
        all.push(format!("What {them} is in differences.csv."));
    }
    all
}

/// A number that a variant changes.
struct Changed {
    label: String,
    unit: OutcomeUnit,
    difference: Option<Difference>,
    /// Of a date: in which share of the histories it comes in the world, and in the one that it is compared with.
    comes: Option<[f64; 2]>,
    replicates: u64,
    expected: bool,
}

/// The outcomes of a comparison, or everybody who is held in the end.
fn changes(answer: &Answer, comparison: &Comparison) -> Vec<Changed> {
    let world = &answer.worlds[comparison.world].summary;
    let (replicates, expected) = (world.replicates, world.expected);
    if !comparison.outcomes.is_empty() {
        let all = comparison.outcomes.iter().map(|outcome| Changed {
            label: outcome.label.clone(),
            unit: outcome.unit.clone(),
            difference: outcome.difference,
            comes: (outcome.unit == OutcomeUnit::Date).then(|| {
                [comparison.world, comparison.against]
                    .map(|index| share_that_comes(&answer.worlds[index], &outcome.outcome))
            }),
            replicates,
            expected,
        });
        // Expected mode knows no probabilities, and a date that comes in neither world is none of its changes.
        let told = |change: &Changed| {
            change.difference.is_some() || change.comes.is_some_and(|comes| comes != [0.0; 2])
        };
        return all.filter(|change| !expected || told(change)).collect();
    }
    let calendar = &answer.worlds[comparison.world].model.calendar;
    let held = comparison.people(ALL_HELD).map(|series| Changed {
        label: format!("people held {}", when(calendar.end(), calendar.unit())),
        unit: OutcomeUnit::Amount("people".into()),
        difference: series.points.last().copied().flatten(),
        comes: None,
        replicates,
        expected,
    });
    held.into_iter().collect()
}

/// In which share of its histories a date comes in a world.
fn share_that_comes(world: &World, outcome: &str) -> f64 {
    let outcomes = world.model.outcomes.iter().zip(&world.summary.outcomes);
    let found = outcomes.into_iter().find(|(known, _)| known.name == outcome);
    let certain = |comes| if comes { 1.0 } else { 0.0 };
    found.map_or(0.0, |(_, result)| result.probability.unwrap_or(certain(result.stat.is_some())))
}

/// How differences of a unit are told: what they are multiplied by, their unit, and the words for less and for more.
struct Way<'a> {
    times: f64,
    unit: &'a str,
    less: &'static str,
    more: &'static str,
}

impl<'a> Way<'a> {
    fn of(unit: &'a OutcomeUnit) -> Way<'a> {
        match unit {
            OutcomeUnit::Amount(unit) if unit == "people" => {
                Way { times: 1.0, unit, less: "fewer", more: "more" }
            }
            OutcomeUnit::Amount(unit) => Way { times: 1.0, unit, less: "less", more: "more" },
            OutcomeUnit::Share => Way { times: 100.0, unit: "percentage points", less: "less", more: "more" },
            OutcomeUnit::Date => Way { times: 1.0, unit: "months", less: "earlier", more: "later" },
            OutcomeUnit::Probability => {
                Way { times: 100.0, unit: "percentage points", less: "less likely", more: "more likely" }
            }
        }
    }

    /// "312 people fewer", "1 month earlier"
    fn amount(&self, number: f64, error: f64) -> String {
        let word = if number < 0.0 { self.less } else { self.more };
        let digits = significant(number.abs(), error);
        let unit = counted(&digits, self.unit);
        format!("{digits} {unit} {word}")
    }
}

impl Changed {
    /// What is changed; of a date first how often it comes, where that is not always.
    fn words(&self, against: &str) -> String {
        let difference = self.difference.as_ref().map(|difference| self.size(difference));
        match (self.comes, difference) {
            (Some(comes), difference) if comes != [1.0; 2] => match difference {
                _ if self.expected && comes[0] > comes[1] => "comes here alone".into(),
                _ if self.expected => format!("comes in {against} alone"),
                _ if comes == [0.0; 2] => "comes in no history of either".into(),
                None if comes.contains(&0.0) => self.how_often(comes),
                None => format!("{}, and in no history in both", self.how_often(comes)),
                Some(words) => format!("{}; where it comes in both, {words}", self.how_often(comes)),
            },
            (_, Some(words)) => words,
            (_, None) => "no history has it in both".into(),
        }
    }

    /// "comes in 62 % of the histories instead of none"
    fn how_often(&self, [world, against]: [f64; 2]) -> String {
        let percent = |share: f64| match share {
            0.0 => "none".to_string(),
            1.0 => "all".to_string(),
            _ => percent_of(self.replicates, share),
        };
        let (world, against) = (percent(world), percent(against));
        if world == against {
            return format!("comes in {world} of the histories in either world");
        }
        format!("comes in {world} of the histories instead of {against}")
    }

    /// "312 people fewer on average (12 %), in 9 of 10 histories between 250 and 370 fewer"
    fn size(&self, difference: &Difference) -> String {
        let way = Way::of(&self.unit);
        let mean = way.times * difference.mean;
        let Some(spread) = &difference.spread else {
            return match difference.mean {
                0.0 => "the same".into(),
                _ => format!("{}{}", way.amount(mean, 0.0), percent(self, difference)),
            };
        };
        if spread.equal == 1.0 {
            return "the same in every history".into();
        }
        let error = way.times * spread.mc_se;
        if !is_supported(mean, error) {
            let histories = count_of(spread.pairs, "history", "histories");
            return format!(
                "no difference that {histories} can tell, {} with a standard error of {}",
                way.amount(mean, error),
                rough(error)
            );
        }
        let how = match self.unit {
            _ if spread.pairs == 1 => " in the one history that tells",
            OutcomeUnit::Probability => "",
            _ => " on average",
        };
        let average = format!("{}{how}{}", way.amount(mean, error), percent(self, difference));
        match band(&way, spread) {
            Some(band) => format!("{average}, {band}"),
            None => average,
        }
    }
}

/// " (12 %)": of what is no share, no probability and no date.
fn percent(change: &Changed, difference: &Difference) -> String {
    let error = difference.spread.map_or(0.0, |spread| spread.relative_mc_se);
    match (&change.unit, difference.relative) {
        (OutcomeUnit::Amount(_), Some(relative)) if is_supported(relative, error) => {
            format!(" ({} %)", brief(100.0 * relative.abs(), 100.0 * error))
        }
        _ => String::new(),
    }
}

/// "in 9 of 10 histories between 250 and 370 fewer", "in 9 of 10 histories between 30 fewer and 120 more"
fn band(way: &Way<'_>, spread: &PairedSpread) -> Option<String> {
    let [low, .., high] = spread.quantiles.map(|quantile| way.times * quantile);
    let (histories, low_words, high_words) =
        significant_band(spread.pairs, low, high, way.times * spread.mc_se)?;
    Some(if high <= 0.0 {
        format!("{histories} between {high_words} and {low_words} {}", way.less)
    } else if low >= 0.0 {
        format!("{histories} between {low_words} and {high_words} {}", way.more)
    } else {
        format!("{histories} between {low_words} {} and {high_words} {}", way.less, way.more)
    })
}

/// "For people held in January 2031, paired histories needed 1/93 of the replicates that independent ones would."
fn saved(change: &Changed) -> Option<String> {
    let spread = change.difference?.spread.filter(|spread| spread.pairs >= FEWEST_PAIRS)?;
    let label = &change.label;
    match spread.variance_ratio {
        Some(ratio) if ratio >= WORTH => Some(format!(
            "For {label}, paired histories needed 1/{} of the replicates that independent ones would.",
            rough(ratio)
        )),
        Some(_) => {
            Some(format!("For {label}, paired histories were no better than independent ones would be."))
        }
        None if spread.equal < 1.0 => Some(format!(
            "For {label} the difference is the same in every history: one pair would have told."
        )),
        None => None,
    }
}
