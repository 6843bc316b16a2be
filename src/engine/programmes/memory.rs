//! What programmes keep from one step to the next.

use super::book::Book;

/// How much there is to keep.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ProgrammeWidths {
    /// Offers with regular occasions.
    pub clocks: usize,
    /// Caps.
    pub caps: usize,
    /// Processes of random pauses.
    pub pauses: usize,
}

/// What programmes remember from one step to the next, by row and lane.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeMemory {
    lanes: usize,
    /// What has added up towards the next occasion.
    clocks: Vec<f64>,
    /// The people of this calendar year.
    used: Vec<f64>,
    pauses: Vec<PausePhase>,
    /// By programme, who came when: empty where nobody asks.
    pub(super) books: Vec<Book>,
}

/// Where a process of random pauses is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PausePhase {
    /// Years left of a pause, 0 where there is none; in expected mode the probability of a pause.
    pub paused: f64,
    /// How much of the rate of pauses may add up until the next one begins; 0 where that is not drawn yet.
    pub until_next: f64,
}

impl ProgrammeMemory {
    /// Nothing has happened yet.
    pub(super) fn new(widths: &ProgrammeWidths, books: Vec<Book>, lanes: usize) -> ProgrammeMemory {
        ProgrammeMemory {
            lanes,
            clocks: vec![0.0; widths.clocks * lanes],
            used: vec![0.0; widths.caps * lanes],
            pauses: vec![PausePhase::default(); widths.pauses * lanes],
            books,
        }
    }

    /// The clock of a row.
    pub(super) fn clock(&mut self, row: usize, lane: usize) -> &mut f64 {
        &mut self.clocks[row * self.lanes + lane]
    }

    /// What has been used of a cap.
    pub(super) fn used(&self, row: usize, lane: usize) -> f64 {
        self.used[row * self.lanes + lane]
    }

    /// What has been used of a cap, to change it.
    pub(super) fn used_mut(&mut self, row: usize, lane: usize) -> &mut f64 {
        &mut self.used[row * self.lanes + lane]
    }

    /// The phase of a process of random pauses.
    pub(super) fn phase(&mut self, row: usize, lane: usize) -> &mut PausePhase {
        &mut self.pauses[row * self.lanes + lane]
    }
}
