//! From a file as written to a valid [`Model`]: every reference found, every default filled in, every problem said.

mod amounts;
mod changes;
mod companion;
mod convoys;
mod corrections;
mod costs;
mod crowding;
mod dates;
mod distributions;
mod draft;
mod duration_files;
mod dynamics;
mod entries;
mod families;
mod full;
mod groups;
mod header;
mod idle;
mod inside_steps;
mod lengths;
mod limits;
mod lines;
mod made;
mod number_book;
mod numbers;
mod observed;
mod occasions;
mod outcomes;
mod parameters;
mod places;
mod programmes;
mod rates;
mod reach;
mod record;
mod regimes;
mod seats;
mod series;
mod shocks;
mod stacks;
mod stay_changes;
mod stays;
mod tables;
mod targets;
mod triggers;
mod unfilled;
mod unusual;
mod usual;
mod variant;
mod wanders;
mod warnings;

use super::address::AddressBook;
use super::diagnostic::{Diagnostic, Diagnostics, sort};
use super::source::Source;
use super::variants::Overlay;
use crate::model::Model;
use draft::Draft;
use number_book::NumberBook;

pub use distributions::distribution;
pub use draft::{LONGEST_TEXT, name_problem, text_problem};
pub(super) use inside_steps::{InsideStep, inside_steps};

pub use limits::{
    MOST_AGES, MOST_CELLS, MOST_DIMENSIONS, MOST_EDGES, MOST_MECHANISMS, MOST_OBSERVED, MOST_OUTCOMES,
    MOST_PEOPLE, MOST_RECORDED, MOST_REPLICATES, MOST_VALUES,
};

/// A file that can be simulated.
pub(super) struct Checked {
    pub(super) model: Model,
    /// What its author should know, in the order of the file.
    pub(super) warnings: Vec<Diagnostic>,
    /// Warnings of parameters that it does not use; a variant may.
    pub(super) unused: Vec<Diagnostic>,
    /// The variant's items that change nothing.
    pub(super) idle: Vec<usize>,
    /// The dates that are inside steps, which are reported together.
    pub(super) inside_steps: Vec<InsideStep>,
    /// Ways from a cell to a cell.
    pub(super) edges: u64,
    /// Every address.
    pub(super) addresses: AddressBook,
    /// What is known of the numbers beside what the model has.
    pub(super) numbers: NumberBook,
}

/// The model and the warnings, or every problem.
pub(super) fn validate(overlay: &Overlay, source: &Source) -> Result<Checked, Diagnostics> {
    let mut draft = Draft::new(overlay, source);
    let Some(model) = model(&mut draft).filter(|model| draft.has_room_for(model)) else {
        return Err(draft.refuse());
    };
    draft.warn(&model);
    let mut warnings = draft.problems;
    sort(&mut warnings);
    let Draft { unused, idle, inside_steps, edges, addresses, numbers, .. } = draft;
    Ok(Checked { model, warnings, unused, idle, inside_steps, edges, addresses, numbers })
}

/// Reads the file from top to bottom; `None` where the model cannot be made, which is then said.
fn model(draft: &mut Draft) -> Option<Model> {
    // What the mechanisms refer to comes first; changes come last, when every address is known.
    let header = draft.header();
    draft.groups();
    draft.place_names();
    draft.parameters();
    if !draft.cells_in_bounds() {
        return None;
    }
    let places = draft.places();
    let arrivals = draft.arrivals();
    let births = draft.births();
    let ageing = draft.ageing();
    let moves = draft.moves();
    let mut stays = draft.stays();
    let programmes = draft.programmes();
    let shocks = draft.shocks();
    let corrections = draft.corrections();
    let regimes = draft.regimes();
    let policies = draft.policies();
    let costs = draft.costs();
    let outcomes = draft.outcomes();
    let observed = draft.observed();
    let (changes, parameter_changes) = draft.changes();
    draft.warn_of_stays_that_wander();
    for made in &draft.stay_changes {
        stays[made.stay].changes.push(made.change.clone());
    }
    let record = draft.record();
    draft.edges_in_bounds();
    if draft.errors > 0 {
        return None;
    }
    Some(Model {
        title: header.title,
        question: header.question,
        lesson: header.lesson,
        calendar: draft.calendar.clone(),
        replicates: header.replicates,
        seed: header.seed,
        groups: std::mem::take(&mut draft.groups),
        places,
        parameters: std::mem::take(&mut draft.parameters),
        parameter_changes,
        numbers: draft.numbers.take(),
        moves,
        stays,
        arrivals,
        births,
        ageing,
        programmes,
        shocks,
        corrections,
        regimes,
        policies,
        changes,
        costs,
        outcomes,
        observed,
        record,
    })
}
