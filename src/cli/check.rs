//! `repatria check`: everything that is wrong with a scenario, or what it holds.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use super::args::CheckArgs;
use super::colour::colour;
use super::describe::{describe, label, variants};
use super::failure::Failure;
use super::first_year::{FirstYear, first_year, in_expected_mode};
use super::growth::growth;
use super::load::{Loaded, load, refused};
use super::memory::{Briefly, Limit, guard, programs};
use super::render::render;
use super::say::{fill, out, paragraph, say, show};
use super::simulate::located;
use super::stop::stop_requested;
use super::thin_rates::thin_rates;
use crate::engine::Program;
use crate::ensemble::answer::BASELINE;
use crate::ensemble::memory::Forecast;
use crate::ensemble::summary::Summary;
use crate::ensemble::{Machine, SeriesPlan, SimulateError, Track};
use crate::model::Model;
use crate::output::format::{count, decimals};
use crate::scenario::{self, ScenarioVariants, Source};

/// The scenario and its variants are looked at for so long; those that are not done by then are said not to be.
const LOOKING: Duration = Duration::from_secs(3);

/// Checks a scenario: problems and warnings to stderr, what it holds to stdout.
pub fn check(args: &CheckArgs) -> Result<(), Failure> {
    let Loaded { source, scenario, mut warnings } = load(&args.scenario)?;
    let model = &scenario.baseline;
    let file = scenario::parse(&source).map_err(|problems| refused(&source, &problems))?;
    let programs = fitting(args, &scenario)?;
    let (years, unseen) = first_years(&source, &scenario, programs)?;
    for (name, model, summary) in &years {
        if *name == BASELINE {
            warnings.extend(thin_rates(&file, source.text.len(), model, summary));
        }
        warnings.extend(growth(&scenario, name, model, summary));
    }
    if !warnings.is_empty() {
        show(render(&source, &warnings, colour()).trim_end());
        say("");
    }
    let flows = years.first().map_or_else(Vec::new, |(_, _, summary)| first_year(&file, model, summary));
    let mut out = out();
    describe(&mut out, model)?;
    variants(&mut out, &scenario)?;
    if !flows.is_empty() {
        expectations(&mut out, model, &flows)?;
    }
    if unseen > 0 {
        let of = count(unseen as u64, "variant");
        writeln!(
            out,
            "\n{}",
            paragraph(&format!(
                "It is so large that its first twelve months could not be looked at in a few seconds, in {of}: what nobody is moved by, and \
             what grows without end, is reported by a run."
            ))
        )?;
    }
    let verdict = match warnings.len() {
        0 => "no warnings".into(),
        many => count(many as u64, "warning"),
    };
    writeln!(out, "\n{} can be run: {verdict}.", source.name)?;
    Ok(())
}

/// The programs of the baseline and all variants, unless a run of them would not be begun.
fn fitting(args: &CheckArgs, scenario: &ScenarioVariants) -> Result<Vec<Arc<Program>>, Failure> {
    let limit = Limit::of(args.memory);
    let models: Vec<&Model> = models(scenario).map(|(_, model)| model).collect();
    let programs = programs(limit, "a run", &models, &SeriesPlan::new, false)?;
    let tracks = models_of(scenario, &programs);
    let replicates = Some(scenario.baseline.replicates);
    let forecast =
        Forecast::new(&tracks, 0, scenario.baseline.seed, Machine::from(0), replicates, SeriesPlan::new);
    // Variants of other dates are refused by a run, in its own words.
    forecast.map_or(Ok(()), |forecast| guard(limit, "a run", &forecast))?;
    Ok(programs)
}

fn models(scenario: &ScenarioVariants) -> impl Iterator<Item = (&str, &Model)> {
    let variants = scenario.variants.iter().map(|variant| (variant.name.as_str(), &variant.model));
    std::iter::once((BASELINE, &scenario.baseline)).chain(variants)
}

fn models_of<'p>(scenario: &'p ScenarioVariants, programs: &'p [Arc<Program>]) -> Vec<Track> {
    models(scenario).zip(programs).map(|((name, _), program)| Track::new(name, program)).collect()
}

/// The first twelve months of the baseline and of every variant in expected mode, and how many of these could not be
/// looked at in time.
#[expect(clippy::type_complexity, reason = "a variant's name, model and numbers")]
fn first_years<'w>(
    source: &Source,
    scenario: &'w ScenarioVariants,
    programs: Vec<Arc<Program>>,
) -> Result<(Vec<(&'w str, &'w Model, Summary)>, usize), Failure> {
    let all = programs.len();
    let mut years = Vec::new();
    let watch = Briefly::begin(LOOKING);
    for ((name, model), program) in models(scenario).zip(programs) {
        match in_expected_mode(program, &watch) {
            Ok(summary) => years.push((name, model, summary)),
            Err(SimulateError::Interrupted) if stop_requested() => return Err(Failure::Interrupted),
            Err(SimulateError::Interrupted) => break,
            Err(error) => {
                let variant =
                    if name == BASELINE { String::new() } else { format!(" of the variant `{name}`") };
                let text = located(&error, scenario).to_string();
                let text = text.trim_start_matches("error: ");
                return Err(Failure::BadInput(format!(
                    "error: {}: in expected mode{variant}, {text}",
                    source.name
                )));
            }
        }
    }
    let unseen = all - years.len();
    Ok((years, unseen))
}

/// How many people each mechanism is expected to move.
fn expectations(out: &mut impl Write, model: &Model, flows: &[FirstYear]) -> io::Result<()> {
    let calendar = &model.calendar;
    let short = calendar.steps() < calendar.steps_in(1.0);
    let period = if short { "from start to end" } else { "in the first twelve months" };
    writeln!(out, "\nPeople expected {period}")?;
    let labels: Vec<&str> = flows.iter().map(|flow| label(model, flow.mechanism)).collect();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    for (flow, label) in flows.iter().zip(labels) {
        let digits = if flow.people > 0.0 && flow.people < 9.95 { 1 } else { 0 };
        let people = decimals(flow.people, digits);
        // Ones stand below ones, whatever follows the point.
        let people = if digits == 0 { format!("{people}  ") } else { people };
        writeln!(out, "{people:>14}  {label:width$}  {}", model.address(flow.mechanism))?;
    }
    let idle: Vec<String> =
        flows.iter().filter(|flow| flow.people == 0.0).map(|flow| model.address(flow.mechanism)).collect();
    if !idle.is_empty() {
        writeln!(out, "\n{}", fill("Nobody is moved by ", &idle))?;
        writeln!(out, "in that time: look at dates, people and numbers if that is not meant.")?;
    }
    Ok(())
}
