//! From the texts of a study to a valid [`Study`]: every problem at once, each with its place.

use std::path::Path;
use std::sync::Arc;

use super::design::Design;
use super::file::{DatesWord, DesignWord, RandomNumbersWord, SeriesWord, StudyFile, WrittenKeep};
use super::inputs::{Inputs, STUDY, no_study, schema};
use super::read_design::{design, numbers, out_of_bounds, seed_problem};
use super::read_factors::{factors, table_misfits};
use super::valid::{Keep, KeptDates, Purpose, RandomNumbers, Study};
use crate::ensemble::kept::KeptSeries;
use crate::model::Model;
use crate::output::format::{count, thousands};
use crate::scenario::Code;
use crate::scenario::{
    self, Diagnostic, Diagnostics, MOST_REPLICATES, ScenarioVariants, Severity, Source, read_as, suggest,
    text_problem,
};

/// More cells than this are refused: points, times the baseline and the variants.
pub const MOST_CELLS: u64 = 10_000_000;

/// Replicates of a cell unless the study says.
const REPLICATES: u64 = 200;

impl Inputs {
    /// Reads a study and the files that it names, whose paths are from the study's folder.
    ///
    /// # Errors
    /// Where the study has no good shape, and where a file cannot be read: at the place that names it.
    pub fn read(study: Source, path: &Path) -> Result<(Inputs, StudyFile), Diagnostics> {
        if let Some(problem) = no_study(&study) {
            return Err(problem.into());
        }
        match read_as::<StudyFile>(&study.text, schema(), STUDY) {
            Ok(file) => Ok((Inputs::of(study, path, &file)?, file)),
            // What it means is checked all the same, as far as it can be told.
            Err(unread) => Err(unread.and(|file| {
                let mut inputs = Inputs::of(study, path, &file)?;
                read(&mut inputs, &file)
            })),
        }
    }
}

/// The study that `file`, read from `inputs`, means. Notes in `inputs` which files the scenario names.
///
/// # Errors
/// Every problem: those of the scenario, unknown names, impossible numbers, a design that cannot be.
pub fn read(inputs: &mut Inputs, file: &StudyFile) -> Result<Study, Diagnostics> {
    // What does not depend on the scenario comes first: nothing hides it.
    let mut problems = Vec::new();
    let replicates = own(file, &mut problems);
    let loaded = scenario::load(&inputs.scenario);
    inputs.companions = inputs.scenario.files_read();
    let scenario = match loaded {
        Ok((scenario, _)) => scenario,
        Err(found) => return refused(problems.into_iter().chain(in_scenario(inputs, &found)).collect()),
    };
    let variants = variants(file, &scenario, &mut problems);
    let keep = keep(file.keep.as_ref(), &scenario.baseline, &mut problems);
    let (mut factors, fields) = factors(file, &scenario, &variants, &keep, &mut problems);
    let design = if problems.is_empty() { design(inputs, file, &mut factors, &mut problems) } else { None };
    if let Some(Design::External(table)) = &design {
        problems.extend(table_misfits(file, &scenario, &variants, &factors, &fields, table));
    }
    let Some(design) = design.filter(|_| problems.is_empty()) else { return refused(problems) };
    let seed = match &file.seed {
        Some(written) => written.unsigned_abs(),
        None => scenario.baseline.seed,
    };
    let purpose = match *file.design.kind {
        DesignWord::Uncertainty => Purpose::Uncertainty,
        _ => Purpose::Explore,
    };
    let random_numbers = match (file.luck.as_ref().map(|word| **word), purpose) {
        (Some(RandomNumbersWord::Own), _) | (None, Purpose::Uncertainty) => RandomNumbers::Own,
        (Some(RandomNumbersWord::Shared), _) | (None, Purpose::Explore) => RandomNumbers::Shared,
    };
    let study = Study {
        name: inputs.name.clone(),
        title: file.title.get().clone(),
        question: file.question.as_ref().map(|text| text.get().clone()),
        lesson: file.lesson.as_ref().map(|text| text.get().clone()),
        scenario,
        variants,
        factors,
        fields,
        design,
        purpose,
        replicates,
        seed,
        random_numbers,
        keep,
    };
    few_enough(&study, file)?;
    Ok(study)
}

fn refused(problems: Vec<Diagnostic>) -> Result<Study, Diagnostics> {
    Err(Diagnostics::new(problems)
        .unwrap_or_else(|| Diagnostic::error(Code::WrongType, "the study cannot be used").into()))
}

