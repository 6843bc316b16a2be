//! Files that extend a scenario: variants beside the file that they vary.

use std::sync::Arc;

use toml::de::DeTable;

use super::diagnostic::{Diagnostic, Diagnostics};
use super::document::{Readable, changes_at};
use super::file::ScenarioFile;
use super::file::extension::Extension;
use super::file::variant_change::ChangesAt;
use super::file_kind::SCENARIO;
use super::reading::{UnreadScenario, read_as};
use super::recovery::with_further;
use super::source::Source;
use super::words::shortened;
use super::{paths, schema, syntax};
use crate::scenario::code::Code;
use crate::scenario::file::base::Base;

impl Readable for Extension {
    fn changes(&mut self) -> Vec<ChangesAt<'_>> {
        changes_at(&mut self.variants, &mut self.exercises)
    }
}

/// Whether a text is a file that extends another.
pub(super) fn is_extension(text: &str) -> bool {
    text.contains("extends")
        && syntax::nested_keys(text).is_none()
        && DeTable::parse_recoverable(text).0.get_ref().contains_key("extends")
}

/// Reads a file that extends another, and that other: the scenario with the variants of both.
pub(super) fn read(source: &Source) -> Result<ScenarioFile, UnreadScenario<ScenarioFile>> {
    match read_as::<Extension>(&source.text, schema::of_extensions(), SCENARIO) {
        Ok(extension) => with_base(source, extension),
        // Of a file whose own shape is wrong the rest is checked all the same, with the scenario that it extends.
        Err(unread) => {
            let UnreadScenario { problems, meant, quiet, .. } = unread;
            let (meant, further, base) = match meant.map(|extension| with_base(source, *extension)) {
                Some(Ok(file)) => {
                    let base = file.base.clone();
                    (Some(Box::new(file)), None, base)
                }
                Some(Err(found)) => (found.meant, Some(found.problems), found.base),
                None => (None, None, None),
            };
            let problems = match further {
                Some(further) => with_further(problems, &quiet, &further),
                None => problems,
            };
            Err(UnreadScenario { problems, meant, quiet, base })
        }
    }
}

fn with_base(source: &Source, extension: Extension) -> Result<ScenarioFile, UnreadScenario<ScenarioFile>> {
    let named = |problem: Diagnostic| problem.at(extension.extends.span()).label("named here");
    let refused = |problem: Diagnostic| Err(Diagnostics::from(named(problem)).into());
    let base = match source.beside(&extension.extends) {
        Ok(base) => base,
        Err(problems) => {
            let problems = problems.iter().cloned().map(named).collect();
            return Err(Diagnostics::new(problems)
                .unwrap_or_else(|| Diagnostic::error(Code::BadExtension, "no base").into())
                .into());
        }
    };
    if !paths::looks_like_a_scenario(&base.text) {
        return refused(paths::no_scenario(&extension.extends));
    }
    if base.text == source.text {
        return refused(
            Diagnostic::error(Code::BadExtension, "this file extends itself")
                .help("name the scenario whose variants these are"),
        );
    }
    if is_extension(&base.text) {
        return refused(
            Diagnostic::error(
                Code::BadExtension.of(&extension.extends),
                format!("`{}` extends another file itself", shortened(&extension.extends)),
            )
            .help("extend that other file, and write the variants of both here"),
        );
    }
    let base = Base { shift: source.text.len() + 1, source: Arc::new(base) };
    match read_as::<ScenarioFile>(&behind(&base), schema::of_scenarios(), SCENARIO) {
        Ok(file) => extended(file, extension, base).map_err(UnreadScenario::from),
        Err(unread) => {
            let problems = unread.problems.iter().cloned().map(|problem| match problem.span {
                Some(_) => problem,
                None => Diagnostic { file: Some(base.source.clone()), ..problem },
            });
            let problems = Diagnostics::new(problems.collect()).unwrap_or(unread.problems);
            let meant =
                unread.meant.and_then(|file| extended(*file, extension, base.clone()).ok()).map(Box::new);
            Err(UnreadScenario { problems, meant, quiet: unread.quiet, base: Some(base) })
        }
    }
}

/// A base's text where its places are behind those of the file that extends it: behind a comment as long as that.
fn behind(base: &Base) -> String {
    let text = &base.source.text;
    // A byte order mark is one at the start alone.
    let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), |rest| format!("   {rest}"));
    format!("{}\n{text}", "#".repeat(base.shift - 1))
}

/// A scenario with what extends it.
fn extended(mut file: ScenarioFile, extension: Extension, base: Base) -> Result<ScenarioFile, Diagnostics> {
    let mut problems = Vec::new();
    for (key, variant) in extension.variants {
        if file.variants.contains_key(&**key) {
            problems.push(
                Diagnostic::error(
                    Code::Duplicate.of(&extension.extends).and(&**key),
                    format!("`{}` has a variant `{}` already", shortened(&extension.extends), &**key),
                )
                .at(key.span())
                .label("the same name")
                .help(format!(
                    "write another name; `based_on = \"{}\"` takes over what that one has",
                    &**key
                )),
            );
            continue;
        }
        file.variants.insert(key, variant);
    }
    if let Some(problems) = Diagnostics::new(problems) {
        return Err(problems);
    }
    if let Some(title) = extension.title {
        file.title = title;
    }
    file.question = extension.question.or(file.question);
    file.lesson = extension.lesson.or(file.lesson);
    if !extension.exercises.is_empty() {
        file.exercises = extension.exercises;
    }
    file.base = Some(base);
    Ok(file)
}
