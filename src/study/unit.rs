//! A unit's file: what its points came to, one line of JSON each, between a line that says what it is and the hash of all
//! before it.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cell::{PointResult, batches};
use super::plan::WorkUnit;
use super::regular::{self, RefusedFile};
use super::valid::Study;
use crate::digest::hex;
use crate::engine::compile;
use crate::files::Access;

/// The first line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    unit: String,
    first: u64,
    end: u64,
}

/// The last line: the SHA-256 of all before it, in hexadecimal.
#[derive(Debug, Serialize, Deserialize)]
struct UnitTail {
    sha256: String,
}

/// Why a unit's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnitError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is not as it was written.
    #[error("{path} is damaged ({what}): remove it, and `study run` computes it again")]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
}

/// Writes what the points of a unit came to: lines of JSON by point, all of them or, of a unit that is not finished, some.
///
/// # Errors
/// Those of `out`.
pub fn write(unit: &WorkUnit, lines: &BTreeMap<u64, String>, out: &mut dyn Write) -> io::Result<()> {
    let mut hash = Sha256::new();
    let mut put = |line: &str, hash: Option<&mut Sha256>| -> io::Result<()> {
        if let Some(hash) = hash {
            hash.update(line.as_bytes());
            hash.update(b"\n");
        }
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")
    };
    let Range { start: first, end } = unit.points;
    put(&serde_json::to_string(&Head { unit: unit.name.clone(), first, end })?, Some(&mut hash))?;
    for line in lines.values() {
        put(line, Some(&mut hash))?;
    }
    let sha256 = hex(hash.finalize());
    put(&serde_json::to_string(&UnitTail { sha256 })?, None)
}

/// The line of a point.
///
/// # Errors
/// None that happens: a point is numbers and words.
pub fn line(result: &PointResult) -> io::Result<String> {
    Ok(serde_json::to_string(result)?)
}

/// What every point of a study looks like: how many cells, outcomes, series and dates it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointShape {
    /// Of the baseline and of each variant, of each series, how many dates.
    variants: Vec<Vec<usize>>,
    outcomes: usize,
    batches: usize,
}

/// A number of JSON has so many bytes at most, with what is between it and the next.
const NUMBER: u64 = 32;

/// So many bytes more may a point have: names of its fields, or why it could not be simulated.
const WORDS: u64 = 1 << 20;

impl PointShape {
    /// That of a study's points.
    pub fn of(study: &Study) -> PointShape {
        let of_variant = |variant: usize| {
            let steps = study.variant_model(variant).calendar.steps();
            let kept: Vec<u32> = (0..=steps).filter(|step| study.keeps(variant, *step)).collect();
            let names = study.keep.series.names(&compile(study.variant_model(variant)));
            names.iter().map(|name| kept.iter().filter(|step| **step >= name.first_step).count()).collect()
        };
        PointShape {
            variants: (0..study.variant_count()).map(of_variant).collect(),
            outcomes: study.keep.outcomes.len(),
            batches: batches(study.replicates),
        }
    }

    fn fits(&self, result: &PointResult) -> bool {
        let Ok(cells) = &result.cells else { return true };
        cells.len() == self.variants.len()
            && cells.iter().zip(&self.variants).all(|(cell, series)| {
                cell.outcomes.len() == self.outcomes
                    && cell.outcomes.iter().all(|outcome| outcome.batches.len() == self.batches)
                    && cell.series.iter().map(Vec::len).eq(series.iter().copied())
            })
    }

    /// No line of a point is longer.
    fn longest_line(&self) -> u64 {
        let outcome = (12 + self.batches as u64) * NUMBER + 256;
        let of_variant = |series: &Vec<usize>| {
            self.outcomes as u64 * outcome
                + series.iter().map(|points| *points as u64 * 9 * NUMBER + 4).sum::<u64>()
        };
        WORDS + self.variants.iter().map(of_variant).sum::<u64>()
    }
}

