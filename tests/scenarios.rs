//! Promise: every scenario of the repository is accepted, asks and teaches something, is short, and runs.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod support;

use std::path::Path;

use repatria::engine::compile;
use repatria::ensemble::{Unwatched, expect, simulate};
use repatria::scenario::{self, Source};

#[test]
fn every_scenario_runs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut count = 0;
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = Source::read(&path).unwrap_or_else(|problem| panic!("{problem:?}"));
        let (model, _) =
            scenario::load(&source).unwrap_or_else(|problems| panic!("{}: {problems:#?}", path.display()));
        assert!(
            model.question.is_some() && model.lesson.is_some(),
            "{} has no question or no lesson",
            path.display()
        );
        assert!(source.text.lines().count() < 150, "{} is long", path.display());
        assert!(
            source.text.starts_with("#:schema ../schemas/scenario.schema.json\n"),
            "{} has no schema line",
            path.display()
        );
        assert!(
            source.text.contains("illustrative"),
            "{} does not say that it is illustrative",
            path.display()
        );
        let program = compile(&model);
        let means = expect(&program).unwrap();
        let summary = simulate(&program, model.seed, 0..50, 2, &Unwatched).unwrap();
        assert_eq!(means.people.len(), summary.people.len());
        count += 1;
    }
    assert!(count >= 4);
}
