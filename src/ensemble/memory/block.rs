//! What a block of histories takes.

use crate::ensemble::block::Recorded;
use crate::ensemble::plan::Reads;

/// What a block of histories takes, at most.
pub(in crate::ensemble) fn block_bytes(world: &Recorded<'_>, lanes: u64) -> u64 {
    let room = world.track.program.room(lanes);
    [room.ages, room.waiting, recording(world, lanes)].into_iter().fold(room.block, u64::saturating_add)
}

/// What is held of the last twelve months and to date of a block, in bytes; and what is compared.
pub(super) fn recording(world: &Recorded<'_>, lanes: u64) -> u64 {
    let plan = &world.plan;
    let calendar = &world.track.program.model().calendar;
    let kept = u64::from(calendar.steps().min(calendar.steps_in(1.0))) + 1;
    let ratios = plan.measures.iter().filter(|it| matches!(it.reads, Reads::Ratio { .. })).count();
    // In half a number each, as a rule.
    let trailing = (plan.rates.len() + ratios) as u64 * (kept + 4);
    let rows = (world.table.rows() + plan.flows.len() + plan.measures.len() + 3 * plan.outcomes.len()) as u64;
    8 * lanes * (trailing + rows + plan.observed.cells.len() as u64)
}