/// Reads the file of a unit that is done and hands over its points one by one, with their lines: each once, in their order.
/// Memory is that of one line.
///
/// # Errors
/// When it cannot be read or is damaged, and those of `each`. What is wrong with a later line is found after earlier points
/// were handed over.
pub fn read<E: From<UnitError>>(
    path: &Path,
    unit: &WorkUnit,
    shape: &PointShape,
    mut each: impl FnMut(PointResult, String) -> Result<(), E>,
) -> Result<(), E> {
    let mut expected = unit.points.clone();
    read_part(path, unit, shape, |result, line| {
        if expected.next() != Some(result.point) {
            let what = "a point is missing or there twice";
            return Err(UnitError::Damaged { path: path.into(), what }.into());
        }
        each(result, line)
    })?;
    match expected.next() {
        None => Ok(()),
        Some(_) => Err(UnitError::Damaged { path: path.into(), what: "its last points are missing" }.into()),
    }
}

/// The same of a unit that is not finished: some of its points, each once, in their order.
///
/// # Errors
/// As [`read`].
pub fn read_part<E: From<UnitError>>(
    path: &Path,
    unit: &WorkUnit,
    shape: &PointShape,
    mut each: impl FnMut(PointResult, String) -> Result<(), E>,
) -> Result<(), E> {
    let damaged = |what| UnitError::Damaged { path: path.into(), what };
    let io = |error: io::Error| E::from(UnitError::from(error));
    let longest = shape.longest_line();
    let largest = longest.saturating_mul(unit.points.end - unit.points.start + 2);
    let mut file =
        BufReader::new(regular::open(path, largest, Access::Read).map_err(|refused| match refused {
            RefusedFile::Io(error) => UnitError::from(error),
            RefusedFile::Kind { what, .. } => damaged(what_it_is(what)),
            RefusedFile::Size { .. } | RefusedFile::NotText { .. } => damaged("it is larger than it can be"),
        })?);
    let mut hash = Sha256::new();
    let mut line = String::new();
    let mut next = |hash: &mut Sha256| -> Result<Option<String>, E> {
        line.clear();
        match file.by_ref().take(longest).read_line(&mut line) {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(damaged("it is not text").into());
            }
            Err(error) => return Err(io(error)),
        }
        // The last line tells the hash of those before it.
        if !line.starts_with("{\"sha256\"") {
            hash.update(line.as_bytes());
        }
        Ok(Some(line.trim_end_matches('\n').to_string()))
    };
    let head = next(&mut hash)?.and_then(|line| serde_json::from_str::<Head>(&line).ok());
    let expected = Head { unit: unit.name.clone(), first: unit.points.start, end: unit.points.end };
    if head != Some(expected) {
        return Err(damaged("it does not begin as this unit does").into());
    }
    let mut least = unit.points.start;
    while let Some(line) = next(&mut hash)? {
        if line.starts_with("{\"sha256\"") {
            let sum = hex(hash.clone().finalize());
            if serde_json::from_str::<UnitTail>(&line).ok().is_none_or(|tail| tail.sha256 != sum) {
                return Err(damaged("its hash is another").into());
            }
            return match next(&mut hash)? {
                None => Ok(()),
                Some(_) => Err(damaged("something follows its end").into()),
            };
        }
        let result: PointResult =
            serde_json::from_str(&line).map_err(|_| damaged("a line that cannot be read"))?;
        if !unit.points.contains(&result.point) {
            return Err(damaged("a point of another unit").into());
        }
        if result.point < least {
            return Err(damaged("a point is missing or there twice").into());
        }
        if !shape.fits(&result) {
            return Err(damaged("a point has not what the study's points have").into());
        }
        least = result.point + 1;
        each(result, line)?;
    }
    Err(damaged("its end is missing").into())
}

/// What a file is that is none.
fn what_it_is(kind: &str) -> &'static str {
    match kind {
        "a symbolic link" => "it is a symbolic link",
        "a folder" => "it is a folder",
        "a named pipe" => "it is a named pipe",
        "a device" => "it is a device",
        _ => "it is no regular file",
    }
}
