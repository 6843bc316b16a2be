//! What was written becomes the results, and what was there before is kept or goes.

use std::path::PathBuf;

use serde_json::Value;

use super::earlier::EarlierResults;
use super::error::shown;
use super::journal::{self, Journal, NewFile, OldFile};
use super::place::{FolderPlace, look};
use super::{FolderError, PACKAGE_FILE, PARTIAL, Results, keep, same};

/// What has become of the folder.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The files that were written.
    pub paths: Vec<PathBuf>,
    /// What was there before.
    pub before: Before,
    /// The names of files of the same run that were written before, not now, and are still listed.
    pub stayed: Vec<String>,
}

/// What was there before a run's results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing that was replaced.
    Nothing,
    /// The same run, which was replaced: when it was made.
    Same(String),
    /// Less of the same study, which was replaced.
    Part,
    /// Something else, which was kept.
    Kept {
        /// Where.
        folder: PathBuf,
        /// What differs from the new, in a few words each.
        differs: Vec<String>,
    },
}

/// What the new results are to those that are there.
struct Relation {
    /// What differs, in a few words each.
    differs: Vec<String>,
    /// Whether those that are there are a part of the new.
    is_part: bool,
    /// Whether they are of another run, and the new take their place.
    is_another: bool,
}

impl Relation {
    fn of(earlier: &EarlierResults, package: &Value) -> Relation {
        let differs = same::differences(&earlier.package, package);
        let is_part = !differs.is_empty() && same::is_part_of(&earlier.package, package);
        let is_another = earlier.are_ours() && !differs.is_empty() && !is_part;
        Relation { differs, is_part, is_another }
    }
}

/// What a commit does.
#[derive(Default)]
struct Changes {
    journal: Journal,
    /// The names of files that are kept first.
    keep: Vec<String>,
    /// The names of earlier files that stay.
    stayed: Vec<String>,
}

impl Results {
    /// Makes what was written the results: gives the files their names in the order in which they were written, and removes
    /// what an earlier run wrote and this one does not list. What is lost by that, and is not the same run, is kept first.
    ///
    /// # Errors
    /// When a file cannot be kept, renamed or removed; everything is then as it was before.
    pub fn commit(mut self) -> Result<Committed, FolderError> {
        let package = self.package();
        let relation = Relation::of(&self.earlier, &package);
        let mut changes = Changes::default();
        self.place(&relation, &mut changes)?;
        self.remove(&package, &relation, &mut changes)?;
        let kept = self.keep_and_perform(&changes)?;
        self.committed = true;
        let created = || shown(self.earlier.package["repatria"]["created"].as_str().unwrap_or_default());
        let before = match kept {
            Some(folder) if relation.is_another => Before::Kept { folder, differs: relation.differs },
            Some(folder) => Before::Kept { folder, differs: Vec::new() },
            None if !self.earlier.are_ours() => Before::Nothing,
            None if relation.is_part => Before::Part,
            None => Before::Same(created()),
        };
        let paths = self.written.iter().map(|written| self.folder.join(&written.name)).collect();
        Ok(Committed { paths, before, stayed: changes.stayed })
    }

    /// The new files get their names; what has such a name and is lost by that is kept.
    fn place(&self, relation: &Relation, changes: &mut Changes) -> Result<(), FolderError> {
        for (written, from) in self.written.iter().zip(&self.staged) {
            let instead_of = match self.look(&written.name)? {
                FolderPlace::Free => None,
                FolderPlace::File(hash) => Some(hash),
                FolderPlace::Odd(is) => {
                    return Err(FolderError::Odd { path: self.folder.join(&written.name), is });
                }
            };
            if let Some(hash) = &instead_of {
                let recorded = self.earlier.recorded(&written.name).map(|file| &file.sha256);
                let is_ours =
                    recorded == Some(hash) || written.name == PACKAGE_FILE && self.earlier.are_ours();
                // Somebody's own file, which force or its change since the start has put in the way.
                let is_lost = !is_ours && *hash != written.sha256;
                if relation.is_another || is_lost {
                    changes.keep.push(written.name.clone());
                }
            }
            changes.journal.place.push(NewFile {
                from: from.clone(),
                name: written.name.clone(),
                sha256: written.sha256.clone(),
                instead_of,
            });
        }
        Ok(())
    }

    /// The earlier files go that are as they were written and that the new package does not list.
    fn remove(&self, package: &Value, relation: &Relation, changes: &mut Changes) -> Result<(), FolderError> {
        let resources = package["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
        let lists = |name: &str| resources.iter().any(|resource| resource["path"] == name);
        for file in &self.earlier.files {
            if self.written.iter().any(|written| written.name == file.name) {
                continue;
            }
            if lists(&file.name) {
                changes.stayed.push(shown(&file.name));
            } else if self.look(&file.name)? == FolderPlace::File(file.sha256.clone()) {
                // Of a part of a study the whole has everything, and nothing else.
                if relation.is_another || relation.is_part && !file.name.starts_with(PARTIAL) {
                    changes.keep.push(file.name.clone());
                }
                let old = OldFile { name: file.name.clone(), sha256: file.sha256.clone() };
                changes.journal.remove.push(old);
            }
        }
        Ok(())
    }

    /// Keeps what is to be kept, unless it is kept already, and then does what the journal says. Returns where it is kept.
    fn keep_and_perform(&self, changes: &Changes) -> Result<Option<PathBuf>, FolderError> {
        let mut newly_kept = None;
        let mut kept = None;
        if !changes.keep.is_empty() {
            kept = keep::is_kept(&self.folder, &changes.keep, &self.earlier.package);
            if kept.is_none() {
                newly_kept = Some(keep::keep(&self.folder, &changes.keep, &self.earlier.package)?);
                kept.clone_from(&newly_kept);
            }
        }
        journal::perform(&self.folder, &changes.journal).map_err(|failed| {
            // Else the kept files are the only ones.
            if failed.is_undone {
                newly_kept.iter().for_each(|kept| keep::take_back(&self.folder, kept));
            }
            failed.error
        })?;
        Ok(kept)
    }

    fn look(&self, name: &str) -> Result<FolderPlace, FolderError> {
        look(&self.folder, name).map_err(|source| FolderError::unwritable(&self.folder.join(name), source))
    }

    /// The package that was written; null where there is none.
    fn package(&self) -> Value {
        let written = self.written.iter().position(|written| written.name == PACKAGE_FILE);
        let text = written.and_then(|at| fs_err::read(self.folder.join(&self.staged[at])).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }
}
