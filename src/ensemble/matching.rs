//! Which series of two variants are the same, by what they are called.
//!
//! A variant may add mechanisms and take some away. What one variant has no series of counts as 0 there where that is what it
//! means: nobody goes by a mechanism that is not there, nobody is at a place that is not there, a shock that is not there
//! never happens, and nothing adds up of it. Rates, levels (queues, backlogs), severities and states of a regime that
//! only one variant has are left out.

use std::collections::BTreeMap;

use super::comparison::{ALL_HELD, ALL_VALUES, SeriesKind, SeriesName};
use super::named::{ComparedSide, NamedSeries, all_named};
use super::scale::SeriesScale;
use super::series::{SeriesId, SeriesSource};
use super::summary::regime_address;
use crate::model::Model;

/// Where a variant's values of a series come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A series of it.
    Row(SeriesId),
    /// There are none: 0 in every replicate.
    Nothing,
}

/// A series that two variants have, or that one has and the other has nothing of.
#[derive(Clone, Debug)]
pub struct Match {
    /// What it is called.
    pub name: SeriesName,
    /// What its numbers count.
    pub unit: String,
    /// In the variant.
    pub variant: From,
    /// In the one that it is compared with.
    pub against: From,
    /// What its numbers can be in both.
    pub scale: SeriesScale,
}

/// An outcome that two variants have.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeMatch {
    /// Its index in the plan of the variant.
    pub outcome: usize,
    /// Its series in the variant.
    pub variant: SeriesId,
    /// That in the one that it is compared with.
    pub against: SeriesId,
    /// What its numbers can be in both.
    pub scale: SeriesScale,
}

/// The series that two variants share, by kind, and in the order of the variant, then of the other.
pub fn series(variant: ComparedSide<'_>, against: ComparedSide<'_>) -> Vec<Match> {
    let (ours, theirs) = (all_named(variant), all_named(against));
    let find = |all: &[NamedSeries<'_>]| -> BTreeMap<SeriesName, usize> {
        // The first of several with one name: without dimensions a cell is its place.
        all.iter().enumerate().rev().map(|(index, named)| (named.name.clone(), index)).collect()
    };
    let (our_index, their_index) = (find(&ours), find(&theirs));
    let mut matches = Vec::new();
    for (index, named) in ours.iter().enumerate() {
        if our_index[&named.name] != index {
            continue;
        }
        let other = their_index.get(&named.name).map(|other| &theirs[*other]);
        let from = match other {
            Some(other) => Some(From::Row(other.id)),
            None => instead(named, &theirs, variant, against),
        };
        matches.extend(from.map(|from| matched(named, other, From::Row(named.id), from)));
    }
    for named in theirs.iter().filter(|named| !our_index.contains_key(&named.name)) {
        let from = instead(named, &ours, against, variant);
        matches.extend(from.map(|from| matched(named, None, from, From::Row(named.id))));
    }
    matches.sort_by_key(|found| found.name.kind);
    matches
}

/// The outcomes that two variants share, in the order of the variant.
pub fn outcomes(variant: ComparedSide<'_>, against: ComparedSide<'_>) -> Vec<OutcomeMatch> {
    let (ours, theirs) = (&variant.program.model().outcomes, &against.program.model().outcomes);
    let same = |ours_at: usize, theirs_at: usize| {
        let (one, other) = (&variant.plan.outcomes[ours_at], &against.plan.outcomes[theirs_at]);
        ours[ours_at].name == theirs[theirs_at].name && one.unit == other.unit && one.scale == other.scale
    };
    (0..ours.len())
        .filter_map(|index| {
            let other = (0..theirs.len()).find(|other| same(index, *other))?;
            let (variant_series, against_series) =
                (variant.table.outcome(index), against.table.outcome(other));
            let scale = variant.table[variant_series].scale;
            Some(OutcomeMatch { outcome: index, variant: variant_series, against: against_series, scale })
        })
        .collect()
}

fn matched(named: &NamedSeries<'_>, other: Option<&NamedSeries<'_>>, variant: From, against: From) -> Match {
    let mut name = named.name.clone();
    if let Some(ends) = &named.ends {
        let theirs = other.and_then(|other| other.ends.as_ref()).unwrap_or(ends);
        // An end that differs between the variants is no one place.
        let end = |which: usize| {
            let same = ends[which] == theirs[which];
            Some(if same { ends[which].clone() } else { ALL_VALUES.to_string() })
        };
        (name.from, name.to) = (end(0), end(1));
    }
    let scale = named.series.scale;
    let scale = other.map_or(scale, |other| scale.with(other.series.scale));
    Match { name, unit: named.series.unit.to_string(), variant, against, scale }
}

/// What a variant has where it has no series of this name; `None` where that cannot be said. `have` are its series, `side` the
/// variant that has the named one.
fn instead(
    named: &NamedSeries<'_>,
    have: &[NamedSeries<'_>],
    side: ComparedSide<'_>,
    lacking: ComparedSide<'_>,
) -> Option<From> {
    let (model, other) = (side.program.model(), lacking.program.model());
    let name = &named.name;
    let nothing = match name.kind {
        SeriesKind::People => name.subject != ALL_HELD && !has_place(other, &name.subject),
        SeriesKind::Flow | SeriesKind::FlowToDate => {
            // A mechanism with one pair of ends is recorded in total only.
            let total = |have: &&NamedSeries<'_>| {
                let ends = have.ends.as_ref().map(|[from, to]| (from.as_str(), to.as_str()));
                have.name.kind == name.kind
                    && have.name.subject == name.subject
                    && have.name.is_everybody()
                    && ends.is_some()
                    && ends == name.from.as_deref().zip(name.to.as_deref())
            };
            if let Some(total) = have.iter().find(total) {
                return Some(From::Row(total.id));
            }
            model.record.flows == other.record.flows && model.record.dimensions == other.record.dimensions
        }
        SeriesKind::Rate | SeriesKind::Severity => false,
        SeriesKind::Shock | SeriesKind::Switch | SeriesKind::Trigger => true,
        SeriesKind::State => other.regimes.iter().any(|regime| name.subject == regime_address(&regime.name)),
        SeriesKind::Measure => match named.series.source {
            SeriesSource::Measure(index) => side.plan.measures[index].adds_up(),
            _ => false,
        },
        SeriesKind::Outcome | SeriesKind::Observed => false,
    };
    nothing.then_some(From::Nothing)
}

fn has_place(model: &Model, name: &str) -> bool {
    model.places.iter().any(|place| place.name == name)
}
