//! What kind of problem a diagnostic is: a code that stays the same whatever the words of its message are.
//!
//! A code is a few plain words joined by hyphens, not a number: who reads `error[unknown-name]` knows what it is about before looking it
//! up, and a name that is searched for is found here, in its page and in its tests. A new kind is one line below and one page in
//! `codes/`, which the compiler asks for; `tests/explain.rs` asks for a file that shows it.

use std::fmt::{self, Display};

/// Makes the codes from a list of name, text and meaning.
macro_rules! codes {
    ($($code:ident $name:literal $meaning:literal;)+) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $code,)+
        }

        impl Code {
            /// Every code, in the order in which they are listed.
            pub const ALL: &[Code] = &[$(Code::$code),+];

            /// As it is shown and asked for: `unknown-name`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)+ }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$code => $meaning,)+ }
            }

            /// Its page, as Markdown: what it means, and a bad and a good example where one fits in a scenario.
            pub fn page(self) -> &'static str {
                match self { $(Code::$code => include_str!(concat!("codes/", $name, ".md")),)+ }
            }
        }
    };
}

codes! {
    // The file and its text.
    UnreadableFile "unreadable-file" "A file is not there, or cannot be read.";
    WrongFile "wrong-file" "A file is of another kind than the one that is wanted.";
    EmptyFile "empty-file" "There is nothing in the file.";
    FileName "file-name" "A file is named in a way that does not work on every computer, or that leaves the scenario's folder.";
    BadExtension "bad-extension" "A file extends another one in a way that cannot be.";
    Syntax "syntax" "The text is not TOML: a bracket, a comma, a quotation mark or an equals sign is missing or too many.";
    ForeignSign "foreign-sign" "A sign stands here that a word processor or another language has, and TOML has not.";
    NumberSpelling "number-spelling" "A number or a date is written as elsewhere: 4,000 or 15% or 01/2025.";
    RepeatedKey "repeated-key" "A key or a section is written twice.";

    // The shape: keys, types and words.
    UnknownKey "unknown-key" "A key that nothing here has.";
    MissingKey "missing-key" "A key is missing that must be there.";
    WrongType "wrong-type" "A value is of another type: text instead of a number, a number instead of a table.";
    WrongCount "wrong-count" "A list has more or fewer entries than it may have.";
    UnknownWord "unknown-word" "A word that is not one of those that can stand here.";
    BadNumber "bad-number" "Not an ordinary number, such as `inf` or `nan`.";

    // Names and addresses.
    UnknownName "unknown-name" "A name that nothing of the scenario has.";
    UnknownAddress "unknown-address" "An address that leads to nothing.";
    BadName "bad-name" "A word that cannot be the name of this.";
    BadText "bad-text" "A title, a label or the like that is empty, too long, or not on one line.";
    Duplicate "duplicate" "The same thing is there twice.";
    Circular "circular" "Things use each other in a circle.";

    // Which keys stand together.
    ExclusiveKeys "exclusive-keys" "Several are written of which there can be one.";
    Incomplete "incomplete" "None is written of which there must be one, or a part of it is missing.";
    MisplacedKey "misplaced-key" "A key that belongs to something else, or to something that is not there.";

    // Values.
    OutOfRange "out-of-range" "A number that is too small or too large for what it is.";
    MissingUnit "missing-unit" "A rate or a length of time without its unit.";
    MixedUnits "mixed-units" "Numbers in different units stand where one unit is needed.";
    BadLength "bad-length" "Not a length of time.";
    BadHorizon "bad-horizon" "A horizon that cannot be simulated.";
    BadDate "bad-date" "Not a date.";
    OutsideHorizon "outside-horizon" "A date at which nothing is simulated.";
    DateOrder "date-order" "Something ends before it begins, or later times stand before earlier ones.";
    SharesSum "shares-sum" "Shares do not add up to 1.";
    BadExpression "bad-expression" "A text in the place of a number that cannot be computed.";
    NoValue "no-value" "A parameter's expression gives no ordinary number.";
    BadDistribution "bad-distribution" "There is no such distribution.";
    TooMany "too-many" "More of something than can be simulated.";

    // What it means.
    UncoveredValue "uncovered-value" "A table has no number for some of the people whom it concerns.";
    WrongDimension "wrong-dimension" "A table is by a dimension by which it cannot be, or two tables are by different ones.";
    UnsettledPeople "unsettled-people" "It is not said to which group people belong.";
    GoesNowhere "goes-nowhere" "People would go where they are, or where nobody can stay.";
    NoCapacity "no-capacity" "Something depends on how full a place is, and the place has no capacity.";
    EndPlace "end-place" "Something happens to people in a place of kind `end`.";
    Nobody "nobody" "Something concerns nobody.";
    BadFamily "bad-family" "A family whose members cannot be told apart or put together.";
    WrongKind "wrong-kind" "Something is known, and is not of the kind that is needed here.";
    NotMeasured "not-measured" "Something is named that the scenario does not measure.";
    NotChangeable "not-changeable" "An address leads to something that such a change cannot change.";
    StayChange "stay-change" "A change that a length of stay cannot have.";
    ChangedTwice "changed-twice" "Two changes contradict each other.";

    // Variants.
    ChangedAndRemoved "changed-and-removed" "A variant changes what it removes.";
    NotRemovable "not-removable" "A variant removes what cannot be removed.";
    SameAsBaseline "same-as-baseline" "A variant is no different from what it varies.";

    // Tables in files.
    BadTable "bad-table" "A file is not the table that is wanted: its columns or rows do not fit.";
    BadCell "bad-cell" "A cell or a row of a file cannot be used.";
    IgnoredColumn "ignored-column" "A file has columns that nobody asks for.";
    Gaps "gaps" "Observed figures have gaps, which are skipped.";

    // What can be simulated and is probably not meant.
    InsideStep "inside-step" "A date lies inside a step, and counts as a step's start.";
    UnusedParameter "unused-parameter" "Nothing uses a parameter.";
    NoSource "no-source" "Numbers without a source: they are illustrative.";
    ChangesMeet "changes-meet" "Several changes hold for the same number at once.";
    NoEffect "no-effect" "Something makes no difference.";
    NearlyTheSame "nearly-the-same" "A word that is nearly another one, and is counted apart from it.";
    NeverLeaves "never-leaves" "Nobody ever leaves a place.";
    Unreachable "unreachable" "Nobody can ever be there.";
    OverCapacity "over-capacity" "A place starts with more people than it has room for.";
    FastForStep "fast-for-step" "A rate is fast for the length of a step.";
    UnusualRate "unusual-rate" "A rate is far from those that are seen.";
    CutValues "cut-values" "Many of the values that are drawn would be cut, or drawn anew.";
    ThinRate "thin-rate" "A rate is over next to nobody.";
    EndlessGrowth "endless-growth" "People become more and more without end.";

    // Studies.
    NothingVaries "nothing-varies" "A study in which nothing varies.";
    BadDesign "bad-design" "The points of a study cannot be chosen so.";
}

impl Code {
    /// The code of a name; `None` where there is none.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// A problem of this kind that is about `subject`: a name, an address, a word of the file.
    pub(crate) fn of(self, subject: &(impl Display + ?Sized)) -> Coded {
        Coded { code: self, about: vec![subject.to_string()] }
    }

    /// The same, about several of equal standing.
    pub(crate) fn of_all(self, subjects: &[impl Display]) -> Coded {
        Coded { code: self, about: subjects.iter().map(ToString::to_string).collect() }
    }
}

impl Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A code and what the problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The code.
    pub code: Code,
    /// The names, addresses and words, as the file has them, the one at fault first; empty where a code says it all.
    pub about: Vec<String>,
}

impl Coded {
    /// The same, about `subject` too.
    pub(crate) fn and(mut self, subject: &(impl Display + ?Sized)) -> Coded {
        self.about.push(subject.to_string());
        self
    }
}

impl From<Code> for Coded {
    fn from(code: Code) -> Coded {
        Coded { code, about: Vec::new() }
    }
}
