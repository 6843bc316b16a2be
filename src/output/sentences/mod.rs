//! What the numbers say, in a few plain sentences for the end of a run.

mod attribution;
mod differences;
mod digits;
mod findings;
mod leaving;
mod observed;
mod outcomes;
mod people;
mod precision;
mod shock;
mod wandering;
pub mod words;

use crate::ensemble::answer::Answer;
use crate::ensemble::summary::Summary;
use crate::model::Model;
use crate::output::full_stops::one_stop;
use findings::RunFindings;

/// Three sentences about a result: how many are held in the end, how the largest place changes, and how people leave;
/// with a fourth about a shock where there are shocks, and then those about the first outcomes and observed values,
/// and one about parameters that wander. What is not recorded is left out.
pub fn sentences(model: &Model, summary: &Summary) -> Vec<String> {
    let findings = RunFindings { model, summary };
    [
        people::held(&findings),
        people::largest_place(&findings),
        leaving::leaving(&findings),
        shock::shock(&findings),
    ]
    .into_iter()
    .flatten()
    .chain(outcomes::outcomes(&findings))
    .chain(observed::observed(&findings))
    .chain(wandering::wandering(&findings))
    .collect()
}

/// What a run says in plain English, a sentence each: those of the baseline, then what variants change and what their parts contribute, what precision
/// was reached, and a warning where a number is reported with more digits than its standard error supports.
pub fn of_answer(answer: &Answer) -> Vec<String> {
    let first = answer.first();
    let mut all = sentences(&first.model, &first.summary);
    all.extend(differences::differences(answer));
    all.extend(attribution::attributions(answer));
    all.extend(precision::precision(answer));
    all.extend(digits::unsupported(&first.model, &first.summary));
    all.iter().map(|sentence| one_stop(sentence)).collect()
}

/// The sentences that answer a scenario's question: what each variant changes in its first outcome, and that outcome in the first variant; the first
/// sentence of all where there are no outcomes. All of them are among those of [`of_answer`].
pub fn answering(answer: &Answer) -> AnswerSentences {
    let first = answer.first();
    let findings = RunFindings { model: &first.model, summary: &first.summary };
    let outcome = outcomes::outcomes(&findings).into_iter().next();
    let outcome = outcome.or_else(|| sentences(&first.model, &first.summary).into_iter().next());
    let stopped = |sentence: String| one_stop(&sentence);
    AnswerSentences {
        differences: differences::first_of_each(answer).into_iter().map(stopped).collect(),
        first: outcome.map(stopped),
    }
}

/// What [`answering`] gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerSentences {
    /// What variants change, one each.
    pub differences: Vec<String>,
    /// What the first variant comes to.
    pub first: Option<String>,
}
