//! What variants change, and what pairing saved.

use super::words::{brief, capital, counted, is_supported, percent_of, rough, significant, significant_band};
use crate::ensemble::answer::{Answer, VariantAnswer};
use crate::ensemble::comparison::{ALL_HELD, Comparison, Difference, PairedSpread};
use crate::model::OutcomeUnit;
use crate::output::format::{count, count_of, when};

/// More variants, and more outcomes of all of them together, are left to the table; each has one.
const MOST_VARIANTS: usize = 6;
const MOST_OUTCOMES: usize = 6;

/// Below this ratio of variances pairing is no better than independent replicates.
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
        all.extend(changes.iter().take(most).map(|change| sentence(answer, comparison, change)));
        all.extend(changes.iter().find_map(saved));
    }
    let more = answer.comparisons.len().saturating_sub(MOST_VARIANTS);
    if more > 0 {
        let them = count_of(more as u64, "more variant changes", "more variants change");
        all.push(format!("What {them} is in differences.csv."));
    }
    all
}

/// Of each variant the first of these sentences.
pub fn first_of_each(answer: &Answer) -> Vec<String> {
    let first = |comparison: &Comparison| {
        changes(answer, comparison).first().map(|change| sentence(answer, comparison, change))
    };
    answer.comparisons.iter().take(MOST_VARIANTS).filter_map(first).collect()
}

/// "More flights against the baseline: Deaths: 14 people fewer on average."
fn sentence(answer: &Answer, comparison: &Comparison, change: &Changed) -> String {
    let (variant, against) = (&answer.variants[comparison.variant], &answer.variants[comparison.against]);
    let words = change.words(&against.label);
    format!("{} against {}: {}: {words}.", capital(&variant.label), against.label, change.label)
}

/// A number that a variant changes.
struct Changed {
    label: String,
    unit: OutcomeUnit,
    difference: Option<Difference>,
    /// Of a date: in which share of the replicates it comes in the variant, and in the one that it is compared with.
    comes: Option<[f64; 2]>,
    replicates: u64,
    expected: bool,
}

/// The outcomes of a comparison, or everybody who is held in the end.
fn changes(answer: &Answer, comparison: &Comparison) -> Vec<Changed> {
    let variant = &answer.variants[comparison.variant].summary;
    let (replicates, expected) = (variant.replicates, variant.expected);
    if !comparison.outcomes.is_empty() {
        let all = comparison.outcomes.iter().map(|outcome| Changed {
            label: outcome.label.clone(),
            unit: outcome.unit.clone(),
            difference: outcome.difference,
            comes: (outcome.unit == OutcomeUnit::Date).then(|| {
                [comparison.variant, comparison.against]
                    .map(|index| share_that_comes(&answer.variants[index], &outcome.outcome))
            }),
            replicates,
            expected,
        });
        // Expected mode knows no probabilities, and a date that comes in neither variant is none of its changes.
        let reported = |change: &Changed| {
            change.difference.is_some() || change.comes.is_some_and(|comes| comes != [0.0; 2])
        };
        return all.filter(|change| !expected || reported(change)).collect();
    }
    let calendar = &answer.variants[comparison.variant].model.calendar;
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

/// In which share of its replicates a date comes in a variant.
fn share_that_comes(variant: &VariantAnswer, outcome: &str) -> f64 {
    let outcomes = variant.model.outcomes.iter().zip(&variant.summary.outcomes);
    let found = outcomes.into_iter().find(|(known, _)| known.name == outcome);
    let certain = |comes| if comes { 1.0 } else { 0.0 };
    found.map_or(0.0, |(_, result)| result.probability.unwrap_or(certain(result.stat.is_some())))
}

/// How differences of a unit are reported: what they are multiplied by, their unit, and the words for less and for more.
struct DifferenceWords<'a> {
    times: f64,
    unit: &'a str,
    less: &'static str,
    more: &'static str,
}

