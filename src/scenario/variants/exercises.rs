//! The exercises of a scenario: questions for a class, of which some ask for a setting.

use super::items::{self, Owner};
use super::lineage::wrong_names;
use super::parts::{Documents, parts};
use super::reading::VariantsReading;
use super::{Exercise, ExerciseSetting, MOST_EXERCISES};
use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::exercise::{WrittenExercise, WrittenSetting};
use crate::scenario::file::words::Key;
use crate::scenario::source::Source;
use crate::scenario::validate::{name_problem, text_problem};
use crate::scenario::words::thousands;

impl VariantsReading {
    /// The exercises of a file.
    pub(super) fn exercises(
        &mut self,
        file: &ScenarioFile,
        source: &Source,
        documents: &Documents,
    ) -> Vec<Exercise> {
        if let Some((key, _)) = file.exercises.get_index(MOST_EXERCISES) {
            let n = thousands(file.exercises.len() as u64);
            self.report([Diagnostic::error(
                Code::TooMany,
                format!("{n} exercises are more than {MOST_EXERCISES}"),
            )
            .at(key.span())
            .label("one too many")
            .help("keep those that fit in a lesson")]);
            return Vec::new();
        }
        let mut exercises = Vec::new();
        for (key, written) in &file.exercises {
            self.report(problems(file, key, written));
            let setting = match &written.setting {
                Some(setting) => self.setting(file, source, documents, key, setting).map(Some),
                None => Some(None),
            };
            exercises.extend(setting.map(|setting| Exercise {
                name: key.to_string(),
                question: written.question.get().clone(),
                setting,
                answer: written.answer.get().clone(),
            }));
        }
        exercises
    }

    fn setting(
        &mut self,
        file: &ScenarioFile,
        source: &Source,
        documents: &Documents,
        key: &Key,
        written: &WrittenSetting,
    ) -> Option<ExerciseSetting> {
        let owner = Owner::Exercise(key);
        let items = items::of_exercise(file, key, written);
        let checked = self.laid_over(file, source, owner, key, &items)?;
        if !items.is_empty() {
            self.idle(file, owner, key, &items, &checked);
        }
        Some(ExerciseSetting {
            variants: written.variants.iter().map(|name| name.get().clone()).collect(),
            parts: parts(file, documents, &items),
            model: checked.model,
        })
    }
}

/// What is wrong with its words and names.
fn problems(file: &ScenarioFile, key: &Key, written: &WrittenExercise) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> = name_problem(key, key.span()).into_iter().collect();
    problems.extend(text_problem(&written.question, "question"));
    problems.extend(text_problem(&written.answer, "answer"));
    let Some(setting) = &written.setting else { return problems };
    let parts = setting.changes.iter().filter_map(|change| change.part.as_ref());
    problems.extend(parts.filter_map(|part| text_problem(part, "part")));
    let known: Vec<&str> = file.variants.keys().map(|name| &***name).collect();
    problems.extend(wrong_names(file, &setting.bases(), &known));
    if setting.variants.is_empty() && setting.changes.is_empty() {
        let name: &str = key;
        problems.push(
            Diagnostic::error(Code::Incomplete.of(&name), format!("the setting of `{name}` sets nothing"))
                .at(key.span())
                .label("neither `variants` nor `changes`")
                .help("write variants = [\"some_name\"] or changes = [{ field = \"parameters.some_name\", set = 2 }], or leave `setting` out: the scenario as it is has the answer"),
        );
    }
    problems
}
