//! A study as it is written: a scenario, what varies in it, and how. What is said of each field becomes the JSON Schema's
//! description.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::file::parameter::WrittenDistribution;
use crate::scenario::file::words::{Named, OneOrMany};
use crate::scenario::located::Located;

/// A study of Repatria: one scenario, simulated at many values of its numbers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Repatria study")]
pub struct StudyFile {
    /// One line that names the study.
    pub title: Located<String>,
    /// What the study asks.
    pub question: Option<Located<String>>,
    /// What a reader should take home.
    pub lesson: Option<Located<String>>,
    /// The scenario: a file, by its path from this one.
    pub scenario: Located<String>,
    /// The variants that are simulated at every point beside the baseline: their names, "all", or "none" (unless written).
    pub variants: Option<Located<OneOrMany<String>>>,
    /// How many replicates are simulated in each cell: 200 unless written. A multiple of 5 is best: five parts of them tell how
    /// much of what is found is chance.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub replicates: Option<Located<i64>>,
    /// The seed of every random number of the replicates: that of the scenario unless written.
    #[schemars(range(min = 0))]
    pub seed: Option<Located<i64>>,
    /// Whether all points use common random numbers (the same in every replicate, so that differences between points are precise) or
    /// each has its own (their mean is precise). Shared unless written, and own in a design of "uncertainty".
    pub luck: Option<Located<RandomNumbersWord>>,
    /// Which points are tried.
    pub design: WrittenDesign,
    /// What varies, by a short name.
    #[serde(default)]
    pub factors: Named<WrittenFactor>,
    /// What is kept of every cell.
    pub keep: Option<WrittenKeep>,
}

/// Whether points use common random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum RandomNumbersWord {
    /// All points use common random numbers.
    Shared,
    /// Every point has random numbers of its own.
    Own,
}

/// Which points are tried.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenDesign {
    /// Which kind of design.
    pub kind: Located<DesignWord>,
    /// How many points: of "latin_hypercube" and "uncertainty" all of them; of "sobol" the base points, a power of 2, each of
    /// which takes two points and one more for each factor.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub points: Option<Located<i64>>,
    /// Of "morris": how many trajectories, each of one point more than there are factors.
    #[schemars(range(min = 2, max = 100_000))]
    pub trajectories: Option<Located<i64>>,
    /// Of "morris": on how many levels each factor moves, an even number (4 unless written); of "grid": how many levels a
    /// factor with a range or a distribution has (5 unless written).
    #[schemars(range(min = 2, max = 1_000))]
    pub levels: Option<Located<i64>>,
    /// The seed of the design's own random numbers: 1 unless written.
    #[schemars(range(min = 0))]
    pub seed: Option<Located<i64>>,
    /// Of "file": a table of points, one a line, by its path from this file. With a line of names in any order, or without one
    /// in the order of the factors.
    pub file: Option<Located<String>>,
}

/// Kinds of designs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum DesignWord {
    /// Every combination of levels.
    Grid,
    /// So many points, spread evenly over every factor.
    LatinHypercube,
    /// Saltelli's points for Sobol's first and total indices.
    Sobol,
    /// Morris's trajectories for elementary effects.
    Morris,
    /// Points that a file lists.
    File,
    /// Draws of what is uncertain outside, replicates inside: how much of the variance is due to each.
    Uncertainty,
}

/// One number that varies: by `levels`, a `range` or a `distribution`. A parameter varies as the scenario says where the study
/// says nothing.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenFactor {
    /// The address of the field: "parameters.political_will", "moves.review_release.rate".
    pub field: Located<String>,
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// These values.
    #[schemars(length(min = 1, max = 1_000))]
    pub levels: Option<Located<Vec<Located<f64>>>>,
    /// The lowest and the highest value.
    #[schemars(length(equal = 2))]
    pub range: Option<Located<Vec<Located<f64>>>>,
    /// Of a range: whether its logarithm is spread evenly.
    pub log: Option<Located<bool>>,
    /// What values are drawn from.
    pub distribution: Option<Located<WrittenDistribution>>,
    /// Whether values multiply the field; they replace it unless written.
    pub times: Option<Located<bool>>,
}

/// What is kept of every cell. Outcomes always are.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenKeep {
    /// The outcomes, by name; all of the scenario's unless written.
    pub outcomes: Option<Located<Vec<Located<String>>>>,
    /// Which series: people at "places" (unless written), everything "recorded" by the scenario, or "none".
    pub series: Option<Located<SeriesWord>>,
    /// At which dates: "all" (unless written), once a "year", or at the "end".
    pub dates: Option<Located<DatesWord>>,
}

/// Which series are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum SeriesWord {
    /// None: outcomes alone.
    None,
    /// People at each place, and everybody who is held.
    Places,
    /// Everything that the scenario records.
    Recorded,
}

/// At which dates series are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum DatesWord {
    /// At the end of every step.
    All,
    /// Every twelve months from the start, and at the end.
    Year,
    /// At the end of the last step.
    End,
}