/// What is wrong with a study whatever its scenario is; gives the replicates of a cell.
fn own(file: &StudyFile, problems: &mut Vec<Diagnostic>) -> u64 {
    for (text, what) in
        [(Some(&file.title), "title"), (file.question.as_ref(), "question"), (file.lesson.as_ref(), "lesson")]
    {
        problems.extend(text.and_then(|text| text_problem(text, what)));
    }
    problems.extend(file.seed.as_ref().and_then(seed_problem));
    problems.extend(numbers(file));
    file.replicates.as_ref().map_or(REPLICATES, |written| {
        let n = u64::try_from(**written).unwrap_or(0);
        if n == 0 || n > MOST_REPLICATES as u64 {
            let message = "that many replicates cannot be simulated in a cell".to_string();
            let bounds = 1..=MOST_REPLICATES;
            let help = "write a whole number, such as 200";
            problems.push(out_of_bounds("replicates", &bounds, message).at(written.span()).help(help));
        }
        n
    })
}

fn few_enough(study: &Study, file: &StudyFile) -> Result<(), Diagnostics> {
    let variants = study.variant_count() as u64;
    let too_many = study.points() > MOST_CELLS / variants;
    let too_long =
        study.random_numbers == RandomNumbers::Own && study.points() > u64::MAX / 2 / study.replicates;
    if too_many || too_long {
        return Err(Diagnostic::error(
            Code::TooMany,
            format!(
                "{} in {} are more than {} cells",
                count(study.points(), "point"),
                count(variants, "variant"),
                thousands(MOST_CELLS as f64)
            ),
        )
        .at(file.design.kind.span())
        .label("too many")
        .help("take fewer points or levels, or a sample of them (latin_hypercube, sobol)")
        .into());
    }
    Ok(())
}

/// Problems of the scenario, in its own file.
fn in_scenario(inputs: &Inputs, problems: &Diagnostics) -> Vec<Diagnostic> {
    let scenario = Arc::new(inputs.scenario.clone());
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).cloned();
    errors
        .map(|mut problem| {
            problem.file.get_or_insert_with(|| Arc::clone(&scenario));
            problem
        })
        .collect()
}

/// The variants that are crossed with the points, in the order of the scenario.
fn variants(file: &StudyFile, scenario: &ScenarioVariants, problems: &mut Vec<Diagnostic>) -> Vec<usize> {
    let Some(written) = &file.variants else { return Vec::new() };
    let mut chosen = Vec::new();
    for (span, name) in written.items() {
        match name.as_str() {
            "all" if !written.is_list() => chosen.extend(0..scenario.variants.len()),
            "none" if !written.is_list() => {}
            name => match scenario.variants.iter().position(|variant| variant.name == *name) {
                Some(index) => chosen.push(index),
                None => {
                    let known = scenario.variants.iter().map(|it| it.name.as_str());
                    problems.push(unknown("variant", name, known).at(span));
                }
            },
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// That the scenario has no `what`, such as an outcome, of this name.
fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str> + Clone) -> Diagnostic {
    Diagnostic::error(Code::UnknownName.of(name), format!("the scenario has no {what} `{name}`"))
        .label(format!("unknown {what}"))
        .help(suggest(name, known, &format!("{what}s")))
}

fn keep(written: Option<&WrittenKeep>, model: &Model, problems: &mut Vec<Diagnostic>) -> Keep {
    let mut keep = Keep {
        outcomes: (0..model.outcomes.len()).collect(),
        series: KeptSeries::Places,
        dates: KeptDates::All,
    };
    let Some(written) = written else { return keep };
    if let Some(names) = &written.outcomes {
        keep.outcomes.clear();
        for name in names.iter() {
            match model.outcomes.iter().position(|outcome| outcome.name == **name.get()) {
                Some(index) if !keep.outcomes.contains(&index) => keep.outcomes.push(index),
                Some(_) => {}
                None => {
                    let known = model.outcomes.iter().map(|it| it.name.as_str());
                    problems.push(unknown("outcome", name.get(), known).at(name.span()));
                }
            }
        }
        keep.outcomes.sort_unstable();
    }
    if let Some(word) = &written.series {
        keep.series = match **word {
            SeriesWord::None => KeptSeries::None,
            SeriesWord::Places => KeptSeries::Places,
            SeriesWord::Recorded => KeptSeries::Recorded,
        };
    }
    if let Some(word) = &written.dates {
        keep.dates = match **word {
            DatesWord::All => KeptDates::All,
            DatesWord::Year => KeptDates::Year,
            DatesWord::End => KeptDates::End,
        };
    }
    keep
}
