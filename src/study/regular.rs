//! Files of a folder that others may write to: looked at before they are read. Symbolic links are not followed, what is no regular
//! file is not opened, and what is larger than it can be is not read.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use fs_err as fs;

use crate::disk;
use crate::files::{self, Access};

/// What stands at a path, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// Nothing.
    Nothing,
    /// A regular file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// Something else, in words: "a symbolic link".
    Other(&'static str),
}

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum RefusedFile {
    /// It cannot be.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no regular file.
    #[error("{path} is {what}, which is not followed or read: remove it, or choose another folder")]
    Kind {
        /// Where.
        path: PathBuf,
        /// What it is, in words.
        what: &'static str,
    },
    /// It is too large.
    #[error("{path} has {size} bytes, and {largest} at most are expected")]
    Size {
        /// Where.
        path: PathBuf,
        /// How many bytes it has.
        size: u64,
        /// How many it may have.
        largest: u64,
    },
    /// It is no text.
    #[error("{path} is not text in UTF-8")]
    NotText {
        /// Where.
        path: PathBuf,
    },
}

/// What stands at a path.
///
/// # Errors
/// When it cannot be told.
pub fn look(path: &Path) -> io::Result<PathKind> {
    let Some(metadata) = disk::look(path)? else { return Ok(PathKind::Nothing) };
    let kind = metadata.file_type();
    Ok(if kind.is_file() {
        PathKind::File(metadata.len())
    } else if kind.is_dir() {
        PathKind::Folder
    } else if kind.is_symlink() {
        PathKind::Other("a symbolic link")
    } else {
        PathKind::Other(special(kind))
    })
}

#[cfg(unix)]
fn special(kind: std::fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else {
        "no regular file"
    }
}

#[cfg(not(unix))]
fn special(_: std::fs::FileType) -> &'static str {
    "no regular file"
}

/// Opens a file.
///
/// # Errors
/// When it is no regular file, has more than `largest` bytes, or cannot be opened.
pub fn open(path: &Path, largest: u64, access: Access) -> Result<fs::File, RefusedFile> {
    let refused = |what| RefusedFile::Kind { path: path.into(), what };
    match look(path)? {
        PathKind::File(size) if size > largest => Err(RefusedFile::Size { path: path.into(), size, largest }),
        // Opening says what is missing.
        PathKind::File(_) | PathKind::Nothing => {
            let file = files::open(path, access)?;
            if files::is_at(&file.metadata()?, path)? {
                Ok(file)
            } else {
                Err(refused("replaced while it was opened"))
            }
        }
        PathKind::Folder => Err(refused("a folder")),
        PathKind::Other(what) => Err(refused(what)),
    }
}

/// Reads a text of at most `largest` bytes.
///
/// # Errors
/// As [`open`], and when it is no text.
pub fn read(path: &Path, largest: u64) -> Result<String, RefusedFile> {
    let mut bytes = Vec::new();
    // A file may grow after its size was asked for.
    open(path, largest, Access::Read)?.take(largest + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    if size > largest {
        return Err(RefusedFile::Size { path: path.into(), size, largest });
    }
    String::from_utf8(bytes).map_err(|_| RefusedFile::NotText { path: path.into() })
}
