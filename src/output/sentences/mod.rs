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
