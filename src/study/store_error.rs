//! Why a study's folder cannot be used.

use std::io;
use std::path::PathBuf;

use super::regular::RefusedFile;
use super::unit::UnitError;
use crate::scenario::Diagnostics;

/// The file of the plan.
pub(super) const PLAN: &str = "plan.json";

/// Why a study's folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No plan is there.
    #[error("{path} holds no plan of a study: make one with `repatria study plan STUDY --out {path}`")]
    NoPlan {
        /// The folder.
        path: PathBuf,
    },
    /// The plan cannot be read.
    #[error("{path} is no plan of this program ({reason}): make it anew with `repatria study plan`")]
    Unreadable {
        /// The plan.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Something in the folder is a link or the like.
    #[error(transparent)]
    Refused(RefusedFile),
    /// Something in the folder has the name of a copy, or of the plan, and is none.
    #[error(
        "{path} is no {} that a plan made here, so it is not replaced: move it elsewhere, or choose another folder with --out",
        if path.ends_with(PLAN) { "file" } else { "copy" }
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error("{path} is not empty and holds no plan of a study: choose another folder with --out")]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds another plan.
    #[error(
        "{path} belongs to another plan, of \"{title}\": choose another folder with --out, or write --replan to replace it; units that are the same in both plans are kept"
    )]
    OtherPlan {
        /// The folder.
        path: PathBuf,
        /// The title of its study.
        title: String,
    },
    /// Another version of the program made the plan.
    #[error(
        "{path} was planned by version {made_by} ({engine}), and this is {this} ({this_engine}): numbers of two versions do not mix. Use that version, or plan anew in another folder"
    )]
    OtherVersion {
        /// The folder.
        path: PathBuf,
        /// The version that made it.
        made_by: String,
        /// Its engine.
        engine: String,
        /// This version.
        this: String,
        /// Its engine.
        this_engine: String,
    },
    /// The copies of the texts are not those of the plan.
    #[error("{path} was changed after the plan was made: change the study itself, and plan it anew")]
    Changed {
        /// The folder of the copies.
        path: PathBuf,
    },
    /// The copies make no study.
    #[error("the study in {path} cannot be read: {problems}")]
    Invalid {
        /// The folder of the copies.
        path: PathBuf,
        /// Why.
        problems: Diagnostics,
    },
    /// A unit's file.
    #[error(transparent)]
    Unit(#[from] UnitError),
}

impl From<RefusedFile> for StoreError {
    fn from(refused: RefusedFile) -> StoreError {
        match refused {
            RefusedFile::Io(error) => StoreError::Io(error),
            refused => StoreError::Refused(refused),
        }
    }
}

impl StoreError {
    /// Whether another choice of the user fixes it, rather than the machine.
    pub fn is_bad_choice(&self) -> bool {
        !matches!(self, StoreError::Io(_) | StoreError::Unit(_))
    }
}
