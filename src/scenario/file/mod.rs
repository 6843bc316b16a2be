//! A scenario as it is written: nothing is checked beyond its shape, no default is filled in.
//!
//! One section of the file, one file here. What sections have in common is in [`section`]; here they are listed: in the file, in
//! what a variant adds, and in the one table of where each stands.
//!
//! What is said of each field becomes the JSON Schema's description.

pub mod base;
pub mod change;
pub mod correction;
pub mod costs;
pub mod crowding;
pub mod date;
pub mod dimension;
pub mod dynamics;
pub mod entries;
pub mod exercise;
pub mod extension;
pub mod length;
pub mod lines;
mod mechanisms;
pub mod number;
pub mod observed;
pub mod outcome;
pub mod parameter;
pub mod people;
pub mod place;
pub mod policy;
pub mod programme;
pub mod rate;
pub mod record;
pub mod regime;
pub mod seats;
pub mod section;
pub mod shock;
pub mod stay;
pub mod switch;
pub mod target;
pub mod trigger;
pub mod variant;
pub mod variant_change;
pub mod words;

use schemars::JsonSchema;
use serde::Deserialize;

use super::located::Located;
use crate::model::Section;
use base::Base;
use correction::WrittenCorrection;
use costs::WrittenCosts;
use date::{DateText, HorizonText};
use dimension::DimensionValue;
use dynamics::{WrittenAgeing, WrittenArrival, WrittenBirth, WrittenMove};
use exercise::WrittenExercise;
use observed::WrittenObserved;
use outcome::WrittenOutcome;
use parameter::WrittenParameter;
use place::WrittenPlace;
use policy::WrittenPolicy;
use programme::WrittenProgramme;
use record::WrittenRecord;
use regime::WrittenRegime;
use section::{ListFacts, SectionTable, section_tables};
use shock::WrittenShock;
use stay::WrittenStay;
use variant::WrittenVariant;
use words::Named;

/// A scenario of Repatria: places, people and what moves them. Everything is aggregate and illustrative.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Repatria scenario")]
pub struct ScenarioFile {
    /// One line that names the scenario.
    pub title: Located<String>,
    /// What the scenario asks.
    pub question: Option<Located<String>>,
    /// What a reader should take home.
    pub lesson: Option<Located<String>>,
    /// The date at which it starts.
    pub start: Located<DateText>,
    /// How long it runs, in whole units ("6 years"), or the date at which it ends.
    pub horizon: Located<HorizonText>,
    /// The length of a step.
    pub step: Located<StepWord>,
    /// How many replicates are simulated: 1 to 100,000,000, or 1,000 unless written.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub replicates: Option<Located<i64>>,
    /// The seed of every random number: 0 or more, or 1 unless written.
    #[schemars(range(min = 0))]
    pub seed: Option<Located<i64>>,
    /// What is recorded; a default that stays small unless written.
    pub record: Option<WrittenRecord>,
    /// The ways in which people differ, each with its values: `origin = ["local", "neighbour"]`. A value may have a label: `{ name = "adults", label = "18+" }`.
    #[serde(default)]
    pub dimensions: Named<Located<Vec<Located<DimensionValue>>>>,
    /// Named numbers that expressions use.
    #[serde(default)]
    pub parameters: Named<WrittenParameter>,
    /// Where people are counted.
    pub places: Named<WrittenPlace>,
    /// People who enter from outside.
    #[serde(default)]
    pub arrivals: Named<WrittenArrival>,
    /// Newborns.
    #[serde(default)]
    pub births: Named<WrittenBirth>,
    /// From one value of a dimension to another, with time.
    #[serde(default)]
    pub ageing: Named<WrittenAgeing>,
    /// People who leave places at a rate.
    #[serde(default)]
    pub moves: Named<WrittenMove>,
    /// Lengths of stay at places.
    #[serde(default)]
    pub stays: Named<WrittenStay>,
    /// Organised movement with limited seats.
    #[serde(default)]
    pub programmes: Named<WrittenProgramme>,
    /// Sudden events, each only a rate and a severity.
    #[serde(default)]
    pub shocks: Named<WrittenShock>,
    /// Recounts and new registrations, which set a number of people on a date.
    #[serde(default)]
    pub corrections: Named<WrittenCorrection>,
    /// Contexts with named states that switch.
    #[serde(default)]
    pub regimes: Named<WrittenRegime>,
    /// Changes on dates, or when a threshold is passed.
    #[serde(default)]
    pub policies: Named<WrittenPolicy>,
    /// What things cost, in one currency.
    pub costs: Option<WrittenCosts>,
    /// What every replicate comes to, in one number each.
    #[serde(default)]
    pub outcomes: Named<WrittenOutcome>,
    /// How many people there were, to be drawn beside the replicates and to score them.
    pub observed: Option<WrittenObserved>,
    /// What-ifs: the scenario, and what is different in it.
    #[serde(default)]
    pub variants: Named<WrittenVariant>,
    /// Questions for a class, with their answers.
    #[serde(default)]
    pub exercises: Named<WrittenExercise>,
    /// The scenario itself, where what was read is a file that extends it.
    #[serde(skip)]
    pub base: Option<Base>,
}

/// The length of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum StepWord {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// What a variant has more than the scenario.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Additions {
    /// The part of the variant to which all of these belong, in words; each is a part of its own unless written.
    pub part: Option<Located<String>>,
    /// Parameters.
    #[serde(default)]
    pub parameters: Named<WrittenParameter>,
    /// Places.
    #[serde(default)]
    pub places: Named<WrittenPlace>,
    /// People who enter from outside.
    #[serde(default)]
    pub arrivals: Named<WrittenArrival>,
    /// Newborns.
    #[serde(default)]
    pub births: Named<WrittenBirth>,
    /// From one value of a dimension to another, with time.
    #[serde(default)]
    pub ageing: Named<WrittenAgeing>,
    /// People who leave places at a rate.
    #[serde(default)]
    pub moves: Named<WrittenMove>,
    /// Lengths of stay at places.
    #[serde(default)]
    pub stays: Named<WrittenStay>,
    /// Organised movement with limited seats.
    #[serde(default)]
    pub programmes: Named<WrittenProgramme>,
    /// Sudden events.
    #[serde(default)]
    pub shocks: Named<WrittenShock>,
    /// Recounts and new registrations.
    #[serde(default)]
    pub corrections: Named<WrittenCorrection>,
    /// Contexts with named states that switch.
    #[serde(default)]
    pub regimes: Named<WrittenRegime>,
    /// Changes on dates, or when a threshold is passed.
    #[serde(default)]
    pub policies: Named<WrittenPolicy>,
}

section_tables! {
    Parameters: parameters of WrittenParameter,
    Places: places of WrittenPlace,
    Arrivals: arrivals of WrittenArrival,
    Births: births of WrittenBirth,
    Ageing: ageing of WrittenAgeing,
    Moves: moves of WrittenMove,
    Stays: stays of WrittenStay,
    Programmes: programmes of WrittenProgramme,
    Shocks: shocks of WrittenShock,
    Corrections: corrections of WrittenCorrection,
    Regimes: regimes of WrittenRegime,
    Policies: policies of WrittenPolicy,
}
