//! From the old set of files to the new one, or back; and what is to be done, written down before it is begun.
//!
//! A process that is killed half-way leaves the list, and the next one finishes what it says.

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::place::{Place, clear_way, is_plain, look, make_way, sync};
use super::{FolderError, OLD, is_staged};
use crate::files;

/// The list.
const JOURNAL: &str = ".repatria-commit";
/// The same while it is written.
const UNFINISHED: &str = ".repatria-commit-new";
const LARGEST_JOURNAL: u64 = 64 << 20;

/// What is to be done, in order; what is placed last comes after everything is removed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) place: Vec<NewFile>,
    pub(super) remove: Vec<OldFile>,
}

/// A file that gets its name.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NewFile {
    /// The name under which it was written.
    pub(super) from: String,
    pub(super) name: String,
    pub(super) sha256: String,
    /// The SHA-256 of the file that it replaces.
    pub(super) instead_of: Option<String>,
}

/// A file that goes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OldFile {
    pub(super) name: String,
    pub(super) sha256: String,
}

/// Names of the files of the list, which no other file of ours has.
pub(super) const NAMES: [&str; 2] = [JOURNAL, UNFINISHED];

/// Whether somebody was killed while doing what a list says.
pub(super) fn is_unfinished(folder: &Path) -> bool {
    folder.join(JOURNAL).symlink_metadata().is_ok_and(|there| there.is_file())
}

/// Does what the list says; when a step fails, what was done is undone.
///
/// Old files are kept by a hard link meanwhile; a file system without hard links has no way back.
pub(super) fn perform(folder: &Path, journal: &Journal) -> Result<(), FolderError> {
    write(folder, journal).map_err(|source| FolderError::unwritable(folder, source))?;
    let (last, first) =
        journal.place.split_last().map_or((None, &[][..]), |(last, first)| (Some(last), first));
    let steps = (first.iter().map(|new| (new.name.as_str(), Some(new))))
        .chain(journal.remove.iter().map(|old| (old.name.as_str(), None)))
        .chain(last.map(|new| (new.name.as_str(), Some(new))));
    let mut done: Vec<(usize, &str)> = Vec::new();
    for (number, (name, new)) in steps.enumerate() {
        let _ = fs_err::hard_link(folder.join(name), folder.join(format!("{OLD}{number}")));
        let step = match new {
            Some(new) => make_way(folder, name)
                .and_then(|()| fs_err::rename(folder.join(&new.from), folder.join(name))),
            None => remove(folder, name),
        };
        if let Err(source) = step {
            for (number, name) in done.iter().rev() {
                restore(folder, *number, name);
            }
            let _ = fs_err::remove_file(folder.join(JOURNAL));
            return Err(FolderError::unwritable(&folder.join(name), source));
        }
        done.push((number, name));
    }
    sync(folder);
    let _ = fs_err::remove_file(folder.join(JOURNAL));
    Ok(())
}

/// Finishes what a killed process began. Somebody may have changed files since, or the list: only what is as the list says
/// is touched.
pub(super) fn finish(folder: &Path) {
    let list = files::bytes_unlinked(&folder.join(JOURNAL), LARGEST_JOURNAL).ok();
    let journal: Journal = list.and_then(|list| serde_json::from_slice(&list).ok()).unwrap_or_default();
    if follow(folder, &journal).unwrap_or(false) {
        sync(folder);
    }
    let _ = fs_err::remove_file(folder.join(JOURNAL));
}

/// Whether everything could be done.
fn follow(folder: &Path, journal: &Journal) -> io::Result<bool> {
    for (number, new) in journal.place.iter().enumerate() {
        if number + 1 == journal.place.len() {
            remove_all(folder, journal)?;
        }
        if !is_plain(&new.name) || !is_staged(&new.from) {
            return Ok(false);
        }
        let there = look(folder, &new.name)?;
        if there == Place::File(new.sha256.clone()) {
            continue;
        }
        let is_expected = match &there {
            Place::Free => true,
            Place::File(hash) => Some(hash) == new.instead_of.as_ref(),
            Place::Odd(_) => false,
        };
        if !is_expected || look(folder, &new.from)? != Place::File(new.sha256.clone()) {
            return Ok(false);
        }
        make_way(folder, &new.name)?;
        fs_err::rename(folder.join(&new.from), folder.join(&new.name))?;
    }
    Ok(true)
}

fn remove_all(folder: &Path, journal: &Journal) -> io::Result<()> {
    for old in journal.remove.iter().filter(|old| is_plain(&old.name)) {
        if look(folder, &old.name)? == Place::File(old.sha256.clone()) {
            remove(folder, &old.name)?;
        }
    }
    Ok(())
}