impl<'a> DifferenceWords<'a> {
    fn of(unit: &'a OutcomeUnit) -> DifferenceWords<'a> {
        match unit {
            OutcomeUnit::Amount(unit) if unit == "people" => {
                DifferenceWords { times: 1.0, unit, less: "fewer", more: "more" }
            }
            OutcomeUnit::Amount(unit) => DifferenceWords { times: 1.0, unit, less: "less", more: "more" },
            OutcomeUnit::Share => {
                DifferenceWords { times: 100.0, unit: "percentage points", less: "less", more: "more" }
            }
            OutcomeUnit::Date => {
                DifferenceWords { times: 1.0, unit: "months", less: "earlier", more: "later" }
            }
            OutcomeUnit::Probability => DifferenceWords {
                times: 100.0,
                unit: "percentage points",
                less: "less likely",
                more: "more likely",
            },
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
                _ if comes == [0.0; 2] => "comes in no replicate of either".into(),
                None if comes.contains(&0.0) => self.how_often(comes),
                None => format!("{}, and in no replicate in both", self.how_often(comes)),
                Some(words) => format!("{}; where it comes in both, {words}", self.how_often(comes)),
            },
            (_, Some(words)) => words,
            (_, None) => "no replicate has it in both".into(),
        }
    }

    /// "comes in 62 % of the replicates instead of none"
    fn how_often(&self, [variant, against]: [f64; 2]) -> String {
        let percent = |share: f64| match share {
            0.0 => "none".to_string(),
            1.0 => "all".to_string(),
            _ => percent_of(self.replicates, share),
        };
        let (variant, against) = (percent(variant), percent(against));
        if variant == against {
            return format!("comes in {variant} of the replicates of both");
        }
        format!("comes in {variant} of the replicates instead of {against}")
    }

    /// "312 people fewer on average (12 %), in 9 of 10 replicates between 250 and 370 fewer"
    fn size(&self, difference: &Difference) -> String {
        let way = DifferenceWords::of(&self.unit);
        let mean = way.times * difference.mean;
        let Some(spread) = &difference.spread else {
            return match difference.mean {
                0.0 => "the same".into(),
                _ => format!("{}{}", way.amount(mean, 0.0), percent(self, difference)),
            };
        };
        if spread.equal == 1.0 {
            return "the same in every replicate".into();
        }
        let error = way.times * spread.mc_se;
        if !is_supported(mean, error) {
            let replicates = count(spread.pairs, "replicate");
            return format!(
                "no difference that {replicates} can tell, {} with a standard error of {}",
                way.amount(mean, error),
                rough(error)
            );
        }
        let how = match self.unit {
            _ if spread.pairs == 1 => " in the one replicate that tells",
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

/// "in 9 of 10 replicates between 250 and 370 fewer", "in 9 of 10 replicates between 30 fewer and 120 more"
fn band(way: &DifferenceWords<'_>, spread: &PairedSpread) -> Option<String> {
    let [low, .., high] = spread.quantiles.map(|quantile| way.times * quantile);
    let (replicates, low_words, high_words) =
        significant_band(spread.pairs, low, high, way.times * spread.mc_se)?;
    Some(if high <= 0.0 {
        format!("{replicates} between {high_words} and {low_words} {}", way.less)
    } else if low >= 0.0 {
        format!("{replicates} between {low_words} and {high_words} {}", way.more)
    } else {
        format!("{replicates} between {low_words} {} and {high_words} {}", way.less, way.more)
    })
}

/// "For people held in January 2031, paired replicates needed 1/93 of the replicates that independent ones would."
fn saved(change: &Changed) -> Option<String> {
    let spread = change.difference?.spread.filter(|spread| spread.pairs >= FEWEST_PAIRS)?;
    let label = &change.label;
    match spread.variance_ratio {
        Some(ratio) if ratio >= WORTH => Some(format!(
            "For {label}, paired replicates needed 1/{} of the replicates that independent ones would.",
            rough(ratio)
        )),
        Some(_) => {
            Some(format!("For {label}, paired replicates were no better than independent ones would be."))
        }
        None if spread.equal < 1.0 => Some(format!(
            "For {label} the difference is the same in every replicate: one pair would have shown it."
        )),
        None => None,
    }
}
