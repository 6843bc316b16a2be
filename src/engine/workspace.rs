//! What a thread works with in a step. Never part of the answer: any step may begin with any workspace of its program.

use super::clocks::ClocksWorkspace;
use super::exits::ExitWorkspace;
use super::full::FullWorkspace;
use super::poissons::PoissonWorkspace;
use super::program::Program;
use super::programmes::ProgrammeWorkspace;
use super::readings::Readings;
use super::regimes::RegimeWorkspace;
use super::replicates::Replicates;
use super::rows::LaneRows;
use super::shocks::ShockWorkspace;
use super::unmoved::Unmoved;

/// What a thread works with in a step.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(super) readings: Readings,
    pub(super) mechanisms: Mechanisms,
}

/// What each mechanism works with.
#[derive(Clone, Debug)]
pub struct Mechanisms {
    /// Who may be met by a shock or take a seat in the step.
    pub(super) unmoved: Unmoved,
    pub(super) shocks: ShockWorkspace,
    pub(super) programmes: ProgrammeWorkspace,
    pub(super) full: FullWorkspace,
    pub(super) exits: ExitWorkspace,
    pub(super) clocks: ClocksWorkspace,
    /// Of arrivals and births.
    pub(super) poissons: PoissonWorkspace,
    pub(super) regimes: RegimeWorkspace,
}

impl Workspace {
    /// For blocks of `lanes` replicates.
    pub fn new(program: &Program, lanes: usize) -> Workspace {
        let numbers = program.numbers.varies();
        let hazards = program.hazards.varies(numbers);
        let parts = program.splits.varies(numbers);
        let readings = Readings {
            lanes,
            numbers: LaneRows::new(lanes, numbers),
            crowding: program.hazards.crowding_rows(lanes),
            hazards: LaneRows::new(lanes, &hazards),
            parts: LaneRows::new(lanes, &parts),
            exits: program.exits.rows(lanes, &hazards, &parts),
            exit_probabilities: program.clocks.exit_probabilities(lanes),
        };
        let mechanisms = Mechanisms {
            unmoved: Unmoved::default(),
            shocks: ShockWorkspace::default(),
            programmes: ProgrammeWorkspace::default(),
            full: FullWorkspace::default(),
            exits: program.exits.workspace(lanes),
            clocks: program.clocks.workspace(lanes),
            poissons: PoissonWorkspace::new(lanes),
            regimes: RegimeWorkspace::default(),
        };
        Workspace { readings, mechanisms }
    }

    /// Reads every number and hazard of a step.
    pub(super) fn read(&mut self, program: &Program, step: u32, replicates: &Replicates) {
        let Readings { numbers, crowding, hazards, parts, exits, exit_probabilities, .. } =
            &mut self.readings;
        let Replicates { state, drawn, .. } = replicates;
        program.numbers.evaluate(step, &drawn.base, replicates, numbers);
        program.hazards.evaluate(step, state, numbers, crowding, hazards);
        program.splits.evaluate(numbers, parts);
        program.exits.evaluate(program.years, hazards, parts, exits);
        program.clocks.evaluate(step, &drawn.lengths, exit_probabilities);
    }
}
