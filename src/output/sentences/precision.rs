//! What precision was reached.

use super::words::{counted, rough};
use crate::ensemble::answer::{Answer, VariantAnswer};
use crate::ensemble::attribution::ExplainedSubject;
use crate::ensemble::precision::{Reached, Tolerance, Verdict};
use crate::model::OutcomeUnit;
use crate::output::format::{count, shortest};

/// A sentence for each precision that was asked for.
pub fn precision(answer: &Answer) -> Vec<String> {
    let of_one_target = |one: &Reached, next: &Reached| {
        (one.difference, &one.what, one.tolerance) == (next.difference, &next.what, next.tolerance)
            && !one.difference
    };
    let mut all = Vec::new();
    for target in answer.precision.chunk_by(of_one_target) {
        let met = target.iter().all(|reached| reached.verdict == Verdict::Met);
        let error = |reached: &Reached| match reached.tolerance {
            Tolerance::Absolute(_) => reached.mc_se.unwrap_or(0.0),
            Tolerance::Relative(_) => (reached.mc_se.unwrap_or(0.0) / reached.mean.unwrap_or(1.0)).abs(),
        };
        match target.iter().max_by(|a, b| error(a).total_cmp(&error(b))) {
            // The least precise of the baseline and the variants stands for all.
            Some(least) if met && target.len() > 1 => all.push(sentence(answer, least, Said::OfAllVariants)),
            _ => all.extend(target.iter().map(|reached| sentence(answer, reached, Said::OfOneVariant))),
        }
    }
    all
}

/// What a sentence about a variant is said of.
#[derive(Clone, Copy)]
enum Said {
    /// Of the variant alone.
    OfOneVariant,
    /// Of all variants, for which it stands.
    OfAllVariants,
}

/// "Precision of Children in the camp: 0.48 % (12 people) after 6,400 replicates, as asked for."
fn sentence(answer: &Answer, reached: &Reached, of: Said) -> String {
    let variant =
        answer.variants.iter().find(|variant| variant.name == reached.variant).unwrap_or(answer.first());
    let (label, unit) = label_and_unit(variant, &reached.what);
    let whose = match (reached.difference, answer.variants.len()) {
        (true, _) => format!(" by which {} differs", variant.label),
        (false, 1) => String::new(),
        (false, _) => match of {
            Said::OfAllVariants => " in every variant".into(),
            Said::OfOneVariant => format!(" in {}", variant.label),
        },
    };
    let replicates = count(reached.replicates, "replicate");
    // In the unit in which the error is reported.
    let asked = match (reached.tolerance, &unit) {
        (Tolerance::Relative(part), _) => format!("{} %", of_hundred(part)),
        (Tolerance::Absolute(size), OutcomeUnit::Share | OutcomeUnit::Probability) => {
            with_unit(of_hundred(size), "percentage points")
        }
        (Tolerance::Absolute(size), OutcomeUnit::Date) => with_unit(shortest(size), "months"),
        (Tolerance::Absolute(size), OutcomeUnit::Amount(words)) => with_unit(shortest(size), words),
    };
    let (Some(mean), Some(error)) = (reached.mean, reached.mc_se) else {
        return format!("Precision of {label}{whose}: not pursued, since none of {replicates} has a value.");
    };
    let error_words = match (&unit, reached.tolerance) {
        (_, Tolerance::Relative(_)) if mean != 0.0 => {
            format!("{} %", rough(100.0 * (error / mean).abs()))
        }
        (OutcomeUnit::Share | OutcomeUnit::Probability, _) => {
            with_unit(rough(100.0 * error), "percentage points")
        }
        (OutcomeUnit::Date, _) => with_unit(rough(error), "months"),
        (OutcomeUnit::Amount(words), _) => with_unit(rough(error), words),
    };
    match reached.verdict {
        Verdict::Met => format!(
            "Precision of {label}{whose}: a standard error of {error_words}{} after {replicates} (asked for: {asked}).",
            match of {
                Said::OfAllVariants => " or less",
                Said::OfOneVariant => "",
            }
        ),
        Verdict::Limit => format!(
            "Precision of {label}{whose}: only a standard error of {error_words} after {replicates} (asked for: {asked}); \
             --at-most allows more{}.",
            if matches!(reached.tolerance, Tolerance::Relative(_)) && mean.abs() < 3.0 * error {
                ", but a part of what is nearly 0 asks for very many: give the precision in its unit"
            } else {
                ""
            }
        ),
        Verdict::Unattainable => format!(
            "Precision of {label}{whose}: not pursued, since it is 0 in all of {replicates}; give the precision in its unit."
        ),
    }
}

/// What precision was asked of, as people call it, and what it counts.
fn label_and_unit<'a>(variant: &'a VariantAnswer, what: &'a ExplainedSubject) -> (&'a str, OutcomeUnit) {
    match what {
        ExplainedSubject::HeldAtEnd => ("people held in the end", OutcomeUnit::Amount("people".into())),
        ExplainedSubject::Outcome(name) => {
            let outcomes = &variant.model.outcomes;
            let index = outcomes.iter().position(|outcome| outcome.name == *name);
            let unit =
                index.and_then(|index| variant.summary.outcomes.get(index)).map(|found| found.unit.clone());
            let label = index.map_or(name.as_str(), |index| &outcomes[index].label);
            (label, unit.unwrap_or(OutcomeUnit::Share))
        }
    }
}

/// "4 people", "1 percentage point"
fn with_unit(number: String, unit: &str) -> String {
    let unit = counted(&number, unit);
    format!("{number} {unit}")
}

/// A part in percent, as it was typed: the product alone makes 7.000000000000001 of 0.07.
fn of_hundred(part: f64) -> String {
    let percent = 100.0 * part;
    let typed = (percent * 1e9).round() / 1e9;
    shortest(if typed == 0.0 { percent } else { typed })
}
