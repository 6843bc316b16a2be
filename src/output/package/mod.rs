//! `datapackage.json`: what the files of a run are, where they come from and what they do not say.
//!
//! A Data Package of version 2 (<https://datapackage.org>). Wall-clock facts are in its `repatria` object and nowhere
//! else, so that two runs of the same scenario, seed and version differ in nothing else.

mod descriptor;

use descriptor::{Provenance, Resource, Scenario, Schema, slug};

use super::folder::{Identity, Written};
use super::table;
use crate::ensemble::summary::Summary;
use crate::model::Model;

pub use descriptor::Package;

/// How a run came about. The number of histories and the mode are in the summary.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which scenario.
    pub scenario: Identity,
    /// The scenario's file, as it was named.
    pub path: String,
    /// The SHA-256 of the scenario's file, in hexadecimal.
    pub sha256: String,
    /// The seed of every random number.
    pub seed: u64,
    /// The fingerprint of the program that was simulated.
    pub fingerprint: String,
    /// The command line.
    pub command: String,
    /// When the run started: a date and time as in RFC 3339.
    pub created: String,
    /// How long it took.
    pub seconds: f64,
}

/// A picture to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture<'a> {
    /// Its file's name.
    pub name: &'a str,
    /// What it shows, in one line.
    pub title: &'a str,
}

/// The package of the files in `written`: every table of [`table::ALL`] and every picture among them.
pub fn describe(
    model: &Model,
    summary: &Summary,
    run: &Run,
    written: &[Written],
    pictures: &[Picture<'_>],
) -> Package {
    let unsourced: Vec<String> = (model.parameters.iter())
        .filter(|parameter| parameter.source.is_none())
        .map(|parameter| parameter.name.clone())
        .collect();
    let file = |name: &str| written.iter().find(|written| written.name == name);
    let tables = table::ALL.into_iter().filter_map(|table| {
        let file = file(&format!("{}.csv", table.name()))?;
        let schema = Schema::new(&table.columns(model));
        Some(Resource::new(file, table.name(), table.title(), Some(table.description()), Some(schema)))
    });
    let pictures = (pictures.iter()).filter_map(|picture| {
        Some(Resource::new(file(picture.name)?, picture.name, picture.title, None, None))
    });
    Package {
        schema: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: slug(&run.scenario.name),
        title: model.title.clone(),
        description: description(model, summary, &unsourced),
        resources: tables.chain(pictures).collect(),
        repatria: Provenance {
            version: env!("CARGO_PKG_VERSION"),
            scenario: Scenario {
                name: run.scenario.name.clone(),
                title: run.scenario.title.clone(),
                path: run.path.clone(),
                sha256: run.sha256.clone(),
            },
            seed: run.seed,
            replicates: summary.replicates,
            expected: summary.expected,
            fingerprint: run.fingerprint.clone(),
            command: run.command.clone(),
            parameters_without_source: unsourced,
            created: run.created.clone(),
            seconds: run.seconds,
        },
    }
}

/// What a reader must know before using a number.
fn description(model: &Model, summary: &Summary, unsourced: &[String]) -> String {
    let mut paragraphs: Vec<String> =
        [&model.question, &model.lesson].into_iter().flatten().cloned().collect();
    paragraphs.push(
        "Parameters are illustrative and not sourced unless a source is stated; numbers that the scenario writes \
         without naming a parameter have no source. This is a simulation of an aggregate model for exploring \
         what-ifs, not a forecast and not an operational tool."
            .into(),
    );
    paragraphs.push(if summary.expected {
        "Expected mode: people are fractional and nothing is random, so there are means and no bands.".into()
    } else {
        "Bands and quantiles are of simulated histories: they are not all of the uncertainty.".into()
    });
    if !unsourced.is_empty() {
        paragraphs.push(format!("Parameters without a source: {}.", unsourced.join(", ")));
    }
    paragraphs.join("\n\n")
}
