//! When what programmes measure is counted: after those who took seats have left, and at the end of a step.

use super::hall::ProgrammeWorkspace;
use super::measures::ProgrammeMetrics;
use super::memory::ProgrammeMemory;
use super::programme::{CompiledLine, Programmes};
use crate::engine::chance::Chance;
use crate::engine::movements::Movements;
use crate::engine::now::Now;

impl Programmes {
    /// Counts those who took a seat, when full places have sent back whom they refuse: they are the people of the cap. Those who
    /// are left wait for the first half of the step.
    pub fn count_served(
        &self,
        now: &Now<impl Chance>,
        movements: &mut Movements,
        memory: &mut ProgrammeMemory,
        workspace: &mut ProgrammeWorkspace,
    ) {
        let Movements { state, flows } = movements;
        let used = &mut workspace.used;
        for programme in &self.list {
            programme.metrics.count_used(&programme.terms, &programme.edges, flows, memory, used);
            for line in programme.offers.iter().flat_map(|offer| &offer.lines) {
                if let Some(metrics) = &line.metrics {
                    metrics.count_used(&line.terms, &line.edges, flows, memory, used);
                }
            }
        }
        self.metrics(|metrics| metrics.wait(state, flows, 6.0 * now.years));
        self.keep(memory, |register, book| register.reconcile_start(now, state, flows, book));
    }

    /// Measures who is eligible at the end of a step: they wait for its second half.
    pub fn measure(&self, now: &Now<impl Chance>, movements: &mut Movements, memory: &mut ProgrammeMemory) {
        let Movements { state, flows } = movements;
        self.metrics(|metrics| metrics.wait(state, flows, 6.0 * now.years));
        self.metrics(|metrics| metrics.end(state, flows));
        self.keep(memory, |register, book| register.end(now, state, flows, book));
    }

    fn metrics(&self, mut look: impl FnMut(&ProgrammeMetrics)) {
        for programme in &self.list {
            look(&programme.metrics);
            let lines = programme.offers.iter().flat_map(|offer| &offer.lines);
            lines.filter_map(|line: &CompiledLine| line.metrics.as_ref()).for_each(&mut look);
        }
    }
}
