//! What a programme is made of: offers of seats, lines of people, and who is eligible in them.

use std::ops::Range;

use super::measures::ProgrammeMetrics;
use super::memory::ProgrammeWidths;
use super::register::Register;
use super::source::{SeatSource, SourceId};
use super::terms::CompiledTerms;
use super::timing::{CompiledSeats, Timing};
use crate::engine::edge::EdgeId;
use crate::model::{CellId, NumberId, PlaceId};
use crate::random::Site;

/// All programmes.
#[derive(Clone, Debug, Default)]
pub struct Programmes {
    pub(super) list: Vec<CompiledProgramme>,
    /// Those of the same rank together, first choices first.
    pub(super) ranks: Vec<Rank>,
    /// The first steps of calendar years: what is used of a cap counts from there.
    pub(super) new_year: Vec<bool>,
    pub(super) widths: ProgrammeWidths,
}

/// Programmes that choose at the same time: their indices, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Rank {
    /// Those that want nobody whom another of them wants too.
    pub(super) alone: Vec<usize>,
    /// Those that may want the same people or the same free places.
    pub(super) contested: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct CompiledProgramme {
    pub(super) terms: CompiledTerms,
    pub(super) free_places: Option<FreePlaces>,
    pub(super) offers: Vec<Offer>,
    /// The places where its people are let in, each with its capacity, if all of them turn people away and nobody leaves them before:
    /// with the places to which these divert.
    pub(super) doors: Option<Vec<(NumberId, Range<CellId>)>>,
    /// Where its people come from.
    pub(super) sources: Vec<SeatSource>,
    /// The ways by which its people go, those included whom a full place sends on.
    pub(super) edges: Vec<EdgeId>,
    /// Who came when, where the longest waiting go first.
    pub(super) register: Option<Register>,
    pub(super) metrics: ProgrammeMetrics,
}

/// The room of the place where people go.
#[derive(Clone, Debug)]
pub(super) struct FreePlaces {
    pub(super) place: PlaceId,
    pub(super) capacity: NumberId,
    pub(super) cells: Range<CellId>,
    /// Who draws how many of them fall to the programme, where several want them.
    pub(super) site: Site,
}

/// Seats on occasions, for one line or for several that share them.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) timing: Timing,
    /// `None`: as many as there are free places.
    pub(super) seats: Option<CompiledSeats>,
    pub(super) lines: Vec<CompiledLine>,
    /// Whether its occasions are also those of other offers.
    pub(super) shares_occasions: bool,
    /// How many classes every line has; the first is served first.
    pub(super) classes: usize,
}

/// People who are eligible together.
#[derive(Clone, Debug)]
pub(super) struct CompiledLine {
    pub(super) terms: CompiledTerms,
    pub(super) consent: Option<NumberId>,
    pub(super) classes: Vec<Class>,
    /// The ways by which its people go, where they are counted.
    pub(super) edges: Vec<EdgeId>,
    /// Where lines are written one by one.
    pub(super) metrics: Option<ProgrammeMetrics>,
}

/// The people of a line who are served at the same time.
#[derive(Clone, Debug)]
pub(super) struct Class {
    /// Who draws how many of the seats that lines share fall to this one.
    pub(super) site: Site,
    pub(super) eligible: Vec<Eligible>,
}

/// A cell whose people are eligible.
#[derive(Clone, Debug)]
pub(super) struct Eligible {
    pub(super) source: SourceId,
    pub(super) role: Role,
}

/// How the people of a cell travel.
#[derive(Clone, Debug)]
pub(super) enum Role {
    /// Each alone.
    Single,
    /// Each with a family of this mean size, with people of these sources.
    Head { mean_size: NumberId, with: Vec<SourceId> },
    /// With the heads of a source; alone where there are none.
    With { head: SourceId },
}
