//! The chart that answers the question.

use maud::{Markup, html};

use super::figure;
use crate::ensemble::answer::Answer;
use crate::model::{Mechanism, Model, OutcomeOf};
use crate::output::chart::spec::Spec;
use crate::page::words::Words;

/// The charts that may be it, the best first: of variants the one that compares them, otherwise that of the first outcome.
pub fn names(answer: &Answer) -> Vec<String> {
    let mut names = vec!["variants".to_string()];
    names.extend(of_first_outcome(&answer.first().model));
    names.extend(["population_by_place", "flows_per_step"].map(str::to_string));
    names
}

/// The chart of the series that the first outcome is taken from, where it is one of people who moved.
fn of_first_outcome(model: &Model) -> Option<String> {
    let OutcomeOf::Flow { by, .. } = &model.outcomes.first()?.of else { return None };
    let word = |mechanism: &Mechanism| model.mover(*mechanism).counts_as.cloned();
    let first = word(by.first()?)?;
    by.iter().all(|mechanism| word(mechanism).as_ref() == Some(&first)).then(|| format!("{first}_to_date"))
}

/// The headline.
pub fn headline(words: &Words, spec: Option<Spec>) -> Markup {
    html! {
        @if let Some(spec) = spec {
            h2.quiet { (words.say("headline.heading")) }
            (figure::of(spec, words))
        }
    }
}
