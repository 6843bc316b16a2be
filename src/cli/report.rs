//! What `repatria run` says before and after.

use std::collections::BTreeSet;
use std::path::Path;

use super::say::{fill, paragraph, path_word, say};
use super::simulate::Task;
use crate::ensemble::answer::Answer;
use crate::output::folder::{Before, Committed};
use crate::output::format::count;
use crate::output::page::NO_FORECAST;
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
    let model = &task.scenario.baseline;
    let steps = count(model.calendar.steps().into(), model.calendar.unit().name());
    let variants = match task.chosen.variants.len() {
        0 => model.title.clone(),
        variants => format!("{} and {}", model.title, count(variants as u64, "variant")),
    };
    if expected {
        say(format!("{variants}: expected values over {steps}, no randomness"));
    } else {
        let replicates = count(task.replicates, "replicate");
        let each = if task.chosen.variants.is_empty() { "" } else { " each" };
        let more =
            if task.targets.is_empty() { "" } else { ", and more until they are as precise as asked for" };
        say(format!("{variants}: {replicates}{each} of {steps}{more}"));
    }
}

/// Says what was written to `folder`, and what has become of what was there.
pub fn written(folder: &Path, of: &Committed, seconds: f64) {
    say(format!("Simulated in {seconds:.1} s. Written to {}:", folder.display()));
    let names: Vec<String> = (of.paths.iter())
        .map(|path| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/"))
        .collect();
    let of_kind = |endings: &[&str]| -> Vec<&str> {
        let is = |name: &&str| !name.contains('/') && endings.iter().any(|ending| name.ends_with(ending));
        names.iter().map(String::as_str).filter(is).collect()
    };
    let (pages, tables, charts) = (of_kind(&[".html"]), of_kind(&[".csv"]), of_kind(&[".svg", ".png"]));
    let others: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| ![&pages, &tables, &charts].iter().any(|those| those.contains(name)))
        .collect();
    say(fill("  tables  ", &tables));
    if !charts.is_empty() {
        say(fill("  charts  ", &by_stem(&charts)));
    }
    if !pages.is_empty() {
        say(fill("  page    ", &pages));
    }
    say(fill("  beside  ", &others));
    before_it(of);
    say("");
}

/// Says what has become of what was there before.
pub fn before_it(of: &Committed) {
    match &of.before {
        Before::Nothing => {}
        Before::Same(created) => {
            // Told to the second, without what machines put between date and time.
            let when: String = created.chars().take(19).map(|c| if c == 'T' { ' ' } else { c }).collect();
            say(paragraph(&format!("The same results were there, made on {when} UTC, and were replaced.")));
        }
        Before::Part => say("A smaller part of the same study was there and was replaced."),
        Before::Kept { folder, differs } => {
            say(if differs.is_empty() {
                "Files that were in the way are kept in".to_string()
            } else {
                paragraph(&format!("What was there differs ({}) and is kept in", differs.join("; ")))
            });
            say(format!("  {}", folder.display()));
        }
    }
    if !of.stayed.is_empty() {
        let names: Vec<&str> = of.stayed.iter().map(String::as_str).collect();
        say("These were not asked for this time and stay, as they are of the same run:");
        say(fill("  ", &names));
    }
}

/// Says what came out.
pub fn after(task: &Task<'_>, answer: &Answer) {
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
    say(NO_FORECAST);
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
