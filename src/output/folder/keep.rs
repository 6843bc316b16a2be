//! Earlier results that a run would replace are kept, in a folder beside the new ones.
//!
//! They are in `earlier/` of the result folder and not beside it: there is always room and permission for them where the
//! results are, they go where the folder goes, and `output/*/people.csv` has each scenario once.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::names::KEPT_ON_THE_WAY;
use super::place::{FolderPlace, kind, look, make_folder, make_way, sync_names};
use super::{FolderError, KEPT, PACKAGE_FILE, earlier, same};
use crate::disk;
use crate::files::irregular;

/// Keeps `names` of `folder` under a name that tells what `package` says of them, and returns where. The files stay where they
/// are as well: nothing is lost whenever this ends.
pub(super) fn keep(folder: &Path, names: &[String], package: &Value) -> Result<PathBuf, FolderError> {
    let at = |source| FolderError::unwritable(folder, source);
    let all = folder.join(KEPT);
    if let Some(there) = kind(&all).map_err(at)?.filter(|there| !there.is_dir()) {
        return Err(FolderError::Odd { path: all, is: irregular(there).unwrap_or("a file").into() });
    }
    let on_the_way = folder.join(KEPT_ON_THE_WAY);
    copy_all(folder, &on_the_way, names).and_then(|()| place(&on_the_way, &all, &name(package))).map_err(
        |source| {
            let _ = fs_err::remove_dir_all(&on_the_way);
            let _ = fs_err::remove_dir(&all);
            FolderError::unwritable(&all, source)
        },
    )
}

/// Where the same is kept already, byte for byte but for the package: whoever goes back and forth between two runs need not have
/// each a hundred times.
pub(super) fn is_kept(folder: &Path, names: &[String], package: &Value) -> Option<PathBuf> {
    let all = folder.join(KEPT);
    if !kind(&all).ok()??.is_dir() {
        return None;
    }
    let entries = fs_err::read_dir(&all).ok()?.flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.sort();
    folders.into_iter().find(|kept| {
        let has = |name: &String| match (look(folder, name), look(kept, name)) {
            (Ok(FolderPlace::File(here)), Ok(FolderPlace::File(there))) => here == there,
            _ => false,
        };
        let other = earlier::package(kept).unwrap_or_default();
        same::differences(package, &other).is_empty()
            && same::differences(&other, package).is_empty()
            && names.iter().filter(|name| *name != PACKAGE_FILE).all(has)
    })
}

/// Takes back what was kept, once the files are again where they were.
pub(super) fn take_back(folder: &Path, kept: &Path) {
    // A name under which what is left of it is removed by the next run, if this one dies here.
    let on_the_way = folder.join(KEPT_ON_THE_WAY);
    if fs_err::rename(kept, &on_the_way).is_ok() {
        let _ = fs_err::remove_dir_all(on_the_way);
        let _ = fs_err::remove_dir(folder.join(KEPT));
    }
}

fn copy_all(folder: &Path, to: &Path, names: &[String]) -> io::Result<()> {
    fs_err::create_dir(to)?;
    for name in names {
        make_way(to, name)?;
        let (from, to) = (folder.join(name), to.join(name));
        // The same file under a second name; not every file system can.
        if fs_err::hard_link(&from, &to).is_err() {
            disk::copy(&from, &to)?;
        }
    }
    sync_names(to, names.iter().map(String::as_str));
    Ok(())
}

/// Gives a folder its place, whole or not at all, under a name that nothing has yet.
fn place(from: &Path, all: &Path, name: &str) -> io::Result<PathBuf> {
    make_folder(all)?;
    for number in 1.. {
        let path = all.join(if number == 1 { name.to_string() } else { format!("{name}-{number}") });
        if kind(&path)?.is_none() {
            fs_err::rename(from, &path)?;
            disk::sync(all);
            return Ok(path);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// When and what: `2026-11-28T001230Z-2000-replicates-seed-1`. It sorts by time and is a name on every system.
fn name(package: &Value) -> String {
    let facts = &package["repatria"];
    let mut parts: Vec<String> = Vec::new();
    // Digits as they stand in 2026-11-28T00:12:30.5Z; whatever else somebody may have written there is left out.
    let created: String = facts["created"].as_str().unwrap_or_default().chars().take(19).collect();
    let is_time = created.len() == 19 && created.chars().all(|c| c.is_ascii_digit() || "-:T".contains(c));
    parts.push(if is_time { format!("{}Z", created.replace(':', "")) } else { "undated".into() });
    let number = |key: &str| facts[key].as_u64();
    if let Some(points) = number("points") {
        parts.push(format!("{points}-points"));
    }
    if facts["expected"] == true {
        parts.push("expected".into());
    } else if let (Some(replicates), Some(seed)) = (number("replicates"), number("seed")) {
        let noun = if replicates == 1 { "replicate" } else { "replicates" };
        parts.push(format!("{replicates}-{noun}-seed-{seed}"));
    }
    if facts.is_null() {
        parts.push("other-files".into());
    }
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_say_when_and_what() {
        let facts = |facts: Value| name(&json!({ "repatria": facts }));
        let created = "2026-11-28T00:12:30.123Z";
        assert_eq!(
            facts(json!({ "created": created, "replicates": 2000, "seed": 1 })),
            "2026-11-28T001230Z-2000-replicates-seed-1"
        );
        assert_eq!(
            facts(json!({ "created": created, "expected": true, "seed": 1 })),
            "2026-11-28T001230Z-expected"
        );
        assert_eq!(
            facts(json!({ "created": "../../../etc/passwd", "replicates": 1, "seed": 3 })),
            "undated-1-replicate-seed-3"
        );
        assert_eq!(name(&Value::Null), "undated-other-files");
    }
}
