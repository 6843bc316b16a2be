//! A unit's file: what its points came to, one line of JSON each, between a line that says what it is and the hash of all
//! before it.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use fs_err as fs;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cell::PointResult;
use super::plan::Unit;
use crate::engine::fingerprint::hex;

/// The first line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    unit: String,
    first: u64,
    end: u64,
}

/// The last line: the SHA-256 of all before it, in hexadecimal.
#[derive(Debug, Serialize, Deserialize)]
struct Tail {
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
pub fn write(unit: &Unit, lines: &BTreeMap<u64, String>, out: &mut dyn Write) -> io::Result<()> {
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
    put(&serde_json::to_string(&Tail { sha256 })?, None)
}

/// The line of a point.
///
/// # Errors
/// None that happens: a point is numbers and words.
pub fn line(result: &PointResult) -> io::Result<String> {
    Ok(serde_json::to_string(result)?)
}

/// Reads a unit's file and hands over its points one by one, with their lines. Memory is that of one line.
///
/// # Errors
/// When it cannot be read or is damaged, and those of `each`. What is wrong with a later line is found after earlier points
/// were handed over.
pub fn read<E: From<UnitError>>(
    path: &Path,
    unit: &Unit,
    mut each: impl FnMut(PointResult, String) -> Result<(), E>,
) -> Result<(), E> {
    let damaged = |what| UnitError::Damaged { path: path.into(), what };
    let io = |error: io::Error| E::from(UnitError::from(error));
    let mut file = BufReader::new(fs::File::open(path).map_err(io)?);
    let mut hash = Sha256::new();
    let mut line = String::new();
    let mut next = |hash: &mut Sha256| -> Result<Option<String>, E> {
        line.clear();
        match file.read_line(&mut line) {
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
    while let Some(line) = next(&mut hash)? {
        if line.starts_with("{\"sha256\"") {
            let sum = hex(hash.finalize());
            return match serde_json::from_str::<Tail>(&line) {
                Ok(tail) if tail.sha256 == sum => Ok(()),
                _ => Err(damaged("its hash is another").into()),
            };
        }
        let result: PointResult =
            serde_json::from_str(&line).map_err(|_| damaged("a line that cannot be read"))?;
        if !unit.points.contains(&result.point) {
            return Err(damaged("a point of another unit").into());
        }
        each(result, line)?;
    }
    Err(damaged("its end is missing").into())
}
