//! The folder of a study: its plan, copies of its texts, and the units that are done.
//!
//! Any number of processes, on any number of machines that see the folder, may work on it at once. A file appears whole
//! or not at all: it is written beside, reaches the disk, and is renamed. Files of others are never touched, and links in it never
//! followed.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fs_err as fs;
use serde_json::from_str;

use super::beside;
use super::claim::FolderClaim;
use super::copies;
use super::inputs::Inputs;
use super::plan::{StudyPlan, WorkUnit, digest, version};
use super::read::read;
use super::regular::{self, PathKind, RefusedFile};
use super::store_error::PLAN;
pub use super::store_error::StoreError;
use super::unit::{self, PointShape, UnitError};
use super::valid::Study;

const INPUTS: &str = "inputs";
/// The plan's path from the folder of copies, by which the claim notes it.
const PLAN_FROM_INPUTS: &str = "../plan.json";
const UNITS: &str = "units";
const DONE: &str = "jsonl";
const PART: &str = "part";

/// A plan that is larger is none.
const LARGEST_PLAN: u64 = 4 << 20;

/// A study's folder.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Makes a study's folder, or finds that it is this study's already: the plan that is there is kept, and so are its units.
    /// With `replan` the plan of another study is replaced. Only a folder that is empty or a study's is written to.
    ///
    /// # Errors
    /// When the folder holds another plan (unless `replan`) or other files, and when it cannot be written.
    pub fn create(
        folder: &Path,
        plan: &StudyPlan,
        inputs: &Inputs,
        replan: bool,
    ) -> Result<(Store, StudyPlan), StoreError> {
        let store = Store { folder: folder.into() };
        let mut claim = store.claim()?;
        let found = match store.plan() {
            Ok(found)
                if found.sha256 == plan.sha256
                    && (&found.version, &found.engine) == (&plan.version, &plan.engine)
                    && !replan =>
            {
                Some(found)
            }
            Ok(found) if !replan => {
                return Err(StoreError::OtherPlan { path: folder.into(), title: found.title });
            }
            Err(error @ StoreError::Unreadable { .. }) if !replan => return Err(error),
            // Somebody's own file, unless this program wrote it, in another version perhaps.
            Err(StoreError::Unreadable { path, .. }) if !is_noted(&path, &claim) => {
                return Err(StoreError::NotOurs { path });
            }
            Ok(_) | Err(StoreError::Unreadable { .. } | StoreError::NoPlan { .. }) => None,
            Err(error) => return Err(error),
        };
        copies::real_folder(&store.units())?;
        fs::create_dir_all(store.units())?;
        let path = folder.join(PLAN);
        // A plan goes before its copies: killed in between, the folder is one without a plan, which can be planned.
        let ready = || match found {
            None if regular::look(&path)? != PathKind::Nothing => Ok(fs::remove_file(&path)?),
            _ => Ok(()),
        };
        copies::make(&folder.join(INPUTS), inputs, &mut claim, &ready, &|path, fill| {
            store.write(path, fill)
        })?;
        if let Some(found) = found {
            return Ok((store, found));
        }
        // Last: a folder with a plan is complete.
        let text = serde_json::to_string_pretty(plan).map_err(io::Error::from)? + "\n";
        claim.note(&[(PLAN_FROM_INPUTS.into(), &text)])?;
        store.write(&path, &mut |out| out.write_all(text.as_bytes()))?;
        Ok((store, plan.clone()))
    }

    /// The claim of a folder that is a study's or empty, or is to be made.
    fn claim(&self) -> Result<FolderClaim, StoreError> {
        let occupied = || StoreError::Occupied { path: self.folder.clone() };
        if regular::look(&self.folder).is_ok_and(|found| found == PathKind::Nothing) {
            fs::create_dir_all(&self.folder)?;
        } else if self.folder.is_file() {
            // Which says why it cannot be.
            fs::create_dir_all(self.units())?;
        }
        if let Some(mut claim) = FolderClaim::take(&self.folder)? {
            self.note_what_is_there(&mut claim)?;
            return Ok(claim);
        }
        let empty = fs::read_dir(&self.folder)?.next().is_none();
        // Folders of earlier versions have a plan and no claim. What somebody has filled since it was looked at may have both.
        let claim = match empty || self.plan().is_ok() {
            true => FolderClaim::make(&self.folder)?,
            false => FolderClaim::take(&self.folder)?,
        };
        let mut claim = claim.ok_or_else(occupied)?;
        self.note_what_is_there(&mut claim)?;
        Ok(claim)
    }

    /// Notes the copies that an earlier version made, which noted none: those that have the texts that the plan is of. Where
    /// anything about them is in doubt they are somebody's own.
    fn note_what_is_there(&self, claim: &mut FolderClaim) -> Result<(), StoreError> {
        let folder = self.folder.join(INPUTS);
        if claim.copies().next().is_some() || copies::all_real(&folder).is_err() {
            return Ok(());
        }
        let Ok(plan) = self.plan() else { return Ok(()) };
        let Ok((mut inputs, file)) = Inputs::load(&folder, &plan.study) else { return Ok(()) };
        // Which finds the files that the scenario names.
        if read(&mut inputs, &file).is_ok() && digest(&inputs) == plan.sha256 {
            claim.note(&inputs.copies().collect::<Vec<_>>())?;
        }
        Ok(())
    }

    /// Opens a study's folder: the plan, and the study that it is of.
    ///
    /// # Errors
    /// When there is no plan, or another version made it, or its texts were changed.
    pub fn open(folder: &Path) -> Result<(Store, StudyPlan, Study), StoreError> {
        let store = Store { folder: folder.into() };
        let plan = store.plan()?;
        let (this, this_engine) = version();
        if (&plan.version, &plan.engine) != (&this, &this_engine) {
            return Err(StoreError::OtherVersion {
                path: folder.into(),
                made_by: plan.version,
                engine: plan.engine,
                this,
                this_engine,
            });
        }
        let copies = folder.join(INPUTS);
        copies::all_real(&copies)?;
        copies::real_folder(&store.units())?;
        let invalid = |problems| StoreError::Invalid { path: copies.clone(), problems };
        let (mut inputs, file) = Inputs::load(&copies, &plan.study).map_err(invalid)?;
        let study = read(&mut inputs, &file).map_err(invalid)?;
        if digest(&inputs) != plan.sha256 || study.points() != plan.points || plan.points_a_unit == 0 {
            return Err(StoreError::Changed { path: copies });
        }
        Ok((store, plan, study))
    }

    fn plan(&self) -> Result<StudyPlan, StoreError> {
        let path = self.folder.join(PLAN);
        let unreadable = |reason: String| StoreError::Unreadable { path: path.clone(), reason };
        match regular::read(&path, LARGEST_PLAN) {
            // Of what is no plan of ours nothing is repeated.
            Ok(text) => from_str(&text)
                .map_err(|error| unreadable(format!("line {}, column {}", error.line(), error.column()))),
            Err(RefusedFile::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::NoPlan { path: self.folder.clone() })
            }
            Err(RefusedFile::Size { size, .. }) => Err(unreadable(format!("it has {size} bytes"))),
            Err(RefusedFile::NotText { .. }) => Err(unreadable("it is not text in UTF-8".into())),
            Err(refused) => Err(refused.into()),
        }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn units(&self) -> PathBuf {
        self.folder.join(UNITS)
    }

    /// The file of a unit that is done.
    pub fn unit_path(&self, unit: &WorkUnit) -> PathBuf {
        self.units().join(&unit.name).with_extension(DONE)
    }

    fn part_path(&self, unit: &WorkUnit) -> PathBuf {
        self.units().join(&unit.name).with_extension(PART)
    }

    /// Whether a unit is done. What has its name and is no file, such as a link, is not replaced: whoever reads it says so.
    pub fn has(&self, unit: &WorkUnit) -> bool {
        regular::look(&self.unit_path(unit)).is_ok_and(|found| found != PathKind::Nothing)
    }

    /// What was kept of a unit that was stopped: lines by point. A damaged file counts as none.
    pub fn part(&self, unit: &WorkUnit, shape: &PointShape) -> BTreeMap<u64, String> {
        let mut lines = BTreeMap::new();
        let read =
            unit::read_part(&self.part_path(unit), unit, shape, |result, line| -> Result<(), UnitError> {
                lines.insert(result.point, line);
                Ok(())
            });
        if read.is_err() {
            lines.clear();
        }
        lines
    }

    /// Writes a unit: as done where all of its points are there, else as a part to go on from.
    ///
    /// # Errors
    /// When it cannot be written; nothing is lost that was there.
    pub fn put(&self, unit: &WorkUnit, lines: &BTreeMap<u64, String>) -> Result<(), StoreError> {
        let done = lines.len() as u64 == unit.points.end - unit.points.start;
        let path = if done { self.unit_path(unit) } else { self.part_path(unit) };
        for path in [&path, &self.part_path(unit)] {
            if let PathKind::Other(what) = regular::look(path)? {
                return Err(RefusedFile::Kind { path: path.clone(), what }.into());
            }
        }
        self.write(&path, &mut |out| unit::write(unit, lines, out))?;
        if done && self.part_path(unit).exists() {
            fs::remove_file(self.part_path(unit))?;
        }
        Ok(())
    }

    /// Writes a file of the folder, whole or not at all.
    fn write(
        &self,
        path: &Path,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        Ok(beside::write(&self.units(), path, fill)?)
    }

    /// Removes what processes left that were killed while they wrote. And parts of units that are done, which a process leaves
    /// that was killed, or stopped after another one had finished the unit. Files with other names than ours are left.
    pub fn sweep(&self) {
        let Ok(entries) = fs::read_dir(self.units()) else { return };
        let is_file = |path: &Path| matches!(regular::look(path), Ok(PathKind::File(_)));
        for entry in entries.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let Some(name) = name.to_str().filter(|_| is_file(&path)) else { continue };
            if beside::is_temporary(name) {
                beside::remove_if_left(&path);
            } else if is_part(name) && is_file(&path.with_extension(DONE)) {
                let _ = fs::remove_file(&path);
            }
        }
    }
}

/// Whether a plan that is no plan of this version is one that a plan wrote here.
fn is_noted(path: &Path, claim: &FolderClaim) -> bool {
    regular::read(path, LARGEST_PLAN).is_ok_and(|text| claim.has(text.as_bytes()))
}

/// Whether a name is that of a part of a unit: its hash.
fn is_part(name: &str) -> bool {
    let hash = name.strip_suffix(PART).and_then(|name| name.strip_suffix('.'));
    hash.is_some_and(|hash| hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
