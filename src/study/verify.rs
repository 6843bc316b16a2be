//! Computes units again and compares every byte.

use std::collections::BTreeMap;

use rand::Rng;

use super::plan::WorkUnit;
use super::store::Store;
use super::unit::{self, PointShape, UnitError};
use super::valid::Study;
use super::work::{WorkError, recompute};
use crate::ensemble::Machine;
use crate::random::{Keys, Site};

/// How a unit that was computed again came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitVerdict {
    /// With the same bytes.
    Same,
    /// With others.
    Other {
        /// The first point that differs.
        point: u64,
    },
}

/// So many of some units, drawn without replacement by a seed; all of them where there are no more. In the order of the plan.
pub fn some_of(units: &[WorkUnit], wanted: u64, seed: u64) -> Vec<&WorkUnit> {
    let mut stream = Keys { seed }.stream(0, Site::of(&["study", "verify"]));
    let (mut left, mut wanted) = (units.len() as u64, wanted.min(units.len() as u64));
    let mut chosen = Vec::new();
    for unit in units {
        // Each with the portion of those that are still wanted among those that are left.
        if ((u128::from(stream.next_u64()) * u128::from(left)) >> 64) < u128::from(wanted) {
            chosen.push(unit);
            wanted -= 1;
        }
        left -= 1;
    }
    chosen
}

/// Computes a unit again.
///
/// # Errors
/// When its file cannot be read, and those of the work.
pub fn verify(
    store: &Store,
    study: &Study,
    unit: &WorkUnit,
    machine: Machine,
) -> Result<UnitVerdict, WorkError> {
    let mut written = BTreeMap::new();
    unit::read(
        &store.unit_path(unit),
        unit,
        &PointShape::of(study),
        |result, line| -> Result<(), UnitError> {
            written.insert(result.point, line);
            Ok(())
        },
    )
    .map_err(super::store::StoreError::from)?;
    let again = recompute(study, unit, machine)?;
    let other = unit.points.clone().find(|point| written.get(point) != again.get(point));
    Ok(other.map_or(UnitVerdict::Same, |point| UnitVerdict::Other { point }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_drawn_as_are_wanted() {
        let unit = |index| WorkUnit { index, name: index.to_string(), points: index..index + 1 };
        let units: Vec<WorkUnit> = (0..20).map(unit).collect();
        for wanted in [0, 1, 7, 20, 30] {
            let chosen = some_of(&units, wanted, 5);
            assert_eq!(chosen.len() as u64, wanted.min(20));
            assert!(chosen.windows(2).all(|pair| pair[0].index < pair[1].index));
        }
        assert_ne!(some_of(&units, 7, 5), some_of(&units, 7, 6));
    }
}
