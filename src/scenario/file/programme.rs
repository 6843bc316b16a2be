//! Programmes as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::date::DateText;
use super::lines::WrittenLines;
use super::number::WrittenNumber;
use super::rate::Occasions;
use super::seats::{Pause, WrittenRandomPauses, WrittenSeats};
use super::section::{ListField, ListMut, NamedThing};
use super::target::{Becomes, To, WrittenWho};
use super::words::OneOrMany;
use crate::scenario::located::Located;

/// Organised movement with limited seats: flights, court sittings, intake to a centre.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenProgramme {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place or places they leave.
    pub from: Located<OneOrMany<String>>,
    /// Where they go.
    pub to: Located<To>,
    /// Who is eligible; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
    /// What they become at the same time, or a list of such tables with shares.
    pub becomes: Option<Located<OneOrMany<Becomes>>>,
    /// When it takes place; may be left out where each line says so.
    pub occasions: Option<Located<Occasions>>,
    /// How many seats each occasion has. Lines that write no seats share these; may be left out where each line has its own, and beside `free_places_only`.
    pub seats: Option<Located<WrittenSeats>>,
    /// The dimension whose values have the lines that `lines` describes.
    pub by: Option<Located<String>>,
    /// A table with one line for each value of the dimension `by` (`otherwise`: for the values without one), or the name of a CSV file that has it. A value without a line has no seats.
    pub lines: Option<Located<WrittenLines>>,
    /// Its place among the programmes that want the same people: 1 chooses first, then 2, ...; those that write none come last, together, and share people in proportion to their seats.
    #[schemars(range(min = 1, max = 1000))]
    pub order: Option<Located<i64>>,
    /// Classes, the first served first; the eligible whom none of them names come last, together.
    pub priority: Option<Located<OneOrMany<WrittenWho>>>,
    /// Who of a class gets seats first: "anybody" unless written, or "longest_waiting" (who has been there longest).
    pub who_first: Option<Located<WhoFirst>>,
    /// The most people in a calendar year, over all lines.
    pub cap_per_year: Option<Located<WrittenNumber>>,
    /// The share of the eligible who consent or clear verification, asked anew on each occasion; everybody unless written.
    pub consent: Option<Located<WrittenNumber>>,
    /// The first date on which it takes place, and from which regular occasions are counted; the scenario's start unless written.
    pub starts: Option<Located<DateText>>,
    /// The date from which it takes place no more.
    pub ends: Option<Located<DateText>>,
    /// Spells in which nothing takes place.
    #[serde(default)]
    pub pauses: Vec<Located<Pause>>,
    /// Pauses that come at random and concern the whole programme.
    pub random_pauses: Option<Located<WrittenRandomPauses>>,
    /// Who travels together: seats are then taken by families.
    pub family: Option<Located<WrittenFamily>>,
    /// Whether no more go than have a free place where they go: its capacity less the people there. `seats` may then be left out.
    pub free_places_only: Option<Located<bool>>,
    /// What it counts as among the rates: "repatriation", "release", ...
    #[schemars(pattern("^[a-z_]{1,60}$"))]
    pub counts_as: Option<Located<String>>,
}

impl WrittenProgramme {
    /// Whether within a class the longest waiting go first.
    pub fn serves_longest_first(&self) -> bool {
        self.who_first.as_ref().is_some_and(|who| *who.get() == WhoFirst::LongestWaiting)
    }
}

impl NamedThing for WrittenProgramme {
    const LISTS: &'static [(&'static str, ListField<WrittenProgramme>)] = &[
        ("pauses", ListField::Pauses(|it| ListMut::Plain(&mut it.pauses))),
        ("priority", ListField::Classes(|it| ListMut::Optional(&mut it.priority))),
        ("from", ListField::Places(|it| ListMut::OneOrMany(&mut it.from))),
    ];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        self.counts_as.as_ref()
    }
}

/// Who of a class gets seats first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhoFirst {
    /// Anybody, each as likely.
    Anybody,
    /// Who has been there longest.
    LongestWaiting,
}

/// Families that take seats together: a head and others in the same place, with the same values on every dimension that neither `head` nor `with` names.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenFamily {
    /// Who is the head of a family: one value on each dimension that is named.
    pub head: Located<WrittenWho>,
    /// Who travels with a head; alone only where no head is left.
    pub with: Located<WrittenWho>,
    /// How many people a family has on average, the head among them.
    pub mean_size: Located<WrittenNumber>,
}
