//! From a file as written to the scenario and all of its variants, checked.

use std::collections::BTreeSet;
use std::ops::Range;

use super::items::{self, Item, Owner};
use super::overlay::Overlay;
use super::parts::{Documents, parts};
use super::{
    MOST_EDGES_OF_VARIANTS, MOST_PARTS, MOST_VARIANTS, ScenarioVariants, Variant, lineage, structure, words,
};
use crate::scenario::code::Code;
use crate::scenario::diagnostic::{Diagnostic, Diagnostics, Severity, sort};
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::variant::WrittenVariant;
use crate::scenario::file::words::Key;
use crate::scenario::source::Source;
use crate::scenario::validate::{Checked, InsideStep, inside_steps, validate};
use crate::scenario::words::{label_of, thousands};

/// What a problem is about and what it says: what the scenario has already is not reported again for its variants.
type ReportedProblems = BTreeSet<(Option<(usize, usize)>, String)>;

impl ScenarioVariants {
    /// The scenario of a file with its variants, and warnings. Places are as [`ScenarioFile`] has them.
    pub(in crate::scenario) fn of(
        file: ScenarioFile,
        source: &Source,
    ) -> Result<(ScenarioVariants, Vec<Diagnostic>), Diagnostics> {
        let mut reading = VariantsReading::default();
        let baseline = reading.baseline(&file, source);
        let mut variants = Vec::new();
        let mut exercises = Vec::new();
        if reading.few_enough(&file) {
            reading.report(lineage::problems(&file));
            let documents = Documents::of(&file, source);
            for (key, written) in &file.variants {
                variants.extend(reading.variant(&file, source, &documents, key, written));
            }
            exercises = reading.exercises(&file, source, &documents);
        }
        let VariantsReading { mut problems, unused, dates, .. } = reading;
        problems.extend(unused.unwrap_or_default());
        match baseline {
            Some(baseline) if problems.iter().all(|problem| problem.severity == Severity::Warning) => {
                problems.extend(inside_steps(dates, baseline.calendar.unit()));
                sort(&mut problems);
                Ok((
                    ScenarioVariants { baseline, variants, exercises, file, source: source.clone() },
                    problems,
                ))
            }
            _ => {
                problems.retain(|problem| problem.severity == Severity::Error);
                Err(Diagnostics::new(problems).unwrap_or_else(|| {
                    Diagnostic::error(Code::WrongType, "the scenario cannot be used").into()
                }))
            }
        }
    }
}

/// What is found while the scenario and its variants are read.
#[derive(Default)]
pub(super) struct VariantsReading {
    problems: Vec<Diagnostic>,
    reported: ReportedProblems,
    /// What neither the scenario nor a variant uses, as far as they have been looked at.
    unused: Option<Vec<Diagnostic>>,
    /// The dates that are inside steps, of the scenario and all variants.
    dates: Vec<InsideStep>,
    /// Where the scenario itself is wrong.
    of_scenario: Vec<Option<Range<usize>>>,
    /// Ways from a cell to a cell in the scenario and the variants so far.
    edges: u64,
}

impl VariantsReading {
    pub(super) fn report(&mut self, problems: impl IntoIterator<Item = Diagnostic>) {
        for problem in problems {
            if self.reported.insert(mark(&problem)) {
                self.problems.push(problem);
            }
        }
    }

    /// The scenario as it is.
    fn baseline(&mut self, file: &ScenarioFile, source: &Source) -> Option<crate::model::Model> {
        match validate(&Overlay::none(file), source) {
            Ok(checked) => {
                self.report(checked.warnings);
                self.dates.extend(checked.inside_steps);
                self.unused = Some(checked.unused);
                Some(checked.model)
            }
            Err(problems) => {
                let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
                self.of_scenario = errors.map(|problem| problem.span.clone()).collect();
                self.report(problems.iter().cloned());
                None
            }
        }
    }

    /// Whether there are few enough variants to look at; says so where there are not.
    fn few_enough(&mut self, file: &ScenarioFile) -> bool {
        let n = file.variants.len();
        if n > MOST_VARIANTS {
            let span = file.variants.get_index(MOST_VARIANTS).map(|(key, _)| key.span());
            self.report([Diagnostic::error(
                Code::TooMany,
                format!("{} variants are more than {MOST_VARIANTS}", thousands(n as u64)),
            )
            .at(span.unwrap_or(0..0))
            .label("one too many")
            .help("keep those that the question needs")]);
        }
        n <= MOST_VARIANTS
    }

    fn variant(
        &mut self,
        file: &ScenarioFile,
        source: &Source,
        documents: &Documents,
        key: &Key,
        written: &WrittenVariant,
    ) -> Option<Variant> {
        let name: &str = key;
        self.report(words::problems(key, written));
        let items = items::of(file, name);
        let owner = Owner::Variant(name);
        let checked = self.laid_over(file, source, owner, key, &items)?;
        if !(written.changes.is_empty() && written.add.is_none() && written.remove.is_empty()) {
            self.idle(file, owner, key, &items, &checked);
        }
        let label = written.label.as_ref().map_or_else(|| label_of(name), |label| label.get().clone());
        Some(Variant {
            name: name.to_string(),
            label,
            question: written.question.as_ref().map(|text| text.get().clone()),
            based_on: written.bases().into_iter().map(|(_, name)| name.to_string()).collect(),
            parts: parts(file, documents, &items),
            model: checked.model,
        })
    }

