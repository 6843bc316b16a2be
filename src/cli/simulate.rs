//! Simulates what a command line asks for: the variants side by side, until they are precise, and what parts contribute.

use std::sync::Arc;

use super::args::RunArgs;
use super::failure::Failure;
use super::memory::{Limit, guard};
use super::variants::ChosenVariants;
use super::watch::Progress;
use crate::engine::{Program, compile};
use crate::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use crate::ensemble::attribution::Attribution;
use crate::ensemble::memory::Forecast;
use crate::ensemble::precision::{PrecisionTarget, until_precise};
use crate::ensemble::shapley::{KEPT, Shapley, VariantWithParts};
use crate::ensemble::{Ensemble, Mode, SeriesPlan, SimulateError, Track, Watch, expect_side_by_side};
use crate::scenario::{ScenarioVariants, Variant};

/// More replicates than this are added for a precision only where `--at-most` says so.
pub const AT_MOST: u64 = 1_000_000;

/// What is simulated.
pub struct Task<'w> {
    /// The scenario.
    pub scenario: &'w ScenarioVariants,
    /// Which variants, and what the others are compared with.
    pub chosen: ChosenVariants<'w>,
    /// The programs of the baseline and of the variants.
    pub programs: Vec<Arc<Program>>,
    /// How precise.
    pub targets: Vec<PrecisionTarget>,
    /// The seed.
    pub seed: u64,
    /// How many replicates; with targets how many at first.
    pub replicates: u64,
}

