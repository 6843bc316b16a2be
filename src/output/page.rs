//! The sentences as a page of text, for `summary.txt`.

use super::sentences::of_answer;
use crate::ensemble::answer::Answer;
use crate::output::format::count;

/// What is said after every result.
pub const NO_FORECAST: &str = "Parameters are illustrative unless a source is stated; this is no forecast.";

/// What was simulated, and what a run says in the end, a line each.
pub fn page(answer: &Answer, seed: u64) -> String {
    let first = answer.first();
    let (calendar, summary) = (&first.model.calendar, &first.summary);
    let steps = count(calendar.steps().into(), calendar.unit().name());
    let variants = match answer.variants.len() - 1 {
        0 => String::new(),
        variants => format!(" and {}", count(variants as u64, "variant")),
    };
    let how = if summary.expected {
        format!("Expected values over {steps}, no randomness.")
    } else {
        format!("{} of {steps}, seed {seed}.", count(summary.replicates, "replicate"))
    };
    let mut page = format!("{}{variants}\n{how}\n\n", first.model.title);
    for sentence in of_answer(answer).iter().map(String::as_str).chain([NO_FORECAST]) {
        page.push_str(sentence);
        page.push('\n');
    }
    page
}
