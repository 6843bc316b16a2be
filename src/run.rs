//! The way in for a program that uses this library: a scenario that was read, and a run of it.

use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use crate::engine::{Program, compile};
use crate::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use crate::ensemble::summary::Summary;
use crate::ensemble::{Ensemble, Machine, SimulateError, Track, Unwatched, Watch, expect_side_by_side};
use crate::model::{Effect, Model};
use crate::scenario::{self, Diagnostic, Diagnostics, Exercise, ScenarioVariants, Setting, Source, Variant};

/// A scenario and its variants, read and without mistakes: what a [`Run`] simulates.
///
/// A text is read with [`str::parse`]; one that names files, or that messages should call by a name, with [`Scenario::read`].
///
/// ```
/// let scenario: repatria::Scenario = r#"
///     title = "A camp"
///     start = "2025-01"
///     horizon = "3 years"
///     step = "month"
///     places.camp = { kind = "camp", people = [{ count = 1000 }] }
///     places.home = { kind = "community" }
///     moves.leave = { from = "camp", to = "home", rate = { per_year = 0.1 } }
/// "#.parse()?;
/// assert_eq!(scenario.model().places.len(), 2);
/// let problems = "title = \"Nothing else\"".parse::<repatria::Scenario>().unwrap_err();
/// assert!(problems.iter().any(|problem| problem.message.contains("lacks `start`")));
/// # Ok::<(), repatria::Diagnostics>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    checked: ScenarioVariants,
    warnings: Vec<Diagnostic>,
}

impl Scenario {
    /// Reads a scenario, with the files that it names.
    ///
    /// # Errors
    /// Every problem of the text and of the files that it names, in the order of the text.
    pub fn read(source: &Source) -> Result<Scenario, Diagnostics> {
        scenario::load(source).map(|(checked, warnings)| Scenario { checked, warnings })
    }

    /// What its author should know, though it can be simulated; empty where there is nothing.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// What is simulated where no variant is: its title, its dates, its places, ... Indices in a [`Summary`] are those of this
    /// model's lists.
    pub fn model(&self) -> &Model {
        &self.checked.baseline
    }

    /// Its variants, in the order of the file.
    pub fn variants(&self) -> &[Variant] {
        &self.checked.variants
    }

    /// Its exercises, in the order of the file.
    pub fn exercises(&self) -> &[Exercise] {
        &self.checked.exercises
    }
}

impl FromStr for Scenario {
    type Err = Diagnostics;

    fn from_str(text: &str) -> Result<Scenario, Diagnostics> {
        Scenario::read(&Source::new("scenario.toml", text))
    }
}

/// How a scenario is to be simulated: with its own seed and number of replicates, on all threads, unless it is told otherwise. A
/// replicate is the whole scenario simulated once.
///
/// Two runs with the same seed share their random numbers, replicate by replicate (common random numbers), so what differs
/// between their answers is what differs between their scenarios. The same scenario, seed and replicates give the same answer to
/// the last bit on every machine, for any number of threads.
#[derive(Clone, Debug)]
pub struct Run<'s> {
    scenario: &'s Scenario,
    seed: u64,
    replicates: Range<u64>,
    machine: Machine,
    /// Fields with the values that they are given instead of those of the file.
    settings: Vec<(String, f64)>,
}

/// Why a [`Run`] has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// The scenario has no variant of the name that [`Run::compare`] was given.
    #[error("the scenario has no variant `{0}`")]
    NoVariant(String),
    /// What [`Run::set`] was given makes no valid scenario: an unknown field, or a value out of range.
    #[error("what was set makes no valid scenario: {0}")]
    Settings(Diagnostics),
    /// It was stopped, or it cannot be simulated.
    #[error(transparent)]
    Simulate(#[from] SimulateError),
}

impl<'s> Run<'s> {
    /// With the seed and as many replicates as the scenario says, on all threads.
    pub fn of(scenario: &'s Scenario) -> Run<'s> {
        let model = scenario.model();
        Run {
            scenario,
            seed: model.seed,
            replicates: 0..model.replicates,
            machine: Machine::from(0),
            settings: Vec::new(),
        }
    }

    /// With another seed: other random numbers, of the same law.
    #[must_use]
    pub fn seed(self, seed: u64) -> Run<'s> {
        Run { seed, ..self }
    }

