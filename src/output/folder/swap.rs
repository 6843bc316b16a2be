//! From the old set of files to the new one, or back.

use std::io;
use std::path::Path;

use super::{FolderError, temporary};

/// Renames the temporary files of `names` in order and removes `stale`; the last name is renamed after that.
///
/// When a step fails, what was done is undone. Old files are kept by a hard link meanwhile; a file system without
/// hard links has no way back, and a failure half-way leaves a mixture there.
pub(super) fn swap(folder: &Path, names: &[&str], stale: &[&str]) -> Result<(), FolderError> {
    for name in names.iter().chain(stale) {
        let _ = fs_err::hard_link(folder.join(name), temporary(folder, "old-", name));
    }
    let (first, last) = names.split_at(names.len().saturating_sub(1));
    let steps = (first.iter().map(|name| (*name, true)))
        .chain(stale.iter().map(|name| (*name, false)))
        .chain(last.iter().map(|name| (*name, true)));
    let mut done: Vec<&str> = Vec::new();
    for (name, is_new) in steps {
        if let Err(source) = if is_new { place(folder, name) } else { remove(folder, name) } {
            for name in done.iter().rev() {
                restore(folder, name);
            }
            return Err(FolderError::unwritable(&folder.join(name), source));
        }
        done.push(name);
    }
    Ok(())
}

fn place(folder: &Path, name: &str) -> io::Result<()> {
    fs_err::rename(temporary(folder, "new-", name), folder.join(name))
}

fn remove(folder: &Path, name: &str) -> io::Result<()> {
    match fs_err::remove_file(folder.join(name)) {
        // Somebody was faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Brings the old file back, or removes the new one where there was none.
fn restore(folder: &Path, name: &str) {
    let old = temporary(folder, "old-", name);
    let path = folder.join(name);
    let _ = if old.exists() { fs_err::rename(old, path) } else { fs_err::remove_file(path) };
}
