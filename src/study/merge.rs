//! What a study's units say, put together in the order of its plan.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::cell::PointResult;
use super::plan::{StudyPlan, WorkUnit};
use super::store::Store;
use super::unit::{self, PointShape, UnitError};
use super::valid::Study;

/// A study with the units that are done.
#[derive(Debug)]
pub struct Merge<'a> {
    /// The study.
    pub study: &'a Study,
    store: &'a Store,
    present: Vec<WorkUnit>,
    missing: Vec<WorkUnit>,
    points: Range<u64>,
    shape: Arc<PointShape>,
}

/// Why units could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// A unit's file.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// Whoever takes the points.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<MergeError> for io::Error {
    fn from(error: MergeError) -> io::Error {
        match error {
            MergeError::Io(error) => error,
            MergeError::Unit(error) => io::Error::other(error),
        }
    }
}

impl<'a> Merge<'a> {
    /// The units of a plan that are done.
    pub fn new(store: &'a Store, plan: &StudyPlan, study: &'a Study) -> Merge<'a> {
        let (present, missing) = plan.units(study).partition(|unit| store.has(unit));
        Merge {
            study,
            store,
            present,
            missing,
            points: 0..study.points(),
            shape: Arc::new(PointShape::of(study)),
        }
    }

    /// Those of its points that are among `points`.
    pub fn within(&self, points: Range<u64>) -> Merge<'a> {
        let touched = |unit: &&WorkUnit| unit.points.start < points.end && points.start < unit.points.end;
        let of = |units: &[WorkUnit]| units.iter().filter(touched).cloned().collect();
        let (present, missing) = (of(&self.present), of(&self.missing));
        Merge {
            study: self.study,
            store: self.store,
            present,
            missing,
            points,
            shape: Arc::clone(&self.shape),
        }
    }

    /// The units that are done, in the order of the plan.
    pub fn present(&self) -> &[WorkUnit] {
        &self.present
    }

    /// The units that are not done.
    pub fn missing(&self) -> &[WorkUnit] {
        &self.missing
    }

    /// Hands over every point that was simulated, with the values of the factors, in the order of the plan. Units are read one
    /// after the other, so memory does not grow with them.
    ///
    /// # Errors
    /// When a unit cannot be read or is damaged, and those of `each`.
    pub fn each_point(
        &self,
        each: &mut dyn FnMut(&[f64], &PointResult) -> io::Result<()>,
    ) -> Result<(), MergeError> {
        for unit in &self.present {
            // A unit that was put together of parts has its points in their order too.
            unit::read(
                &self.store.unit_path(unit),
                unit,
                &self.shape,
                |result, _| -> Result<(), MergeError> {
                    if self.points.contains(&result.point) {
                        each(&self.study.values(result.point), &result)?;
                    }
                    Ok(())
                },
            )?;
        }
        Ok(())
    }
}