    /// With so many replicates. The first of them are the same however many there are.
    #[must_use]
    pub fn replicates(self, replicates: u64) -> Run<'s> {
        Run { replicates: 0..replicates, ..self }
    }

    /// On so many threads; 0 stands for as many as the machine has.
    #[must_use]
    pub fn threads(self, threads: usize) -> Run<'s> {
        Run { machine: Machine { threads, ..self.machine }, ..self }
    }

    /// With another value of a field, from the start to the end: `set("moves.leave.rate", 0.2)`, in the unit of the file. It
    /// stands for what the file says, so variants stack on it. Whether there is such a field is looked at when the run is simulated.
    #[must_use]
    pub fn set(mut self, field: &str, value: f64) -> Run<'s> {
        self.settings.push((field.into(), value));
        self
    }

    /// Simulates the scenario without variants.
    ///
    /// # Errors
    /// When what was set makes no valid scenario, and when a replicate does not balance or grows beyond what is counted.
    pub fn simulate(&self) -> Result<Summary, RunError> {
        let Answer { variants, .. } = self.side_by_side(&[], &Unwatched)?;
        variants
            .into_iter()
            .next()
            .map(|it| it.summary)
            .ok_or(RunError::Simulate(SimulateError::NoReplicates))
    }

    /// Simulates the scenario once, with fractional people and every draw replaced by its mean: close to the mean of many
    /// replicates, at the price of one. Its numbers have no spread.
    ///
    /// # Errors
    /// As [`simulate`](Self::simulate).
    pub fn expect(&self) -> Result<Summary, RunError> {
        let program = compile(&self.model(None)?);
        let track = Track::new(BASELINE, &program);
        let (summaries, _) = expect_side_by_side(&[track], 0, &Unwatched)?;
        summaries.into_iter().next().ok_or(RunError::Simulate(SimulateError::NoReplicates))
    }

    /// Simulates the scenario and the variants of these names beside it, and compares each with the scenario replicate by
    /// replicate (paired differences).
    ///
    /// # Errors
    /// As [`simulate`](Self::simulate), and when there is no variant of a name.
    pub fn compare(&self, variants: &[&str]) -> Result<Answer, RunError> {
        self.compare_watched(variants, &Unwatched)
    }

    /// The same while somebody watches, who may stop it.
    ///
    /// # Errors
    /// As [`compare`](Self::compare), and when stopped.
    pub fn compare_watched(&self, variants: &[&str], watch: &dyn Watch) -> Result<Answer, RunError> {
        let named = |name: &&str| {
            self.scenario.checked.variant(name).ok_or_else(|| RunError::NoVariant((*name).into()))
        };
        let variants = variants.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        self.side_by_side(&variants, watch)
    }

    fn side_by_side(&self, variants: &[&Variant], watch: &dyn Watch) -> Result<Answer, RunError> {
        let mut described = vec![(BASELINE, "Baseline", self.model(None)?)];
        for variant in variants {
            described.push((&variant.name, &variant.label, self.model(Some(variant))?));
        }
        let programs: Vec<Arc<Program>> = described.iter().map(|(.., model)| compile(model)).collect();
        let tracks: Vec<Track> =
            described.iter().zip(&programs).map(|((name, ..), program)| Track::new(name, program)).collect();
        let mut ensemble = Ensemble::new(&tracks, 0, self.seed, self.machine)?;
        watch.steps_planned(ensemble.steps(self.replicates.end - self.replicates.start));
        ensemble.add(self.replicates.clone(), watch)?;
        let (summaries, comparisons) = ensemble.finish();
        let variants = described.into_iter().zip(summaries).map(|((name, label, model), summary)| {
            VariantAnswer { name: name.into(), label: label.into(), model, summary }
        });
        Ok(Answer {
            variants: variants.collect(),
            against: 0,
            comparisons,
            attributions: Vec::new(),
            precision: Vec::new(),
        })
    }

    /// What is simulated of a variant, or of the scenario itself.
    fn model(&self, variant: Option<&Variant>) -> Result<Model, RunError> {
        if self.settings.is_empty() {
            return Ok(variant.map_or(self.scenario.model(), |variant| &variant.model).clone());
        }
        let settings: Vec<Setting<'_>> = self
            .settings
            .iter()
            .map(|(field, amount)| Setting { field, effect: Effect::Set, amount: *amount })
            .collect();
        self.scenario.checked.with_settings(variant, &settings).map_err(RunError::Settings)
    }
}
