//! What is at a name in a folder. Links in the folder are never followed: neither one at the name nor one on the way there.

use std::io;
use std::path::{Component, Path};

use crate::disk;
use crate::files::irregular;

/// What is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FolderPlace {
    /// Nothing.
    Free,
    /// A regular file: the SHA-256 of its bytes.
    File(String),
    /// Something else, or something else is on the way: in words.
    Odd(String),
}

/// Whether `name` is a file in the folder or in a folder of it, written with `/`: nothing that leads elsewhere, nothing hidden.
pub(super) fn is_plain(name: &str) -> bool {
    let leads_elsewhere = |c: char| c == '\0' || cfg!(windows) && (c == '\\' || c == ':');
    if name.is_empty() || name.starts_with('.') || name.contains(leads_elsewhere) {
        return false;
    }
    let parts: Vec<Component<'_>> = Path::new(name).components().collect();
    let written: Vec<_> = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.iter().all(|part| matches!(part, Component::Normal(_))) && written.join("/") == name
}

/// Looks at `name`, and reads a file that is there for its hash.
pub(super) fn look(folder: &Path, name: &str) -> io::Result<FolderPlace> {
    for (slash, _) in name.match_indices('/') {
        match kind(&folder.join(&name[..slash]))? {
            None => return Ok(FolderPlace::Free),
            Some(kind) if kind.is_dir() => {}
            Some(kind) => {
                return Ok(FolderPlace::Odd(format!("behind {}", irregular(kind).unwrap_or("a file"))));
            }
        }
    }
    let path = folder.join(name);
    match kind(&path)? {
        None => Ok(FolderPlace::Free),
        Some(kind) => match irregular(kind) {
            Some(odd) => Ok(FolderPlace::Odd(odd.into())),
            None => Ok(FolderPlace::File(disk::sha256_of(&path)?)),
        },
    }
}

/// Makes the folders that lead to `name`, where they are missing.
pub(super) fn make_way(folder: &Path, name: &str) -> io::Result<()> {
    for (slash, _) in name.match_indices('/') {
        make_folder(&folder.join(&name[..slash]))?;
    }
    Ok(())
}

/// Makes a folder where there is none; one behind a link is none.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    match kind(path)? {
        None => fs_err::create_dir(path),
        Some(kind) if kind.is_dir() => Ok(()),
        Some(kind) => {
            let is = irregular(kind).unwrap_or("a file");
            Err(io::Error::new(
                io::ErrorKind::NotADirectory,
                format!("{} is {is}, not a folder", path.display()),
            ))
        }
    }
}

/// Removes the folders that led to `name`, where nothing is left in them.
pub(super) fn clear_way(folder: &Path, name: &str) {
    for (slash, _) in name.rmatch_indices('/') {
        if fs_err::remove_dir(folder.join(&name[..slash])).is_err() {
            return;
        }
    }
}

/// Brings these names to the disk: those in the folder, and those in folders of it.
pub(super) fn sync_names<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) {
    ways(names).into_iter().for_each(|way| disk::sync(&folder.join(way)));
}

/// The folders that lead to some names, the inner ones first; the last is that of them all.
fn ways<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let of = |name: &'a str| name.match_indices('/').map(move |(slash, _)| &name[..slash]);
    let mut ways: Vec<&str> = names.flat_map(of).chain([""]).collect();
    ways.sort_unstable_by(|a, b| b.cmp(a));
    ways.dedup();
    ways
}

/// What kind of thing is there.
pub(super) fn kind(path: &Path) -> io::Result<Option<std::fs::FileType>> {
    Ok(disk::look(path)?.map(|there| there.file_type()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_that_leads_to_a_name_reaches_the_disk() {
        let names = ["a", "scenario/camp.toml", "scenario/series/rates.csv", "charts/b"];
        assert_eq!(ways(names.into_iter()), ["scenario/series", "scenario", "charts", ""]);
        assert_eq!(ways(std::iter::empty()), [""]);
    }
}