    /// The scenario with the items of a variant or of an exercise laid over it; says what is wrong with it.
    pub(super) fn laid_over(
        &mut self,
        file: &ScenarioFile,
        source: &Source,
        owner: Owner,
        key: &Key,
        items: &[Item],
    ) -> Option<Checked> {
        if !self.small_enough(file, owner, key, items) {
            return None;
        }
        let found = structure::problems(file, owner, items);
        self.structure(file, owner, items, &found.problems);
        let overlay = Overlay::new(file, items, |item| !found.broken.contains(&item));
        match validate(&overlay, source) {
            Ok(checked) => {
                self.edges = self.edges.saturating_add(checked.edges);
                self.warnings(owner, checked.warnings.clone());
                self.dates.extend(checked.inside_steps.iter().cloned());
                if let Some(unused) = &mut self.unused {
                    unused.retain(|problem| checked.unused.contains(problem));
                }
                Some(checked)
            }
            Err(problems) => {
                self.errors(owner, items, &problems);
                None
            }
        }
    }

    /// Whether what a variant or an exercise is made of can be looked at; says so where it is too much.
    fn small_enough(&mut self, file: &ScenarioFile, owner: Owner, key: &Key, items: &[Item]) -> bool {
        if items.len() > MOST_PARTS {
            self.report([Diagnostic::error(
                Code::TooMany.of(&owner.name()),
                format!(
                    "{} has {} changes, additions and removals; at most {MOST_PARTS} can be told apart",
                    owner.in_words(),
                    thousands(items.len() as u64)
                ),
            )
            .at(key.span())
            .label("too many")
            .help("change a parameter that many fields use, or a whole rate instead of each number in it")]);
            return false;
        }
        if self.edges > MOST_EDGES_OF_VARIANTS {
            self.report([Diagnostic::error(
                Code::TooMany,
                format!(
                    "the variants have more than {} ways from cell to cell in all",
                    thousands(MOST_EDGES_OF_VARIANTS)
                ),
            )
            .at(file.variants.get_index(0).map_or_else(|| key.span(), |(first, _)| first.span()))
            .label("the first of them")
            .help("keep fewer variants, or leave out a dimension")]);
            return false;
        }
        true
    }

    /// How it is put together. What is wrong with a variant that it is based on is said of that one, but where it comes
    /// of what this one puts together.
    fn structure(
        &mut self,
        file: &ScenarioFile,
        owner: Owner,
        items: &[Item],
        found: &[(usize, Diagnostic)],
    ) {
        for (item, problem) in found {
            let of = items[*item].owner;
            if of == owner {
                self.report([problem.clone()]);
                continue;
            }
            let alone = structure::problems(file, of, &items::of(file, of.name())).problems;
            if !alone.iter().any(|(_, other)| mark(other) == mark(problem)) {
                self.report([within(owner, problem.clone())]);
            }
        }
    }

    fn warnings(&mut self, owner: Owner, warnings: Vec<Diagnostic>) {
        for warning in warnings {
            if self.reported.insert(mark(&warning)) {
                self.problems.push(within(owner, warning));
            }
        }
    }

    /// What the scenario becomes in a variant and cannot be.
    fn errors(&mut self, owner: Owner, items: &[Item], problems: &Diagnostics) {
        // What is wrong with the scenario itself is so in its variants, if in other words.
        for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) {
            if self.reported.insert(mark(problem)) && !self.of_scenario.contains(&problem.span) {
                let mut problem = problem.clone();
                if let Some(help) = structure::of_removal(items, &problem) {
                    problem.help = help;
                }
                self.problems.push(within(owner, problem));
            }
        }
    }

    /// Says where a variant or an exercise, or one of its items, makes no difference.
    pub(super) fn idle(
        &mut self,
        file: &ScenarioFile,
        owner: Owner,
        key: &Key,
        items: &[Item],
        checked: &Checked,
    ) {
        if structure::all_idle(file, items, &checked.idle) {
            self.report([Diagnostic::warning(
                Code::SameAsBaseline.of(&owner.name()),
                format!("{} is the scenario itself", owner.in_words()),
            )
            .at(key.span())
            .label("nothing in it makes a difference")
            .help("change something that has an effect, or take the variant out")]);
        }
    }
}

fn mark(problem: &Diagnostic) -> (Option<(usize, usize)>, String) {
    let place = |span: &Range<usize>| (span.start, span.end);
    let words = match problem.severity {
        Severity::Error => problem.message.clone(),
        // Where changes meet, the help has their order, which is another in every variant.
        Severity::Warning => format!("{}\n{}", problem.message, problem.help),
    };
    (problem.span.as_ref().map(place), words)
}

/// A problem that only a variant or an exercise has.
fn within(owner: Owner, problem: Diagnostic) -> Diagnostic {
    Diagnostic { message: format!("in {}: {}", owner.in_words(), problem.message), ..problem }
}
