//! `datapackage.json`: what the files of a run are, where they come from and what they do not say.
//!
//! A Data Package of version 2 (<https://datapackage.org>). Wall-clock facts are in its `repatria` object and nowhere
//! else, so that two runs of the same scenario, seed and version differ in nothing else.

mod descriptor;

use descriptor::{Extended, ListedScenario, Precision, Provenance, VariantOf};

use super::folder::{Identity, Written};
use super::{known_formats, limits, table};
use crate::digest::sha256;
use crate::ensemble::answer::Answer;
use crate::ensemble::precision::{Tolerance, Verdict};

pub use descriptor::Package;
pub(crate) use descriptor::{Resource, Schema};

/// How a run came about. The number of replicates and the mode are in the summary.
#[derive(Clone, Debug)]
pub struct RunFacts {
    /// Which scenario.
    pub scenario: Identity,
    /// The scenario's file, and then those that it names: by their paths from its folder.
    pub texts: Vec<Text>,
    /// The path of the file that it extends, if it does.
    pub extends: Option<String>,
    /// The seed of every random number.
    pub seed: u64,
    /// The fingerprints of the programs that were simulated: the baseline's, then those of the variants in their order.
    pub fingerprints: Vec<String>,
    /// The command line.
    pub command: String,
    /// When the run started: a date and time as in RFC 3339.
    pub created: String,
    /// How long it took.
    pub seconds: f64,
}

/// A text that a run was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its path from the scenario's folder, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Text {
    /// The name under which it is kept among the results.
    pub fn kept_as(&self) -> String {
        format!("{SCENARIO_FOLDER}/{}", self.path)
    }
}

/// The folder of the scenario as it was run, among the results.
const SCENARIO_FOLDER: &str = "scenario";

/// The file of the sentences.
pub const SUMMARY_FILE: &str = "summary.txt";

/// A picture to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedPicture<'a> {
    /// Its file's name.
    pub name: &'a str,
    /// What it shows, in one line.
    pub title: &'a str,
}

/// The package of the files in `written`: every table of [`table::ALL`] and every picture among them.
pub fn describe(
    answer: &Answer,
    run: &RunFacts,
    written: &[Written],
    pictures: &[ListedPicture<'_>],
) -> Package<Provenance> {
    let unsourced = limits::without_source(answer.variants.iter().map(|variant| &variant.model));
    let fingerprint = |variant: usize| run.fingerprints.get(variant).cloned().unwrap_or_default();
    let variants = answer.variants.iter().enumerate().skip(1).map(|(index, variant)| VariantOf {
        name: variant.name.clone(),
        label: variant.label.clone(),
        fingerprint: fingerprint(index),
    });
    let summary = &answer.first().summary;
    let extends = run.extends.as_ref().and_then(|path| run.texts.iter().find(|text| text.path == *path));
    let provenance = Provenance {
        version: env!("CARGO_PKG_VERSION"),
        scenario: ListedScenario {
            name: run.scenario.name.clone(),
            title: run.scenario.title.clone(),
            path: run.texts.first().map(Text::kept_as).unwrap_or_default(),
            sha256: run.texts.first().map(|scenario| sha256(&scenario.text)).unwrap_or_default(),
            extends: extends.map(|base| Extended { path: base.kept_as(), sha256: sha256(&base.text) }),
        },
        seed: run.seed,
        replicates: summary.replicates,
        expected: summary.expected,
        fingerprint: fingerprint(0),
        variants: variants.collect(),
        against: (answer.variants.len() > 1).then(|| answer.variants[answer.against].name.clone()),
        precision: precision(answer),
        command: run.command.clone(),
        parameters_without_source: unsourced,
        created: run.created.clone(),
        seconds: run.seconds,
    };
    let (name, title) = (&run.scenario.name, answer.first().model.title.clone());
    Package::new(
        name,
        title,
        description(answer, &provenance.parameters_without_source),
        resources(answer, run, written, pictures),
        provenance,
    )
}

/// The files in `written`: tables, pictures, the sentences, and the texts that the run was made from.
fn resources(
    answer: &Answer,
    run: &RunFacts,
    written: &[Written],
    pictures: &[ListedPicture<'_>],
) -> Vec<Resource> {
    let file = |name: &str| written.iter().find(|written| written.name == name);
    let in_formats =
        table::ALL.into_iter().flat_map(|table| known_formats::all().map(move |format| (table, format)));
    let tables = in_formats.filter_map(|(table, format)| {
        let file = file(&format.file(table.name()))?;
        let description = Some(format.describe(table.description()));
        let schema = (!format.has_columns_inside()).then(|| Schema::new(&table.columns(answer)));
        Some(Resource::new(file, &format.resource(table.name()), table.title(), description, schema))
    });
    let pictures = (pictures.iter()).filter_map(|picture| {
        Some(Resource::new(file(picture.name)?, picture.name, picture.title, None, None))
    });
    let summary_text = file(SUMMARY_FILE).map(|file| {
        Resource::text(file, "summary", "What came out, in sentences: as the run said it in the end")
    });
    let texts = run.texts.iter().enumerate().filter_map(|(number, text)| {
        let file = file(&text.kept_as())?;
        Some(match number {
            0 => Resource::text(file, "scenario", "The scenario as it was run"),
            _ => Resource::text(file, &format!("scenario-{}", number + 1), "A file that the scenario names"),
        })
    });
    tables.chain(pictures).chain(summary_text).chain(texts).collect()
}

/// The precision that was asked for, and what was reached.
fn precision(answer: &Answer) -> Vec<Precision> {
    let reported = answer.precision.iter().map(|reached| {
        let (absolute, relative) = match reached.tolerance {
            Tolerance::Absolute(size) => (Some(size), None),
            Tolerance::Relative(part) => (None, Some(part)),
        };
        Precision {
            variant: reached.variant.clone(),
            of: if reached.difference { "difference" } else { "outcome" },
            outcome: reached.what.name().into(),
            absolute,
            relative,
            mean: reached.mean,
            mc_se: reached.mc_se,
            verdict: match reached.verdict {
                Verdict::Met => "met",
                Verdict::Limit => "not met within the limit of replicates",
                Verdict::Unattainable => "not pursued: no replicate has a value, or the mean is 0",
            },
        }
    });
    reported.collect()
}

/// What a reader must know before using a number.
fn description(answer: &Answer, unsourced: &[String]) -> String {
    let model = &answer.first().model;
    let mut paragraphs: Vec<String> =
        [&model.question, &model.lesson].into_iter().flatten().cloned().collect();
    paragraphs.push(limits::ILLUSTRATIVE.into());
    paragraphs.push(if answer.first().summary.expected {
        "Expected mode: people are fractional and nothing is random, so there are means and no bands.".into()
    } else {
        limits::BANDS.into()
    });
    if !answer.comparisons.is_empty() {
        paragraphs.push(
            "Variants are what-ifs of the scenario. Each replicate of a variant uses the same random numbers (common random numbers) as the same replicate of the \
             others: differences.csv tells what the change does to one and the same replicate, which is neither the spread of two \
             independent replicates nor a forecast."
                .into(),
        );
    }
    paragraphs.extend(limits::no_source(unsourced));
    paragraphs.join("\n\n")
}
