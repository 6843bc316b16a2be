//! What variants change, and what pairing saved.

use super::words::{is_supported, significant, significant_band};
use crate::ensemble::answer::Answer;
use crate::ensemble::comparison::{ALL_HELD, Comparison, Difference, PairedSpread};
use crate::model::OutcomeUnit;
use crate::output::format::{count_of, when};

/// More variants, and more outcomes of all of them together, are left to the table; each has one.
const MOST_VARIANTS: usize = 6;
const MOST_OUTCOMES: usize = 6;

/// Below this ratio of variances pairing is no better than independent histories.
const WORTH: f64 = 1.05;

/// A sentence for each of the first outcomes of each variant, or for everybody who is held where there are no outcomes; and
/// what pairing saved.
pub fn differences(answer: &Answer) -> Vec<String> {
    let mut all = Vec::new();
    let most = (MOST_OUTCOMES / answer.comparisons.len().max(1)).max(1);
    for comparison in answer.comparisons.iter().take(MOST_VARIANTS) {
        let changes = changes(answer, comparison);
        let (world, against) = (&answer.worlds[comparison.world], &answer.worlds[comparison.against]);
        for change in changes.iter().take(most) {
            let words = change.words();
            all.push(format!("{} against {}: {}: {words}.", world.label, against.label, change.label));
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
    replicates: u64,
}

/// The outcomes of a comparison, or everybody who is held in the end.
fn changes(answer: &Answer, comparison: &Comparison) -> Vec<Changed> {
    if !comparison.outcomes.is_empty() {
        let world = &answer.worlds[comparison.world].summary;
        let all = comparison.outcomes.iter().map(|outcome| Changed {
            label: outcome.label.clone(),
            unit: outcome.unit.clone(),
            difference: outcome.difference,
            replicates: world.replicates,
        });
        // Expected mode knows no probabilities.
        return all.filter(|change| !world.expected || change.difference.is_some()).collect();
    }
    let calendar = &answer.worlds[comparison.world].model.calendar;
    let held = comparison.people(ALL_HELD).map(|series| Changed {
        label: format!("people held {}", when(calendar.end(), calendar.unit())),
        unit: OutcomeUnit::Amount("people".into()),
        difference: series.points.last().copied().flatten(),
        replicates: answer.worlds[comparison.world].summary.replicates,
    });
    held.into_iter().collect()
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

    fn word(&self, number: f64) -> &'static str {
        if number < 0.0 { self.less } else { self.more }
    }
}

impl Changed {
    /// "312 people fewer on average (12 %), in 9 of 10 histories between 250 and 370 fewer"
    fn words(&self) -> String {
        let Some(difference) = &self.difference else { return "no history has it in both".into() };
        let way = Way::of(&self.unit);
        let mean = way.times * difference.mean;
        let Some(spread) = &difference.spread else {
            return match difference.mean {
                0.0 => "the same".into(),
                _ => format!(
                    "{} {} {}{}",
                    significant(mean.abs(), 0.0),
                    way.unit,
                    way.word(mean),
                    percent(self, difference)
                ),
            };
        };
        if spread.equal == 1.0 {
            return "the same in every history".into();
        }
        let error = way.times * spread.mc_se;
        if !is_supported(mean, error) {
            let histories = count_of(spread.pairs, "history", "histories");
            return format!(
                "no difference that {histories} can tell, {} {} {} with a standard error of {}",
                significant(mean.abs(), error),
                way.unit,
                way.word(mean),
                significant(error, 0.0)
            );
        }
        let how = match self.unit {
            OutcomeUnit::Probability => "",
            OutcomeUnit::Date if spread.pairs < self.replicates => " on average where it comes in both",
            _ => " on average",
        };
        let average = format!(
            "{} {} {}{how}{}",
            significant(mean.abs(), error),
            way.unit,
            way.word(mean),
            percent(self, difference)
        );
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
            format!(" ({} %)", significant(100.0 * relative.abs(), 100.0 * error))
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
    let spread = change.difference?.spread?;
    let label = &change.label;
    match spread.variance_ratio {
        Some(ratio) if ratio >= WORTH => Some(format!(
            "For {label}, paired histories needed 1/{} of the replicates that independent ones would.",
            significant(ratio, 0.0)
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
