//! What is wrong with a result folder, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use super::Identity;

/// Why results cannot be written where they should go.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The path is something else.
    #[error("{} is a file, and results need a folder: name another with --out", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// The results of another scenario are there.
    #[error(
        "{} holds the results of another scenario, \"{}\" ({}): add --force to replace them, or name another folder \
         with --out",
        path.display(), there.title, there.name
    )]
    AnotherScenario {
        /// The folder.
        path: PathBuf,
        /// The scenario whose results are there.
        there: Identity,
    },
    /// Files are there, but no results.
    #[error(
        "{} holds files that are not results of repatria ({}): name a new or empty folder with --out, or add --force \
         to write among them",
        path.display(), some(files)
    )]
    NotOurs {
        /// The folder.
        path: PathBuf,
        /// The names of the files.
        files: Vec<String>,
    },
    /// A file that is not ours has the name of a result.
    #[error(
        "{} is in the way and was not written by repatria: rename it, add --force to replace it, or name another \
         folder with --out",
        path.display()
    )]
    Occupied {
        /// The file.
        path: PathBuf,
    },
    /// Another run is writing there.
    #[error("another run is writing to {}: wait until it ends, or name another folder with --out", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// A result with a name that no result may have.
    #[error("{} cannot be a result: it needs the plain name of a file, used once", path.display())]
    BadName {
        /// The file.
        path: PathBuf,
    },
    /// The system refused; see the source.
    #[error("cannot write to {}: make room and check permissions, or name another folder with --out", path.display())]
    Unwritable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl FolderError {
    /// Whether another folder, or `--force`, is all that is needed: nothing failed.
    pub fn is_bad_choice(&self) -> bool {
        match self {
            FolderError::NotAFolder { .. }
            | FolderError::AnotherScenario { .. }
            | FolderError::NotOurs { .. }
            | FolderError::Occupied { .. } => true,
            FolderError::Busy { .. } | FolderError::BadName { .. } | FolderError::Unwritable { .. } => false,
        }
    }

    pub(crate) fn unwritable(path: &Path, source: io::Error) -> FolderError {
        FolderError::Unwritable { path: path.into(), source }
    }
}

/// The first names of a list, and how many more there are.
fn some(files: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = files[..files.len().min(SHOWN)].join(", ");
    if files.len() > SHOWN { format!("{shown} and {} more", files.len() - SHOWN) } else { shown }
}
