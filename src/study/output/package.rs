//! `datapackage.json` of a merged study: what its files are, where they come from and what they do not say.

use super::PARTIAL;
use super::findings::{StudyFacts, StudyFindings};
use super::provenance::{LeftOut, StudyProvenance};
use crate::output::format::{count, thousands};
use crate::output::limits;
use crate::output::package::{Package, Resource};

/// The package of the files that were written.
pub(super) fn describe(
    of: StudyFindings<'_>,
    resources: Vec<Resource>,
    left_out: Vec<LeftOut>,
    made: &StudyFacts,
) -> Package<StudyProvenance> {
    let study = of.merge.study;
    let variants = (0..study.variant_count()).map(|variant| study.variant_model(variant));
    let provenance = StudyProvenance::new(of, limits::without_source(variants), left_out, made);
    let title =
        if of.is_partial() { format!("{} (a part of the study)", study.title) } else { study.title.clone() };
    let description = description(of, &provenance.parameters_without_source);
    Package::new(&study.name, title, description, resources, provenance)
}

/// What a reader must know before using a number.
fn description(of: StudyFindings<'_>, unsourced: &[String]) -> String {
    let study = of.merge.study;
    let mut paragraphs = Vec::new();
    if of.is_partial() {
        paragraphs.push(format!(
            "This is a part of the study: {} of {} units are missing, and every number that is taken over points is one of a part. \
             The files have names that begin with \"{PARTIAL}\".",
            thousands(of.merge.missing().len() as f64),
            thousands(of.plan.unit_count() as f64)
        ));
    }
    paragraphs.extend([&study.question, &study.lesson].into_iter().flatten().cloned());
    paragraphs.push(format!(
        "One scenario, simulated at {} of {} ({}), {} each. How far factors are spread is the study's choice.",
        count(study.points(), "point"),
        count(study.factors.len() as u64, "factor"),
        match study.variant_count() {
            1 => count(study.cells(), "cell"),
            n => format!("in {}: {}", count(n as u64, "variant"), count(study.cells(), "cell")),
        },
        count(study.replicates, "replicate"),
    ));
    paragraphs.extend([limits::ILLUSTRATIVE.to_string(), limits::BANDS.to_string()]);
    if study.variant_count() > 1 {
        paragraphs.push(
            "Variants are what-ifs of the scenario. Each replicate of a variant uses the same random numbers (common random numbers) as the same replicate of the \
             baseline at the same point: differences are what the change does to one and the same replicate."
                .into(),
        );
    }
    paragraphs.extend(limits::no_source(unsourced));
    paragraphs.join("\n\n")
}
