//! From the old set of files to the new one, or back; and what is to be done, written down before it is begun.
//!
//! A process that is killed half-way leaves the list, and the next one finishes what it says.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::FolderError;
use super::names::{OLD, is_staged};
use super::place::{FolderPlace, clear_way, is_plain, kind, look, make_way, sync_names};
use crate::{disk, files};

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

impl Journal {
    fn names(&self) -> impl Iterator<Item = &str> {
        let placed = self.place.iter().map(|new| new.name.as_str());
        placed.chain(self.remove.iter().map(|old| old.name.as_str())).filter(|name| is_plain(name))
    }
}

/// Names of the files of the list, which no other file of ours has.
pub(super) const NAMES: [&str; 2] = [JOURNAL, UNFINISHED];

/// Whether somebody was killed while doing what a list says.
pub(super) fn is_unfinished(folder: &Path) -> bool {
    folder.join(JOURNAL).symlink_metadata().is_ok_and(|there| there.is_file())
}

/// What becomes of a step that fails.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: FolderError,
    /// Whether every file is again as it was.
    pub(super) is_undone: bool,
}

/// Does what the list says; when a step fails, what was done is undone.
///
/// Old files are kept by a hard link meanwhile, and by a copy on a file system without hard links.
pub(super) fn perform(folder: &Path, journal: &Journal) -> Result<(), Failed> {
    perform_with(folder, journal, |from, to| fs_err::hard_link(from, to))
}

fn perform_with(
    folder: &Path,
    journal: &Journal,
    link: impl Fn(&Path, &Path) -> io::Result<()>,
) -> Result<(), Failed> {
    write(folder, journal)
        .map_err(|source| Failed { error: FolderError::unwritable(folder, source), is_undone: true })?;
    let (last, first) =
        journal.place.split_last().map_or((None, &[][..]), |(last, first)| (Some(last), first));
    let steps = (first.iter().map(|new| (new.name.as_str(), Some(new))))
        .chain(journal.remove.iter().map(|old| (old.name.as_str(), None)))
        .chain(last.map(|new| (new.name.as_str(), Some(new))));
    let mut done: Vec<DoneStep<'_>> = Vec::new();
    for (number, (name, new)) in steps.enumerate() {
        let old = folder.join(format!("{OLD}{number}"));
        // No step without a way back.
        let step = set_aside(&folder.join(name), &old, &link).and_then(|had_old| {
            match new {
                Some(new) => {
                    make_way(folder, name)?;
                    fs_err::rename(folder.join(&new.from), folder.join(name))?;
                }
                None => remove(folder, name)?,
            }
            Ok(had_old)
        });
        match step {
            Ok(had_old) => done.push(DoneStep { name, old: had_old.then_some(old) }),
            Err(source) => {
                let undone: Vec<bool> = done.iter().rev().map(|done| undo(folder, done).is_ok()).collect();
                let _ = fs_err::remove_file(folder.join(JOURNAL));
                return Err(Failed {
                    error: FolderError::unwritable(&folder.join(name), source),
                    is_undone: undone.into_iter().all(|is_undone| is_undone),
                });
            }
        }
    }
    sync_names(folder, journal.names());
    let _ = fs_err::remove_file(folder.join(JOURNAL));
    Ok(())
}

/// Finishes what a killed process began. Somebody may have changed files since, or the list: only what is as the list says
/// is touched.
pub(super) fn finish(folder: &Path) {
    let list = files::bytes_unlinked(&folder.join(JOURNAL), LARGEST_JOURNAL).ok();
    let journal: Journal = list.and_then(|list| serde_json::from_slice(&list).ok()).unwrap_or_default();
    if follow(folder, &journal).unwrap_or(false) {
        // Before the list goes.
        sync_names(folder, journal.names());
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
        if there == FolderPlace::File(new.sha256.clone()) {
            continue;
        }
        let is_expected = match &there {
            FolderPlace::Free => true,
            FolderPlace::File(hash) => Some(hash) == new.instead_of.as_ref(),
            FolderPlace::Odd(_) => false,
        };
        if !is_expected || look(folder, &new.from)? != FolderPlace::File(new.sha256.clone()) {
            return Ok(false);
        }
        make_way(folder, &new.name)?;
        fs_err::rename(folder.join(&new.from), folder.join(&new.name))?;
    }
    Ok(true)
}

fn remove_all(folder: &Path, journal: &Journal) -> io::Result<()> {
    for old in journal.remove.iter().filter(|old| is_plain(&old.name)) {
        if look(folder, &old.name)? == FolderPlace::File(old.sha256.clone()) {
            remove(folder, &old.name)?;
        }
    }
    Ok(())
}

/// The list is there whole or not at all.
fn write(folder: &Path, journal: &Journal) -> io::Result<()> {
    let unfinished = folder.join(UNFINISHED);
    let list = serde_json::to_vec(journal)?;
    disk::put(disk::create(&unfinished)?, &unfinished, &folder.join(JOURNAL), &mut |out| out.write_all(&list))
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

/// A step that was done.
struct DoneStep<'a> {
    name: &'a str,
    /// Where the file is that was there before.
    old: Option<PathBuf>,
}

/// Gives the file at `path` a second name; whether there is one.
fn set_aside(path: &Path, old: &Path, link: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<bool> {
    match kind(path)? {
        None => Ok(false),
        Some(_) if link(path, old).is_ok() => Ok(true),
        // Not every file system can.
        Some(there) if there.is_file() => disk::copy(path, old).map(|()| true),
        Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

/// Brings the old file back, or removes the new one where there was none.
fn undo(folder: &Path, done: &DoneStep<'_>) -> io::Result<()> {
    match &done.old {
        Some(old) => {
            make_way(folder, done.name)?;
            fs_err::rename(old, folder.join(done.name))
        }
        None => remove(folder, done.name),
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
            FolderPlace::File(hash) => hash,
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

    /// On exFAT and on some network drives a file has one name only.
    #[test]
    fn a_step_that_fails_undoes_the_others_without_hard_links() {
        let no_links = |_: &Path, _: &Path| Err(io::ErrorKind::Unsupported.into());
        let (all, journal) = folder();
        let folder = all.path();
        fs_err::remove_file(folder.join(".repatria-new-1")).unwrap();
        assert!(perform_with(folder, &journal, no_links).unwrap_err().is_undone);
        assert_eq!(read(folder, "a").unwrap(), "old");
        assert_eq!(read(folder, "gone").unwrap(), "old");
        assert!(!is_unfinished(folder));
        let (all, journal) = self::folder();
        let folder = all.path();
        perform_with(folder, &journal, no_links).unwrap();
        assert_eq!(read(folder, "a").unwrap(), "new a");
        assert_eq!(read(folder, "gone"), None);
    }

    /// Where an old file does not come back, whoever keeps another copy of it is told so.
    #[test]
    fn an_old_file_that_cannot_come_back_is_reported() {
        let (all, journal) = folder();
        let folder = all.path();
        fs_err::remove_file(folder.join(".repatria-new-1")).unwrap();
        // A second name that is none.
        let failed = perform_with(folder, &journal, |_, _| Ok(())).unwrap_err();
        assert!(!failed.is_undone);
        assert!(read(folder, "a").is_some());
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
