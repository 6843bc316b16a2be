//! What a merged study found and how it came about.

use crate::study::analysis::Analysed;
use crate::study::columns::OutcomeColumns;
use crate::study::merge::Merge;
use crate::study::plan::StudyPlan;

/// What there is to write.
#[derive(Clone, Copy, Debug)]
pub struct StudyFindings<'a> {
    /// The study and the units that are done.
    pub merge: &'a Merge<'a>,
    /// Its plan.
    pub plan: &'a StudyPlan,
    /// Its outcomes by column.
    pub columns: &'a OutcomeColumns,
    /// What they owe to which factor.
    pub analysed: &'a [Analysed],
}

impl StudyFindings<'_> {
    /// Whether units are missing.
    pub fn is_partial(&self) -> bool {
        !self.merge.missing().is_empty()
    }
}

/// How the files came about: facts of the clock and of the command line, which are nowhere but in the package.
#[derive(Clone, Debug)]
pub struct StudyFacts {
    /// The command line.
    pub command: String,
    /// When the work started: a date and time as in RFC 3339.
    pub created: String,
    /// How long it took.
    pub seconds: f64,
}
