//! The parts of a page, each rendered from what it tells. One part is one file.

mod answer;
mod charts;
mod cite;
mod described;
mod differences;
mod exercises;
mod figure;
mod head;
mod headline;
mod lesson;
mod levers;
mod limits;
mod numbers;
mod outcomes;
mod text;

use maud::Markup;

pub use charts::Beside;

use super::content::{PageContent, PageScenario};
use crate::ensemble::answer::Answer;
use crate::output::chart::{self, spec::Spec};
use crate::signs;

/// A part of the page, with the `id` of the element that it is put into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePart {
    /// `part-answer`, ...
    pub id: &'static str,
    /// What is in the element; nothing where the scenario has nothing for it.
    pub html: String,
}

/// In which order parts are on the page.
pub const ORDER: [&str; 13] = [
    "part-head",
    "part-answer",
    "part-headline",
    "part-differences",
    "part-levers",
    "part-outcomes",
    "part-charts",
    "part-described",
    "part-text",
    "part-lesson",
    "part-exercises",
    "part-limits",
    "part-cite",
];

/// All parts of a page that lies where the files `beside` are, with charts of at most `room` bytes.
pub fn all_with(content: &PageContent<'_>, beside: Beside, room: usize) -> Vec<PagePart> {
    let mut parts = before(&content.before());
    let further = |specs, first| charts::all(specs, room.saturating_sub(first), content.words, beside);
    parts.extend(after(content, further));
    let place = |part: &PagePart| ORDER.iter().position(|id| *id == part.id);
    parts.sort_by_key(place);
    parts
}

/// The parts that change with what is set; further charts as far as they are `open`, by their names.
pub fn live(content: &PageContent<'_>, open: &[String]) -> Vec<PagePart> {
    after(content, |shown, _| charts::open(shown, content.words, open))
}

/// The parts that need no answer.
pub fn before(content: &PageScenario<'_>) -> Vec<PagePart> {
    vec![
        part("part-levers", levers::levers(content)),
        part("part-described", described::described(content)),
        part("part-text", text::text(content)),
        part("part-lesson", lesson::lesson(content)),
        part("part-exercises", exercises::exercises(content)),
        part("part-limits", limits::limits(content)),
        part("part-cite", cite::cite(content)),
    ]
}

/// The chart that answers the question, as SVG.
pub fn first_chart(answer: &Answer) -> Option<String> {
    let mut specs = chart::named(chart::specs(answer));
    let spec = take(&mut specs, &headline::names(answer))?;
    Some(chart::drawn(spec).svg)
}

/// The parts of an answer. `further` renders the charts that are left, behind first ones of so many bytes.
fn after(content: &PageContent<'_>, further: impl FnOnce(Vec<Spec>, usize) -> Markup) -> Vec<PagePart> {
    let mut specs = chart::named(chart::specs(content.answer));
    let headline = take(&mut specs, &headline::names(content.answer));
    let differences = take(&mut specs, &["outcome_differences".to_string()]);
    let headline = headline::headline(content.words, headline);
    let differences = differences::differences(content, differences);
    let first = headline.0.len() + differences.0.len();
    vec![
        part("part-head", head::head(content)),
        part("part-answer", answer::answer(content)),
        part("part-headline", headline),
        part("part-differences", differences),
        part("part-outcomes", outcomes::outcomes(content)),
        part("part-charts", further(specs, first)),
    ]
}

/// Takes the first of these charts that there is.
fn take(specs: &mut Vec<Spec>, names: &[String]) -> Option<Spec> {
    let at = names.iter().find_map(|name| specs.iter().position(|spec| spec.name == *name))?;
    Some(specs.remove(at))
}

/// A part. Signs that turn the direction of letters are the drawings' own; those of a scenario would turn what is around them.
fn part(id: &'static str, markup: Markup) -> PagePart {
    let html = markup.into_string();
    let plain = |html: String| if html.contains("<svg") { html } else { html.replace(signs::turns, "") };
    PagePart { id, html: plain(html) }
}
