//! `--precision`: how small standard errors are to be.

use super::failure::Failure;
use super::variants::{ChosenVariants, unknown};
use crate::ensemble::answer::BASELINE;
use crate::ensemble::attribution::ExplainedSubject;
use crate::ensemble::comparison::ALL_HELD;
use crate::ensemble::precision::{PrecisionTarget, Tolerance};
use crate::model::Model;
use crate::scenario::{ScenarioVariants, suggest};

/// One precision as it is typed: `outcome=0.5%`, `outcome=10`, `variant:outcome=5%`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedPrecision {
    variant: Option<String>,
    outcome: String,
    tolerance: Tolerance,
}

impl std::str::FromStr for TypedPrecision {
    type Err = String;

    fn from_str(text: &str) -> Result<TypedPrecision, String> {
        let shape = || {
            format!(
                "`{text}` is no precision: write OUTCOME=0.5% (of its mean), OUTCOME=10 (in its unit), or \
                 VARIANT:OUTCOME=5% (of what a variant changes)"
            )
        };
        let (name, size) = text.split_once('=').ok_or_else(shape)?;
        let (variant, outcome) = match name.split_once(':') {
            Some((variant, outcome)) => (Some(variant.trim().to_string()), outcome.trim()),
            None => (None, name.trim()),
        };
        let size = size.trim();
        let (number, relative) = match size.strip_suffix('%') {
            Some(number) => (number.trim(), true),
            None => (size, false),
        };
        let number: f64 = number.parse().map_err(|_| shape())?;
        if outcome.is_empty() || variant.as_deref() == Some("") {
            return Err(shape());
        }
        if !(number > 0.0 && number.is_finite()) {
            return Err(format!(
                "`{size}` is no precision: a standard error can be small, but not 0 or less"
            ));
        }
        let tolerance =
            if relative { Tolerance::Relative(number / 100.0) } else { Tolerance::Absolute(number) };
        Ok(TypedPrecision { variant, outcome: outcome.into(), tolerance })
    }
}

/// The targets of wishes.
///
/// # Errors
/// Where a name is not that of a variant that is compared, or not that of one of its outcomes.
pub fn targets(
    wishes: &[TypedPrecision],
    scenario: &ScenarioVariants,
    chosen: &ChosenVariants<'_>,
) -> Result<Vec<PrecisionTarget>, Failure> {
    wishes.iter().map(|wish| target(wish, scenario, chosen)).collect()
}

fn target(
    wish: &TypedPrecision,
    scenario: &ScenarioVariants,
    chosen: &ChosenVariants<'_>,
) -> Result<PrecisionTarget, Failure> {
    let model = match &wish.variant {
        None => &scenario.baseline,
        Some(name) => compared(name, scenario, chosen)?,
    };
    let outcomes = || model.outcomes.iter().map(|outcome| outcome.name.as_str());
    let what = if outcomes().any(|name| name == wish.outcome) {
        ExplainedSubject::Outcome(wish.outcome.clone())
    } else if wish.outcome == ALL_HELD {
        ExplainedSubject::HeldAtEnd
    } else {
        let known: Vec<&str> = outcomes().chain([ALL_HELD]).collect();
        let help = suggest(&wish.outcome, known, "outcomes");
        return Err(Failure::BadInput(format!("error: there is no outcome `{}`: {help}", wish.outcome)));
    };
    Ok(PrecisionTarget { variant: wish.variant.clone(), what, tolerance: wish.tolerance })
}

/// The model of a variant that is compared with another.
fn compared<'w>(
    name: &str,
    scenario: &'w ScenarioVariants,
    chosen: &ChosenVariants<'w>,
) -> Result<&'w Model, Failure> {
    let (index, model) = if name == BASELINE {
        (Some(0), Some(&scenario.baseline))
    } else {
        let variant = scenario.variant(name).ok_or_else(|| unknown(scenario, name))?;
        let index = chosen.variants.iter().position(|chosen| chosen.name == name);
        (index.map(|index| index + 1), Some(&variant.model))
    };
    match (index, model) {
        (Some(index), Some(model)) if index != chosen.against => Ok(model),
        (Some(_), _) => Err(Failure::BadInput(format!(
            "error: `{name}` is what the others are compared with, so it does not differ: leave out `{name}:`, or name \
             another variant"
        ))),
        _ => Err(Failure::BadInput(format!(
            "error: the variant `{name}` is not simulated: add it to --variants"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precisions_are_read() {
        let wish = |text: &str| text.parse::<TypedPrecision>();
        assert_eq!(
            wish("twice: children = 5 %"),
            Ok(TypedPrecision {
                variant: Some("twice".into()),
                outcome: "children".into(),
                tolerance: Tolerance::Relative(0.05)
            })
        );
        assert_eq!(wish("children=10").map(|wish| wish.tolerance), Ok(Tolerance::Absolute(10.0)));
        for bad in ["children", "children=", "=5", ":children=5", "children=ten", "children=5 people"] {
            assert!(
                wish(bad).is_err_and(|error| error.contains("is no precision: write OUTCOME=0.5%")),
                "{bad}"
            );
        }
        for bad in ["children=0", "children=-1%", "children=nan", "children=inf"] {
            assert!(wish(bad).is_err_and(|error| error.contains("not 0 or less")), "{bad}");
        }
    }
}
