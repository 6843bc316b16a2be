//! The outcomes as a table with rounded numbers: a group of rows for each outcome, a row for each variant. So it has few columns, and
//! is read on a phone and on paper however many variants there are.

use maud::{Markup, html};

use super::numbers::{change, level, unit_of_change, unit_words};
use crate::ensemble::answer::Answer;
use crate::ensemble::summary::OutcomeResult;
use crate::model::{Outcome, OutcomeUnit};
use crate::output::sentences::words::capital;
use crate::page::content::PageContent;
use crate::page::words::Words;

/// The table.
pub fn outcomes(content: &PageContent<'_>) -> Markup {
    let (answer, words) = (content.answer, content.words);
    let first = answer.first();
    let several = answer.variants.len() > 1;
    html! {
        @if !first.model.outcomes.is_empty() {
            h2 { (words.say("outcomes.heading")) }
            div.scroll tabindex="0" role="group" aria-label=(words.say("outcomes.heading")) {
                table.outcomes data-table="outcomes" {
                    caption { (words.say("outcomes.caption")) }
                    thead {
                        tr {
                            th scope="col" { (words.say(if several { "outcomes.variant" } else { "outcomes.outcome" })) }
                            th.number scope="col" { (words.say("outcomes.mean")) }
                            th.number scope="col" { (words.say("outcomes.band")) }
                            @if several {
                                th.number scope="col" {
                                    (words.fill("outcomes.difference", &[("against", &answer.variants[answer.against].label)]))
                                }
                                th.number scope="col" { (words.say("outcomes.error")) }
                            }
                        }
                    }
                    @for outcome in &first.model.outcomes {
                        tbody { (if several { group(answer, outcome, words) } else { alone(answer, outcome, words) }) }
                    }
                }
            }
            div.buttons.scripted {
                button type="button" data-do="csv" data-table="outcomes" { (words.say("outcomes.csv")) }
                @if several {
                    button type="button" data-do="csv" data-table="differences" { (words.say("outcomes.differences_csv")) }
                }
            }
        }
    }
}

/// The only row of an outcome.
fn alone(answer: &Answer, outcome: &Outcome, words: &Words) -> Markup {
    let first = answer.first();
    html! {
        @if let Some(result) = result(answer, 0, outcome) {
            tr data-outcome=(outcome.name) data-variant=(first.name) {
                th scope="row" { (outcome.label) " " span.unit { (unit_words(&result.unit, words)) } }
                (level_cells(answer, 0, result, words))
            }
        }
    }
}

/// The rows of an outcome, one for each variant that has it.
fn group(answer: &Answer, outcome: &Outcome, words: &Words) -> Markup {
    let unit = result(answer, 0, outcome).map_or(OutcomeUnit::Share, |result| result.unit.clone());
    let unit_here = unit_words(&unit, words);
    let of_change = unit_of_change(&unit, words);
    html! {
        tr.outcome {
            th colspan="5" scope="rowgroup" {
                (outcome.label) " "
                span.unit {
                    (unit_here)
                    @if of_change != unit_here { "; " (words.fill("outcomes.differences_in", &[("unit", of_change)])) }
                }
            }
        }
        @for (index, variant) in answer.variants.iter().enumerate() {
            @if let Some(result) = result(answer, index, outcome) {
                tr data-outcome=(outcome.name) data-variant=(variant.name) {
                    th scope="row" { (capital(&variant.label)) }
                    (level_cells(answer, index, result, words))
                    (change_cells(answer, index, outcome, words))
                }
            }
        }
    }
}

fn level_cells(answer: &Answer, index: usize, result: &OutcomeResult, words: &Words) -> Markup {
    let variant = &answer.variants[index];
    let said = level(&variant.model, &variant.summary, result, words);
    html! {
        td.number { (said.middle) }
        td.number { (said.band) }
    }
}

fn change_cells(answer: &Answer, index: usize, outcome: &Outcome, words: &Words) -> Markup {
    let found = answer.comparison(index).and_then(|comparison| comparison.outcome(&outcome.name));
    html! {
        @if let Some(found) = found {
            @let said = change(&found.unit, found.difference.as_ref(), words);
            td.number.noise[said.is_noise] { (said.difference) }
            td.number { (said.error) @if said.is_noise { " " span.hint { (words.say("outcomes.noise")) } } }
        } @else {
            td.number { } td.number { }
        }
    }
}

/// What an outcome comes to in a variant; `None` where the variant has it not.
fn result<'a>(answer: &'a Answer, index: usize, outcome: &Outcome) -> Option<&'a OutcomeResult> {
    let variant = &answer.variants[index];
    let at = variant.model.outcomes.iter().position(|it| it.name == outcome.name)?;
    variant.summary.outcomes.get(at)
}
