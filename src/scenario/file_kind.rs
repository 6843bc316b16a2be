//! Kinds of files, in the words of messages.

/// A kind of file, in the words of messages.
#[derive(Clone, Copy, Debug)]
pub struct FileKind {
    /// What it is called: "scenario".
    pub name: &'static str,
    /// What one that is empty should have.
    pub least: &'static str,
}

/// A scenario.
pub(super) const SCENARIO: FileKind =
    FileKind { name: "scenario", least: "write title, start, horizon, step and at least one place" };
