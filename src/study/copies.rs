//! Copies of a study's texts in its folder: made new, and replaced and removed only where they are ours.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fs_err as fs;

use super::claim::FolderClaim;
use super::inputs::{Inputs, LARGEST_TABLE};
use super::regular::{self, PathKind, RefusedFile};
use super::store_error::StoreError;

/// More things in a folder of copies than this are not looked through.
const MOST_ENTRIES: usize = 100_000;

/// A file, written whole or not at all.
type AtomicWrite<'a> =
    &'a dyn Fn(&Path, &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), StoreError>;

/// Makes the copies of a study in `folder` with `put`, after `ready` was called: once it is certain that no file of another is in
/// the way. Copies of an earlier plan go.
///
/// # Errors
/// When a file that is not ours has a copy's name, and when a file cannot be written.
pub fn make(
    folder: &Path,
    inputs: &Inputs,
    claim: &mut FolderClaim,
    ready: &dyn Fn() -> Result<(), StoreError>,
    put: AtomicWrite<'_>,
) -> Result<(), StoreError> {
    let copies: Vec<(String, &str)> = inputs.copies().collect();
    let mut due = Vec::new();
    for (name, text) in &copies {
        let path = folder.join(name);
        real_folders(folder, &path)?;
        // What has the very text is as good as one that was made, whoever made it.
        let is_there = regular::read(&path, LARGEST_TABLE).is_ok_and(|there| there == *text);
        if !is_there {
            is_ours(&path, claim)?;
            due.push((path, *text));
        }
    }
    claim.note(&copies)?;
    ready()?;
    for name in claim.copies().filter(|name| !copies.iter().any(|(kept, _)| Path::new(kept) == name)) {
        let path = folder.join(&name);
        // Whatever is not ours any more stays.
        if real_folders(folder, &path).is_ok() && matches!(is_ours(&path, claim), Ok(Some(_))) {
            fs::remove_file(&path)?;
            let above = path.ancestors().skip(1).take_while(|above| *above != folder);
            // As far up as folders are empty.
            above.map(fs::remove_dir).take_while(Result::is_ok).for_each(drop);
        }
    }
    for (path, text) in due {
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        put(&path, &mut |out| out.write_all(text.as_bytes()))?;
    }
    Ok(())
}

/// The text of a copy that is ours; `None` where nothing is.
fn is_ours(path: &Path, claim: &FolderClaim) -> Result<Option<String>, StoreError> {
    if regular::look(path)? == PathKind::Nothing {
        return Ok(None);
    }
    let foreign = || StoreError::NotOurs { path: path.into() };
    match regular::read(path, LARGEST_TABLE) {
        Ok(text) if claim.has(text.as_bytes()) => Ok(Some(text)),
        Ok(_) | Err(RefusedFile::NotText { .. } | RefusedFile::Size { .. }) => Err(foreign()),
        Err(refused) => Err(refused.into()),
    }
}

/// Asserts that what leads from `folder`, included, to a file in it are folders, as far as they are there.
fn real_folders(folder: &Path, file: &Path) -> Result<(), StoreError> {
    let between: Vec<&Path> =
        file.ancestors().skip(1).take_while(|above| above.starts_with(folder)).collect();
    between.into_iter().rev().try_for_each(real_folder)
}

/// Asserts that a folder is one, if it is there, and no link to one.
pub fn real_folder(path: &Path) -> Result<(), StoreError> {
    match regular::look(path)? {
        PathKind::Nothing | PathKind::Folder => Ok(()),
        PathKind::File(_) => {
            Err(RefusedFile::Kind { path: path.into(), what: "a file and no folder" }.into())
        }
        PathKind::Other(what) => Err(RefusedFile::Kind { path: path.into(), what }.into()),
    }
}

/// Asserts that a folder of copies holds nothing but folders and files.
///
/// # Errors
/// Where it holds a link, a pipe or the like: what is read here might be elsewhere.
pub fn all_real(folder: &Path) -> Result<(), StoreError> {
    real_folder(folder)?;
    let mut open: Vec<PathBuf> = vec![folder.into()];
    let mut seen = 0;
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error.into()),
        };
        for entry in entries {
            let path = entry?.path();
            seen += 1;
            match regular::look(&path)? {
                PathKind::Folder if seen <= MOST_ENTRIES => open.push(path),
                PathKind::Other(what) => return Err(RefusedFile::Kind { path, what }.into()),
                _ => {}
            }
        }
    }
    Ok(())
}