/// The list is there whole or not at all.
fn write(folder: &Path, journal: &Journal) -> io::Result<()> {
    let unfinished = folder.join(UNFINISHED);
    let mut file = fs_err::OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
    file.write_all(&serde_json::to_vec(journal)?)?;
    file.sync_all()?;
    drop(file);
    fs_err::rename(unfinished, folder.join(JOURNAL))?;
    sync(folder);
    Ok(())
}

fn remove(folder: &Path, name: &str) -> io::Result<()> {
    match fs_err::remove_file(folder.join(name)) {
        // Somebody was faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => {
            clear_way(folder, name);
            Ok(())
        }
    }
}

/// Brings the old file back, or removes the new one where there was none.
fn restore(folder: &Path, number: usize, name: &str) {
    let old = folder.join(format!("{OLD}{number}"));
    let path = folder.join(name);
    if old.exists() {
        let _ = make_way(folder, name).and_then(|()| fs_err::rename(old, path));
    } else {
        let _ = remove(folder, name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with an old `a` and `gone`, and new ones of `a` and `sub/b` on their way.
    fn folder() -> (tempfile::TempDir, Journal) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs_err::write(folder.path().join(name), text).unwrap();
        for (name, text) in
            [("a", "old"), ("gone", "old"), (".repatria-new-0", "new a"), (".repatria-new-1", "new b")]
        {
            write(name, text);
        }
        let hash = |name: &str| match look(folder.path(), name).unwrap() {
            Place::File(hash) => hash,
            other => panic!("{name}: {other:?}"),
        };
        let place =
            [(0, "a", Some(hash("a"))), (1, "sub/b", None)].map(|(number, name, instead_of)| NewFile {
                from: format!(".repatria-new-{number}"),
                name: name.into(),
                sha256: hash(&format!(".repatria-new-{number}")),
                instead_of,
            });
        let remove = vec![OldFile { name: "gone".into(), sha256: hash("gone") }];
        (folder, Journal { place: place.into(), remove })
    }

    fn read(folder: &Path, name: &str) -> Option<String> {
        fs_err::read_to_string(folder.join(name)).ok()
    }

    #[test]
    fn a_step_that_fails_undoes_the_others() {
        let (folder, journal) = folder();
        let folder = folder.path();
        fs_err::remove_file(folder.join(".repatria-new-1")).unwrap();
        perform(folder, &journal).unwrap_err();
        assert_eq!(read(folder, "a").unwrap(), "old");
        assert_eq!(read(folder, "gone").unwrap(), "old");
        assert!(!is_unfinished(folder));
    }

    #[test]
    fn what_a_kill_interrupts_is_finished() {
        for done in 0..4 {
            let (folder, journal) = folder();
            let folder = folder.path();
            write(folder, &journal).unwrap();
            if done > 0 {
                fs_err::rename(folder.join(".repatria-new-0"), folder.join("a")).unwrap();
            }
            if done > 1 {
                fs_err::remove_file(folder.join("gone")).unwrap();
            }
            if done > 2 {
                fs_err::create_dir(folder.join("sub")).unwrap();
                fs_err::rename(folder.join(".repatria-new-1"), folder.join("sub/b")).unwrap();
            }
            assert!(is_unfinished(folder));
            finish(folder);
            assert_eq!(read(folder, "a").unwrap(), "new a");
            assert_eq!(read(folder, "sub/b").unwrap(), "new b");
            assert_eq!(read(folder, "gone"), None);
            assert!(!is_unfinished(folder));
        }
    }

    #[test]
    fn a_file_that_somebody_changed_meanwhile_is_not_replaced() {
        let (folder, journal) = folder();
        let folder = folder.path();
        write(folder, &journal).unwrap();
        for name in ["a", "gone"] {
            fs_err::write(folder.join(name), "mine").unwrap();
        }
        finish(folder);
        assert_eq!(read(folder, "a").unwrap(), "mine");
        assert_eq!(read(folder, "gone").unwrap(), "mine");
        // And whatever the list says, it is about files in the folder.
        let (folder, mut journal) = self::folder();
        let outside = tempfile::NamedTempFile::new().unwrap();
        journal.remove[0].name = outside.path().display().to_string();
        journal.place[1].name = format!("../{}", outside.path().file_name().unwrap().display());
        write(folder.path(), &journal).unwrap();
        finish(folder.path());
        assert!(outside.path().exists());
    }
}
