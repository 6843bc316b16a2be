//! What a block of replicates takes.

use crate::ensemble::block::RecordedVariant;
use crate::ensemble::plan::MetricSeriesKind;

/// What a block of replicates takes, at most.
pub(in crate::ensemble) fn block_bytes(variant: &RecordedVariant, lanes: u64) -> u64 {
    let room = variant.track.program.room(lanes);
    [room.ages, room.waiting, recording(variant, lanes)].into_iter().fold(room.block, u64::saturating_add)
}

/// What is held of the last twelve months and to date of a block, in bytes; and what is compared.
pub(super) fn recording(variant: &RecordedVariant, lanes: u64) -> u64 {
    let plan = &variant.plan;
    let calendar = &variant.track.program.model().calendar;
    let kept = u64::from(calendar.steps().min(calendar.steps_in(1.0))) + 1;
    let ratios = plan.measures.iter().filter(|it| matches!(it.reads, MetricSeriesKind::Ratio { .. })).count();
    // In half a number each, as a rule.
    let trailing = (plan.rates.len() + ratios) as u64 * (kept + 4);
    let rows =
        (variant.table.rows() + plan.flows.len() + plan.measures.len() + 3 * plan.outcomes.len()) as u64;
    8 * lanes * (trailing + rows + plan.observed.cells.len() as u64)
}
