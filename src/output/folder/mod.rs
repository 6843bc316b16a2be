//! The folder of a run's results: the results of one scenario, all of one run.
//!
//! Files are written beside under temporary names and get their own when all are complete, so that an interrupted run or
//! a full disk leaves the results that were there before. What is to be done is written down first: after a kill between two
//! renames, the next run finishes it. Results of another run that are replaced are kept in [`KEPT`].
//!
//! The folder may hold other files. They are never touched: a file is ours only as long as it has the hash that the
//! package states, and links are not followed. The folder itself may be a link; it is the user who names it.

mod commit;
mod earlier;
mod error;
mod journal;
mod keep;
mod lock;
mod names;
mod place;
mod same;
mod staged;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

pub use commit::{Before, Committed};
use earlier::EarlierResults;
pub use error::FolderError;
use lock::Lock;
pub use names::{Identity, KEPT, PACKAGE_FILE, PARTIAL, Written};
use names::{KEPT_ON_THE_WAY, NEW, OLD, is_numbered, is_staged};
use place::{FolderPlace, is_plain, look};
use staged::Staged;

/// A result folder that is being filled. Dropped before [`commit`](Results::commit), it leaves everything as it was.
#[derive(Debug)]
pub struct Results {
    folder: PathBuf,
    force: bool,
    /// Whether this run made the folder.
    made: bool,
    earlier: EarlierResults,
    /// The files that were written, with the temporary names that they have.
    written: Vec<Written>,
    staged: Vec<String>,
    committed: bool,
    /// Held as long as this run writes here.
    lock: Option<Lock>,
}

impl Results {
    /// Makes the folder ready for the results of `scenario`: to be called before the work starts.
    ///
    /// Results of the same scenario may be there: on commit they are replaced, and kept where they differ. Files of others
    /// beside them are left alone, and so are hidden files. With `force`, whatever is there is no obstacle: what stands in the
    /// way of a result is kept, other files stay.
    ///
    /// # Errors
    /// When the folder holds the results of another scenario, results that were changed, or files but no results (unless
    /// `force`); when it holds something that is no file under the name of a result; when it cannot be made or written to, or is
    /// being written to by another run.
    pub fn open(folder: &Path, scenario: &Identity, force: bool) -> Result<Results, FolderError> {
        let at = |source| FolderError::unwritable(folder, source);
        let exists = folder.exists();
        if !exists && folder.is_symlink() {
            return Err(FolderError::Nowhere { path: folder.into() });
        }
        if exists && !folder.is_dir() {
            return Err(FolderError::NotAFolder { path: folder.into() });
        }
        // Nothing is touched where nothing will be done; what a killed run left half-way is put right first.
        if exists && !journal::is_unfinished(folder) && !force {
            earlier::read(folder)?.refuse(folder, scenario)?;
        }
        fs_err::create_dir_all(folder).map_err(at)?;
        let mut results = Results {
            folder: folder.into(),
            force,
            made: !exists,
            earlier: EarlierResults::default(),
            written: Vec::new(),
            staged: Vec::new(),
            committed: false,
            lock: None,
        };
        // A run that is killed leaves its lock. Without one, whatever has a temporary name is somebody else's.
        let was_killed = lock::is_left(folder);
        let lock = Lock::take(folder)?;
        if !was_killed && let Some(path) = results.temporary().next() {
            return Err(FolderError::Odd {
                path,
                is: "of no run that was killed, though it has such a name".into(),
            });
        }
        // From here on, what was made is taken away when something fails.
        results.lock = Some(lock);
        if journal::is_unfinished(folder) {
            journal::finish(folder);
        }
        results.remove_temporary_files();
        results.earlier = earlier::read(folder)?;
        if !force {
            results.earlier.refuse(folder, scenario)?;
        }
        results.earlier.refuse_changed(folder, force)?;
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

    /// Writes the file `name` beside: `fill` gets a buffered writer. A name with `/` is that of a file in a folder of the
    /// folder.
    ///
    /// # Errors
    /// When writing or `fill` fails, when the name is that of somebody else's file (unless forced) or of what is no file, and
    /// when no result may have it.
    pub fn write(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let path = self.folder.join(name);
        let at = |source| FolderError::unwritable(&path, source);
        if !is_plain(name) || self.written.iter().any(|written| written.name == name) {
            return Err(FolderError::BadName { path });
        }
        let is_ours = if name == PACKAGE_FILE {
            self.earlier.are_ours()
        } else {
            self.earlier.recorded(name).is_some()
        };
        match look(&self.folder, name).map_err(at)? {
            FolderPlace::Odd(is) => return Err(FolderError::Odd { path, is }),
            FolderPlace::File(_) if !self.force && !is_ours => return Err(FolderError::Occupied { path }),
            FolderPlace::File(_) | FolderPlace::Free => {}
        }
        let (from, mut staged) = self.stage().map_err(at)?;
        // Known to be ours before it is filled, so that it is taken away when that fails.
        fill(&mut staged).map_err(at)?;
        self.written.push(staged.finish(name).map_err(at)?);
        self.staged.push(from);
        Ok(())
    }

    /// A new file under a temporary name that nothing has.
    fn stage(&self) -> io::Result<(String, Staged)> {
        for number in self.written.len().. {
            let name = format!("{NEW}{number}");
            match Staged::create(&self.folder.join(&name)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                staged => return Ok((name, staged?)),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// What the earlier package says of files that stay: where `package` is of the same run and lists fewer. A run without
    /// charts leaves those that are there.
    pub fn stay(&self, package: &Value) -> Vec<Value> {
        if !self.earlier.are_ours() || !same::differences(&self.earlier.package, package).is_empty() {
            return Vec::new();
        }
        let is_left = |name: &str| !self.written.iter().any(|written| written.name == name);
        let left = self.earlier.files.iter().filter(|file| is_left(&file.name));
        let is_as_it_was = |file: &&earlier::ListedFile| {
            look(&self.folder, &file.name).is_ok_and(|there| there == FolderPlace::File(file.sha256.clone()))
        };
        left.filter(is_as_it_was).map(|file| file.resource.clone()).collect()
    }

    /// As far as it goes: what stays is removed by the next run.
    fn remove_temporary_files(&self) {
        for path in self.temporary() {
            // A folder is no file, and no folder of ours is a link.
            let _ = fs_err::remove_file(&path).or_else(|_| fs_err::remove_dir_all(&path));
        }
    }

    /// The files, and the folder, that have temporary names.
    fn temporary(&self) -> impl Iterator<Item = PathBuf> + use<> {
        let is_temporary = |entry: &fs_err::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type().ok();
            let is_of_file = is_staged(&name) || is_numbered(&name, OLD) || journal::NAMES.contains(&&*name);
            kind.is_some_and(|kind| kind.is_file() && is_of_file || kind.is_dir() && name == KEPT_ON_THE_WAY)
        };
        let entries = fs_err::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter(is_temporary).map(|entry| entry.path())
    }
}

impl Drop for Results {
    fn drop(&mut self) {
        if self.lock.is_some() {
            self.remove_temporary_files();
        }
        self.lock = None;
        if self.made && !self.committed {
            // Fails, rightly, if somebody has put something into it.
            let _ = fs_err::remove_dir(&self.folder);
        }
    }
}
