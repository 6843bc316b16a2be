//! The folder of a run's results: the results of one scenario, all of one run.
//!
//! Files are written beside under temporary names and renamed when all are complete, so that an interrupted run or a
//! full disk leaves the results that were there before. Only a process killed between two renames can leave a
//! mixture; the hashes in `datapackage.json`, which is renamed last, then tell.

mod earlier;
mod error;
mod staged;
mod swap;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use earlier::Earlier;
pub use error::FolderError;
use staged::Staged;

/// The file that describes the others.
pub const PACKAGE_FILE: &str = "datapackage.json";

/// What every temporary file of ours begins with; nothing else in a result folder does.
const OURS: &str = ".repatria-";
const LOCK: &str = ".repatria-lock";

/// What makes two runs runs of the same scenario, whatever their seed and number of histories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The scenario's file name without its ending.
    pub name: String,
    /// The scenario's title.
    pub title: String,
}

/// A file that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name in the folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A result folder that is being filled. Dropped before [`commit`](Results::commit), it leaves everything as it was.
#[derive(Debug)]
pub struct Results {
    folder: PathBuf,
    force: bool,
    /// Whether this run made the folder.
    made: bool,
    /// Files that an earlier run wrote.
    earlier: Vec<String>,
    written: Vec<Written>,
    committed: bool,
    /// Held as long as this run writes here; the system releases it when the process dies.
    _lock: fs_err::File,
}

impl Results {
    /// Makes the folder ready for the results of `scenario`: to be called before the work starts.
    ///
    /// Results of the same scenario may be there and are replaced on commit. Files of others beside them are left
    /// alone, and so are hidden files. With `force`, whatever is there is no obstacle: results of another scenario
    /// are replaced, other files stay unless they have the name of a result.
    ///
    /// # Errors
    /// When the folder holds the results of another scenario, holds files but no results (unless `force`), cannot be
    /// made, cannot be written to, or is being written to by another run.
    pub fn open(folder: &Path, scenario: &Identity, force: bool) -> Result<Results, FolderError> {
        let at = |source| FolderError::unwritable(folder, source);
        let exists = folder.exists();
        if exists && !folder.is_dir() {
            return Err(FolderError::NotAFolder { path: folder.into() });
        }
        let earlier = if exists { earlier::read(folder).map_err(at)? } else { Earlier::default() };
        if !force {
            earlier.refuse(folder, scenario)?;
        }
        fs_err::create_dir_all(folder).map_err(at)?;
        let undo = |error| {
            if !exists {
                let _ = fs_err::remove_dir(folder);
            }
            error
        };
        let lock = lock(folder).map_err(undo)?;
        let results = Results {
            folder: folder.into(),
            force,
            made: !exists,
            earlier: earlier.files,
            written: Vec::new(),
            committed: false,
            _lock: lock,
        };
        // What a killed run left.
        results.remove_temporary_files();
        Ok(results)
    }

    /// Where the results will be.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What has been written so far, in order.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// Writes the file `name` beside: `fill` gets a buffered writer.
    ///
    /// # Errors
    /// When writing or `fill` fails, when the name is that of somebody else's file (unless forced), and when it is
    /// not the plain name of one file.
    pub fn write(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let path = self.folder.join(name);
        if !is_plain(name) || self.written.iter().any(|written| written.name == name) {
            return Err(FolderError::BadName { path });
        }
        if !self.force && path.symlink_metadata().is_ok() && !self.earlier.iter().any(|file| file == name) {
            return Err(FolderError::Occupied { path });
        }
        let written = Staged::create(&temporary(&self.folder, "new-", name))
            .and_then(|mut staged| {
                fill(&mut staged)?;
                staged.finish(name)
            })
            .map_err(|source| FolderError::unwritable(&path, source))?;
        self.written.push(written);
        Ok(())
    }

    /// Makes what was written the results: renames it in the order in which it was written, and removes what an
    /// earlier run wrote and this one did not. Returns the paths.
    ///
    /// # Errors
    /// When a file cannot be renamed or removed; everything is then as it was before.
    pub fn commit(mut self) -> Result<Vec<PathBuf>, FolderError> {
        let names: Vec<&str> = self.written.iter().map(|written| written.name.as_str()).collect();
        let stale: Vec<&str> =
            self.earlier.iter().map(String::as_str).filter(|file| !names.contains(file)).collect();
        swap::swap(&self.folder, &names, &stale)?;
        let paths = names.iter().map(|name| self.folder.join(name)).collect();
        self.committed = true;
        Ok(paths)
    }

    /// As far as it goes: what stays is removed by the next run.
    fn remove_temporary_files(&self) {
        let Ok(entries) = fs_err::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.to_string_lossy().starts_with(OURS) && name != LOCK {
                let _ = fs_err::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Results {
    fn drop(&mut self) {
        self.remove_temporary_files();
        let _ = fs_err::remove_file(self.folder.join(LOCK));
        if self.made && !self.committed {
            // Fails, rightly, if somebody has put something into it.
            let _ = fs_err::remove_dir(&self.folder);
        }
    }
}

/// Writes the lock file, which shows that the folder can be written to, and locks it.
fn lock(folder: &Path) -> Result<fs_err::File, FolderError> {
    let path = folder.join(LOCK);
    let file = fs_err::File::create(&path).map_err(|source| FolderError::unwritable(folder, source))?;
    match file.file().try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(FolderError::Busy { path: folder.into() }),
        // Some network file systems know no locks: then two runs at once are the user's to avoid.
        Ok(()) | Err(std::fs::TryLockError::Error(_)) => Ok(file),
    }
}

fn temporary(folder: &Path, stage: &str, name: &str) -> PathBuf {
    folder.join(format!("{OURS}{stage}{name}"))
}

/// Whether `name` is a file directly in the folder: neither a path nor one of our temporary files.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}