impl Task<'_> {
    /// Simulates.
    ///
    /// # Errors
    /// When stopped, and when a replicate or a subset of parts cannot be simulated.
    pub fn answer(&self, args: &RunArgs, progress: &Progress) -> Result<Answer, Failure> {
        self.simulate(args, progress).map_err(|error| match error {
            SimulateError::Interrupted => Failure::Interrupted,
            error @ SimulateError::Parts { .. } => Failure::BadInput(format!("error: {error}")),
            error @ SimulateError::Subset { .. } => Failure::BadInput(format!("error: {error}")),
            other => located(&other, self.scenario),
        })
    }

    /// Refuses what would take more memory than it may.
    ///
    /// # Errors
    /// With the largest parts and what to leave out.
    pub fn fits(&self, args: &RunArgs) -> Result<(), Failure> {
        let precise = !self.targets.is_empty();
        let replicates = if precise { args.at_most.unwrap_or(AT_MOST) } else { self.replicates };
        let replicates = (!args.expected).then_some(replicates);
        let tracks = self.tracks();
        let forecast = Forecast::new(
            &tracks,
            self.chosen.against,
            self.seed,
            args.machine(),
            replicates,
            SeriesPlan::new,
        );
        // Programs of subsets are kept while one variant after the other is taken apart.
        let kept = |variant: &Variant| {
            1u64.checked_shl(variant.parts.len() as u32).map_or(KEPT, |all| all.min(KEPT))
        };
        let subsets = if args.attribution { self.parted().map(kept).max().unwrap_or(0) } else { 0 };
        let largest = self.programs.iter().map(|program| program.room(1).program).max().unwrap_or(0);
        let forecast = forecast?.in_rounds(precise).with_programs(subsets.saturating_mul(largest));
        guard(Limit::of(args.memory), "this run", &forecast)
    }

    fn tracks(&self) -> Vec<Track> {
        let names = std::iter::once(BASELINE).chain(self.chosen.variants.iter().map(|it| it.name.as_str()));
        names.zip(&self.programs).map(|(name, program)| Track::new(name, program)).collect()
    }

    fn simulate(&self, args: &RunArgs, progress: &Progress) -> Result<Answer, SimulateError> {
        let tracks = self.tracks();
        let mut precision = Vec::new();
        let (summaries, comparisons, replicates, steps) = if args.expected {
            let (summaries, comparisons) = expect_side_by_side(&tracks, self.chosen.against, progress)?;
            (summaries, comparisons, 1, self.programs.iter().map(|it| u64::from(it.steps())).sum())
        } else {
            let mut ensemble = Ensemble::new(&tracks, self.chosen.against, self.seed, args.machine())?;
            if self.targets.is_empty() {
                progress.steps_planned(ensemble.steps(self.replicates));
                ensemble.add(0..self.replicates, progress)?;
            } else {
                let at_most = args.at_most.unwrap_or(AT_MOST);
                precision = until_precise(&mut ensemble, &self.targets, self.replicates, at_most, progress)?;
            }
            let replicates = ensemble.replicates();
            let steps = ensemble.steps(replicates);
            let (summaries, comparisons) = ensemble.finish();
            (summaries, comparisons, replicates, steps)
        };
        let attributions =
            if args.attribution { self.attributions(args, replicates, steps, progress)? } else { Vec::new() };
        let described = std::iter::once((BASELINE, "the baseline", &self.scenario.baseline))
            .chain(self.chosen.variants.iter().map(|it| (it.name.as_str(), it.label.as_str(), &it.model)));
        let variants = described.zip(summaries).map(|((name, label, model), summary)| VariantAnswer {
            name: name.into(),
            label: label.into(),
            model: model.clone(),
            summary,
        });
        Ok(Answer {
            variants: variants.collect(),
            against: self.chosen.against,
            comparisons,
            attributions,
            precision,
        })
    }

    /// What the parts of variants that have several contribute, over the same replicates. `done` are the steps so far.
    fn attributions(
        &self,
        args: &RunArgs,
        replicates: u64,
        mut done: u64,
        progress: &Progress,
    ) -> Result<Vec<Attribution>, SimulateError> {
        let mut all = Vec::new();
        for variant in self.parted() {
            let labels: Vec<String> = variant.parts.iter().map(|part| part.label.clone()).collect();
            let build = |keep: &[bool]| self.subset(variant, keep);
            let parted = VariantWithParts {
                name: &variant.name,
                label: &variant.label,
                parts: &labels,
                build: &build,
            };
            let mut shapley = Shapley::new(parted, self.seed, args.machine(), Mode::of(args.expected))?;
            done += shapley.steps(replicates);
            progress.steps_planned(done);
            if args.expected {
                shapley.expect(progress)?;
            } else {
                shapley.add(0..replicates, progress)?;
            }
            all.push(shapley.attribution());
        }
        Ok(all)
    }

    /// The variants that have several parts.
    pub fn parted(&self) -> impl Iterator<Item = &Variant> {
        self.chosen.variants.iter().copied().filter(|variant| variant.parts.len() > 1)
    }

    /// The program of a variant with only some of its parts.
    fn subset(&self, variant: &Variant, keep: &[bool]) -> Result<Arc<Program>, SimulateError> {
        match self.scenario.with_parts(variant, keep) {
            Ok(model) => Ok(compile(&model)),
            Err(problems) => {
                let kept = variant.parts.iter().zip(keep).filter(|(_, keep)| **keep);
                let kept: Vec<&str> = kept.map(|(part, _)| part.label.as_str()).collect();
                let problem = problems.iter().next().map_or("", |problem| problem.message.as_str());
                Err(SimulateError::Subset {
                    variant: variant.name.clone(),
                    reason: format!(
                        "With only \"{}\": {problem}. Changes that need each other can have the same `part`",
                        kept.join("\", \"")
                    ),
                })
            }
        }
    }
}

/// An error of replicates, with where the mechanism is written that is to blame.
pub fn located(error: &SimulateError, scenario: &ScenarioVariants) -> Failure {
    let mechanism = error.ledger().and_then(|error| error.mechanism());
    let place = mechanism.and_then(|address| Some((address, scenario.written_at(address)?)));
    let place =
        place.map_or_else(String::new, |(address, place)| format!("\n  `{address}` is written at {place}"));
    Failure::Failed(anyhow::anyhow!("{error}{place}"))
}
