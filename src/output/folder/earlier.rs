//! What is in a folder before a run: whose results, and which other files.

use std::path::Path;

use serde_json::Value;

use super::place::{self, FolderPlace, is_plain};
use super::{FolderError, Identity, KEPT, PACKAGE_FILE};
use crate::files::{self, UnreadFile};

/// Nobody adds so much to a result: what is larger is something else in its place.
const LARGEST_EDIT: u64 = 1 << 30;

/// A larger package is none of ours.
const LARGEST_PACKAGE: u64 = 64 << 20;

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct EarlierResults {
    /// The scenario whose results are there.
    scenario: Option<Identity>,
    /// The package that describes them; null where there are none.
    pub(super) package: Value,
    /// The files that the results consist of beside the package, with their hashes as it states them.
    pub(super) files: Vec<ListedFile>,
    /// Other files and folders; hidden ones do not count.
    others: Vec<String>,
}

/// A file that a package lists.
#[derive(Clone, Debug)]
pub(super) struct ListedFile {
    /// Its path in the folder.
    pub(super) name: String,
    /// What the package says of it.
    pub(super) resource: Value,
    /// The SHA-256 that the package states.
    pub(super) sha256: String,
}

/// Looks into a folder that exists.
pub(super) fn read(folder: &Path) -> Result<EarlierResults, FolderError> {
    let mut earlier = EarlierResults::default();
    let package = package(folder)?;
    // Those of a study are told by the study, those of a run by its scenario.
    let ours = &package["repatria"];
    let whose = ours.get("study").unwrap_or(&ours["scenario"]);
    earlier.scenario = serde_json::from_value(whose.clone()).ok();
    if earlier.scenario.is_some() {
        earlier.files = listed(&package);
        earlier.package = package;
    }
    let at = |source| FolderError::unwritable(folder, source);
    for entry in fs_err::read_dir(folder).map_err(at)? {
        let entry = entry.map_err(at)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_kept = name == KEPT && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !name.starts_with('.') && !is_kept {
            earlier.others.push(name);
        }
    }
    earlier.others.sort();
    Ok(earlier)
}

/// The package of a folder; null where there is none, or one that cannot be understood.
pub(super) fn package(folder: &Path) -> Result<Value, FolderError> {
    let path = folder.join(PACKAGE_FILE);
    match files::bytes_unlinked(&path, LARGEST_PACKAGE) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or(Value::Null)),
        Err(UnreadFile::Missing) => Ok(Value::Null),
        Err(UnreadFile::System(source)) => Err(FolderError::unwritable(folder, source)),
        Err(UnreadFile::TooLarge(bytes)) => {
            Err(FolderError::Odd { path, is: format!("{} large, which no package is", files::size(bytes)) })
        }
        Err(UnreadFile::Kind(kind)) => Err(FolderError::Odd { path, is: kind.into() }),
        Err(unread @ UnreadFile::NotText(_)) => Err(FolderError::Odd { path, is: unread.to_string() }),
    }
}

impl EarlierResults {
    /// Whether there are results.
    pub(super) fn are_ours(&self) -> bool {
        self.scenario.is_some()
    }

    /// Refuses what a run without force must not write to. A file that was renamed, or a title that was changed, makes no
    /// other scenario.
    pub(super) fn refuse(&self, folder: &Path, scenario: &Identity) -> Result<(), FolderError> {
        match &self.scenario {
            Some(there) if there.name == scenario.name || there.title == scenario.title => Ok(()),
            Some(there) => Err(FolderError::AnotherScenario { path: folder.into(), there: there.clone() }),
            None if self.others.is_empty() => Ok(()),
            None => Err(FolderError::NotOurs { path: folder.into(), files: self.others.clone() }),
        }
    }

    /// Refuses where files are no longer as they were written: somebody's work is in them. With force only where they are no
    /// files any more.
    pub(super) fn refuse_changed(&self, folder: &Path, force: bool) -> Result<(), FolderError> {
        let mut changed = Vec::new();
        for file in &self.files {
            // Another size is told without reading: a sparse file of terabytes is read in hours.
            let path = folder.join(&file.name);
            let there =
                path.symlink_metadata().ok().filter(std::fs::Metadata::is_file).map(|there| there.len());
            let written = file.resource["bytes"].as_u64();
            if let (Some(there), Some(written)) = (there, written)
                && there != written
            {
                if there > written.saturating_add(LARGEST_EDIT) {
                    let is = format!("{} large, which no result is", files::size(there));
                    return Err(FolderError::Odd { path, is });
                }
                changed.push(file.name.clone());
                continue;
            }
            match place::look(folder, &file.name).map_err(|source| FolderError::unwritable(folder, source))? {
                FolderPlace::Free => {}
                FolderPlace::File(hash) if hash == file.sha256 => {}
                FolderPlace::File(_) => changed.push(file.name.clone()),
                FolderPlace::Odd(is) => return Err(FolderError::Odd { path, is }),
            }
        }
        if changed.is_empty() || force {
            return Ok(());
        }
        Err(FolderError::Changed { path: folder.into(), files: changed })
    }

    /// What the package says of a file.
    pub(super) fn recorded(&self, name: &str) -> Option<&ListedFile> {
        self.files.iter().find(|file| file.name == name)
    }
}

/// The files that a package lists. It may have been edited by anybody: nothing outside the folder is believed, and nothing that
/// is hidden.
fn listed(package: &Value) -> Vec<ListedFile> {
    let resources = package["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut files: Vec<ListedFile> = Vec::new();
    for resource in resources {
        let (Some(name), Some(hash)) = (resource["path"].as_str(), resource["hash"].as_str()) else {
            continue;
        };
        let again = files.iter().any(|file| file.name == name);
        if is_plain(name) && name != PACKAGE_FILE && !again {
            let sha256 = hash.strip_prefix("sha256:").unwrap_or_default().into();
            files.push(ListedFile { name: name.into(), resource: resource.clone(), sha256 });
        }
    }
    files
}
