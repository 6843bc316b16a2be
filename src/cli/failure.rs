//! How a command ends when it does not succeed.

use std::fmt;

use crate::output::folder::FolderError;
#[cfg(feature = "study")]
use crate::study::store::StoreError;

/// The exit code of a program that was interrupted.
pub const INTERRUPTED: u8 = 130;

/// Why a command did not succeed. The message ends up on the terminal, the kind in the exit code.
#[derive(Debug)]
pub enum Failure {
    /// Something went wrong that is not in the input: exit code 1.
    Failed(anyhow::Error),
    /// The input is bad; the text is ready to be shown: exit code 2.
    BadInput(String),
    /// The same, where the text is drawn and may have colours: exit code 2.
    Refused(String),
    /// Some of a study is not done yet; the text says what: exit code 3.
    Incomplete(String),
    /// The user stopped it: exit code 130.
    Interrupted,
    /// The same where what is done is kept; the text says how to go on.
    Paused(String),
}

impl Failure {
    /// Whether whoever read the output has closed it: `repatria list | head` has not failed.
    pub fn is_closed_pipe(&self) -> bool {
        let Failure::Failed(error) = self else { return false };
        let pipe = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
        error.downcast_ref::<std::io::Error>().is_some_and(pipe)
    }

    /// The exit code of the program.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Failed(_) => 1,
            Failure::BadInput(_) | Failure::Refused(_) => 2,
            Failure::Incomplete(_) => 3,
            Failure::Interrupted | Failure::Paused(_) => INTERRUPTED,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Failed(error) => {
                write!(f, "error: {error}")?;
                // What the system says, in its own words.
                error.chain().skip(1).try_for_each(|cause| write!(f, "\n  because: {cause}"))
            }
            Failure::BadInput(text)
            | Failure::Refused(text)
            | Failure::Incomplete(text)
            | Failure::Paused(text) => {
                write!(f, "{}", text.trim_end())
            }
            Failure::Interrupted => {
                write!(f, "Stopped. Nothing was written: what was there before is as it was.")
            }
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        let error = error.into();
        let bad_choice = error.downcast_ref::<FolderError>().is_some_and(FolderError::is_bad_choice);
        #[cfg(feature = "study")]
        let bad_choice =
            bad_choice || error.downcast_ref::<StoreError>().is_some_and(StoreError::is_bad_choice);
        if bad_choice { Failure::BadInput(format!("error: {error}")) } else { Failure::Failed(error) }
    }
}
