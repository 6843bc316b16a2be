//! Who may write to a folder: one process at a time.
//!
//! The lock is a file. It is taken away by its holder alone, and only while it is held, so that nobody can hold a lock
//! whose file is gone while somebody else holds a new one.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::FolderError;
#[cfg(not(windows))]
use crate::files::Access;
use crate::files::{self, irregular};

/// The lock's file.
const LOCK: &str = ".repatria-lock";

/// So often a lock is tried that is gone when it is had. On some network file systems it always seems to be.
const TRIES: u32 = 1_000;

/// A folder's lock, held. The system releases it when the process dies.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Taken out when the lock is released.
    file: Option<File>,
    /// Whether the file is ours to remove: one of a killed run is empty.
    ours: bool,
}

impl Lock {
    /// Makes the file, which shows that the folder can be written to, and locks it.
    pub(super) fn take(folder: &Path) -> Result<Lock, FolderError> {
        Lock::take_where(folder, is_still_there)
    }

    fn take_where(folder: &Path, is_still_there: impl Fn(&Path, &File) -> bool) -> Result<Lock, FolderError> {
        let path = folder.join(LOCK);
        for _ in 0..TRIES {
            if let Ok(there) = path.symlink_metadata()
                && let Some(kind) = irregular(there.file_type())
            {
                return Err(FolderError::Odd { path, is: kind.into() });
            }
            let file = match open(&path) {
                Ok(file) => file,
                Err(error) if is_busy(&error) => return Err(FolderError::Busy { path: folder.into() }),
                Err(source) => return Err(FolderError::unwritable(folder, source)),
            };
            match file.try_lock() {
                Err(std::fs::TryLockError::WouldBlock) => {
                    return Err(FolderError::Busy { path: folder.into() });
                }
                // Some network file systems know no locks: then two runs at once are the user's to avoid.
                Ok(()) | Err(std::fs::TryLockError::Error(_)) => {}
            }
            // Whoever held it may have removed the file between our opening and our locking: then this lock is of nothing.
            if is_still_there(&path, &file) {
                let ours = file.metadata().is_ok_and(|file| file.is_file() && file.len() == 0);
                return Ok(Lock { path, file: Some(file), ours });
            }
        }
        Err(FolderError::unwritable(
            folder,
            io::Error::other(format!("{LOCK} there is another file whenever it is looked at")),
        ))
    }
}

/// Whether there is a lock that was not released: of a run that is going on, or of one that was killed.
pub(super) fn is_left(folder: &Path) -> bool {
    folder.join(LOCK).symlink_metadata().is_ok_and(|lock| lock.is_file() && lock.len() == 0)
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Windows cannot remove a file that is open without sharing, and another process that has it open since keeps
        // it from being removed.
        if cfg!(windows) {
            drop(self.file.take());
        }
        if self.ours {
            let _ = fs_err::remove_file(&self.path);
        }
    }
}

/// Opens the file, or makes it; what is in it stays.
#[cfg(not(windows))]
fn open(path: &Path) -> io::Result<File> {
    for _ in 0..TRIES {
        match OpenOptions::new().write(true).create_new(true).open(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened,
        }
        match files::open(path, Access::ReadWrite).map(|file| file.into_parts().0) {
            // Its holder has just removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            opened => return opened,
        }
    }
    // A link that leads nowhere is there and is not.
    Err(io::ErrorKind::NotFound.into())
}

/// Opens the file, or makes it, for this process alone.
#[cfg(windows)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create(true).truncate(false).share_mode(0).open(path)
}

#[cfg(not(windows))]
fn is_busy(_: &io::Error) -> bool {
    false
}

/// "The process cannot access the file because it is being used by another process."
#[cfg(windows)]
fn is_busy(error: &io::Error) -> bool {
    const ERROR_SHARING_VIOLATION: i32 = 32;
    error.raw_os_error() == Some(ERROR_SHARING_VIOLATION)
}

fn is_still_there(path: &Path, file: &File) -> bool {
    file.metadata().and_then(|held| files::is_at(&held, path)).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_lock_that_never_seems_to_be_there_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let error = Lock::take_where(folder.path(), |_, _| false).unwrap_err();
        assert!(matches!(error, FolderError::Unwritable { .. }), "{error}");
        drop(Lock::take(folder.path()).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(LOCK);
        std::os::unix::fs::symlink(folder.path().join("none"), &path).unwrap();
        open(&path).unwrap_err();
    }

    /// A holder that removes the file just when another has opened it does not leave two with a lock.
    #[test]
    fn two_never_hold_it() {
        let folder = tempfile::tempdir().unwrap();
        let (held, times) = (AtomicBool::new(false), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..2_000 {
                        let Ok(lock) = Lock::take(folder.path()) else { continue };
                        assert!(!held.swap(true, Ordering::SeqCst), "two hold it");
                        times.fetch_add(1, Ordering::SeqCst);
                        std::thread::yield_now();
                        held.store(false, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(times.load(Ordering::SeqCst) > 0);
        assert!(!folder.path().join(LOCK).exists());
    }
}
