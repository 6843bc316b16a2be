//! The claim on a folder: a file that says that it is a study's, and which copies in it are ours.
//!
//! It is the first file of a study's folder and is never removed. Whoever plans locks it, so that of many who plan into one folder at
//! the same time one is first and the others find its plan. The system takes the lock from a process that is killed.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};

use fs_err as fs;

use super::regular::{self, PathKind, RefusedFile};
use crate::digest::sha256;
use crate::disk;
use crate::files::Access;

/// Its name: one that explains itself to whoever looks into the folder.
const CLAIM: &str = "repatria-study.txt";

/// How it begins. What has another beginning is no claim of ours.
const HEAD: &str = "\
This folder is a study's: `repatria study status` says how far it is, and `repatria study run` goes on with it.
Files of others in it are left alone. These are the study's own copies, by their SHA-256:
";

/// A claim that is larger is none.
const LARGEST: u64 = 16 << 20;

/// A folder's claim, locked as long as it lives.
#[derive(Debug)]
pub struct FolderClaim {
    file: fs::File,
    copies: Vec<(String, String)>,
}

impl FolderClaim {
    /// Takes the claim of a folder that has one; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn take(folder: &Path) -> Result<Option<FolderClaim>, RefusedFile> {
        let path = folder.join(CLAIM);
        match regular::look(&path)? {
            PathKind::File(size) if size <= LARGEST => {
                FolderClaim::locked(regular::open(&path, LARGEST, Access::ReadWrite)?)
            }
            _ => Ok(None),
        }
    }

    /// Claims a folder; `None` where a file of another has the claim's name.
    ///
    /// # Errors
    /// As [`take`](FolderClaim::take).
    pub fn make(folder: &Path) -> Result<Option<FolderClaim>, RefusedFile> {
        match disk::create(&folder.join(CLAIM)) {
            Ok(file) => FolderClaim::locked(file),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => FolderClaim::take(folder),
            Err(error) => Err(error.into()),
        }
    }

    fn locked(mut file: fs::File) -> Result<Option<FolderClaim>, RefusedFile> {
        // Some network file systems know no locks. There whoever plans the same study writes the same files.
        let _ = file.file().lock();
        let mut bytes = Vec::new();
        Read::by_ref(&mut file).take(LARGEST + 1).read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        // A process that was killed may have written less, or nothing yet.
        if text.len() < HEAD.len() && HEAD.starts_with(text.as_ref()) {
            file.seek(SeekFrom::Start(0))?;
            file.write_all(HEAD.as_bytes())?;
            return Ok(Some(FolderClaim { file, copies: Vec::new() }));
        }
        let Some(lines) = text.strip_prefix(HEAD) else { return Ok(None) };
        let copies = lines.lines().filter_map(|line| {
            let (hash, name) = line.split_once("  ")?;
            (hash.len() == 64).then(|| (hash.to_string(), name.to_string()))
        });
        Ok(Some(FolderClaim { copies: copies.collect(), file }))
    }

    /// Whether a text is that of a copy that was made here.
    pub fn has(&self, text: &[u8]) -> bool {
        let hash = sha256(text);
        self.copies.iter().any(|(known, _)| *known == hash)
    }

    /// The copies that were made: their paths in the folder of copies. No path of another kind.
    pub fn copies(&self) -> impl Iterator<Item = PathBuf> {
        let inside = |path: &PathBuf| path.components().all(|part| matches!(part, Component::Normal(_)));
        self.copies.iter().map(|(_, name)| PathBuf::from(name)).filter(inside)
    }

    /// Notes copies that are about to be made, on the disk.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn note(&mut self, copies: &[(String, &str)]) -> std::io::Result<()> {
        let new: Vec<(String, String)> = (copies.iter())
            .map(|(name, text)| (sha256(text), name.clone()))
            .filter(|copy| !self.copies.contains(copy))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        self.file.seek(SeekFrom::End(0))?;
        // A process that was killed may have left half a line.
        let lines: String = new.iter().map(|(hash, name)| format!("{hash}  {name}\n")).collect();
        let whole = self.ends_whole()?;
        self.file.write_all(format!("{}{lines}", if whole { "" } else { "\n" }).as_bytes())?;
        self.file.sync_all()?;
        self.copies.extend(new);
        Ok(())
    }

    fn ends_whole(&mut self) -> std::io::Result<bool> {
        let mut last = [0];
        self.file.seek(SeekFrom::End(-1))?;
        self.file.read_exact(&mut last)?;
        Ok(last == *b"\n")
    }
}
