//! What is wrong with a result folder, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use super::{Identity, KEPT};
use crate::signs;

/// Why results cannot be written where they should go.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The path is something else.
    #[error("{} is a file, and results need a folder: name another with --out", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// The path is a link to what does not exist.
    #[error("{} is a link that leads nowhere: make the folder that it leads to, or name another with --out", path.display())]
    Nowhere {
        /// The path.
        path: PathBuf,
    },
    /// The results of another scenario are there.
    #[error(
        "{} holds the results of another scenario, \"{}\" ({}): name another folder with --out, or add --force, which \
         keeps them in `{KEPT}` there",
        path.display(), shown(&there.title), shown(&there.name)
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
    /// Files of the results that are there are no longer as they were written.
    #[error(
        "{} holds results that were changed after they were written ({}): rename what you changed, or add --force, which \
         keeps it in `{KEPT}` there, or name another folder with --out",
        path.display(), some(files)
    )]
    Changed {
        /// The folder.
        path: PathBuf,
        /// The names of the files.
        files: Vec<String>,
    },
    /// Something that is no file of ours and no plain file has the name of a result.
    #[error(
        "{} is {is}: it is neither read nor replaced, even with --force. Move it away, or name another folder with --out",
        shown(&path.display().to_string())
    )]
    Odd {
        /// Where.
        path: PathBuf,
        /// What it is, in words: "a pipe".
        is: String,
    },
    /// A file that is not ours has the name of a result.
    #[error(
        "{} is in the way and was not written by repatria: rename it, add --force to keep it in `{KEPT}` there, or name \
         another folder with --out",
        shown(&path.display().to_string())
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
            | FolderError::Nowhere { .. }
            | FolderError::AnotherScenario { .. }
            | FolderError::NotOurs { .. }
            | FolderError::Changed { .. }
            | FolderError::Odd { .. }
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
    let names: Vec<String> = files.iter().take(SHOWN).map(|name| shown(name)).collect();
    let names = names.join(", ");
    if files.len() > SHOWN { format!("{names} and {} more", files.len() - SHOWN) } else { names }
}

/// What somebody else has written, fit for a terminal: without what moves the cursor or turns the direction of letters.
pub(super) fn shown(text: &str) -> String {
    let acts = |c: char| signs::controls(c) || signs::turns(c);
    text.chars().map(|c| if acts(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
