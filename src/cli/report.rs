//! What `repatria run` says before and after.

use std::collections::BTreeSet;
use std::path::Path;

use super::say::{fill, paragraph, path_word, say};
use super::simulate::Task;
use crate::ensemble::answer::Answer;
use crate::output::format::{count, count_of};
use crate::output::sentences::of_answer;

/// Says how many warnings there are, and where to see them.
pub fn warnings(number: usize, scenario: &Path) {
    if number > 0 {
        let them = if number == 1 { "it" } else { "them" };
        let number = count(number as u64, "warning");
        say(format!("{number}: `repatria check {}` shows {them}", path_word(scenario)));
    }
}

/// Says what is about to happen.
pub fn before(task: &Task<'_>, expected: bool) {
    let model = &task.worlds.baseline;
    let steps = count(model.calendar.steps().into(), model.calendar.unit().name());
    let worlds = match task.chosen.variants.len() {
        0 => model.title.clone(),
        variants => format!("{} and {}", model.title, count(variants as u64, "variant")),
    };
    if expected {
        say(format!("{worlds}: expected values over {steps}, no randomness"));
    } else {
        let histories = count_of(task.replicates, "history", "histories");
        let each = if task.chosen.variants.is_empty() { "" } else { " each" };
        let more =
            if task.targets.is_empty() { "" } else { ", and more until they are as precise as asked for" };
        say(format!("{worlds}: {histories}{each} of {steps}{more}"));
    }
}

/// Says what was written and what came out. `names` are those of the files.
pub fn after(folder: &Path, names: &[String], task: &Task<'_>, answer: &Answer, seconds: f64) {
    say(format!("Simulated in {seconds:.1} s. Written to {}:", folder.display()));
    let (tables, charts): (Vec<&str>, Vec<&str>) =
        names.iter().map(String::as_str).partition(|name| name.ends_with(".csv") || name.ends_with(".json"));
    say(fill("  tables  ", &tables));
    if !charts.is_empty() {
        say(fill("  charts  ", &by_stem(&charts)));
    }
    say("");
    for sentence in of_answer(answer) {
        say(paragraph(&sentence));
    }
    if let Some(variant) = task.parted().next().filter(|_| answer.attributions.is_empty()) {
        let parts = count(variant.parts.len() as u64, "part");
        say(paragraph(&format!(
            "{} has {parts}: --attribution tells what each contributes to what it changes.",
            variant.label
        )));
    }
    say("Parameters are illustrative unless a source is stated; this is no forecast.");
}

/// The charts without their endings, in order, and the endings after the last: `["flows", "events (png, svg)"]`.
fn by_stem(charts: &[&str]) -> Vec<String> {
    let mut stems: Vec<String> = Vec::new();
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for chart in charts {
        let (stem, kind) = chart.rsplit_once('.').unwrap_or((chart, ""));
        kinds.insert(kind);
        if stems.last().is_none_or(|last| last != stem) {
            stems.push(stem.into());
        }
    }
    // svg before png, as on the command line.
    let kinds: Vec<&str> = kinds.into_iter().rev().collect();
    if let Some(last) = stems.last_mut() {
        last.push_str(&format!(" ({})", kinds.join(", ")));
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_are_named_once() {
        assert_eq!(by_stem(&["a.png", "a.svg", "b.png", "b.svg"]), ["a", "b (svg, png)"]);
        assert_eq!(by_stem(&["a.svg"]), ["a (svg)"]);
    }
}
