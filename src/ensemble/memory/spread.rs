//! How many bytes the counts of a number take, from a few of its values.

use super::super::block::RecordedVariant;
use super::super::compare::PairSink;
use super::super::distribution::EXACT;
use super::super::paired::apart;
use super::super::plan::SeriesPlan;
use super::super::recorder::Sink;
use super::super::reference::Reference;
use super::super::scale::SeriesScale;
use super::super::series::{RecordedSeries, SeriesId, SeriesTable};
use super::kinds::{RecordKind, kind_of};

/// So many replicates are looked at.
pub const LOOKED_AT: usize = 16;

/// Windows of counts are as wide as this at most, or three times what they hold.
const NARROW: u64 = 512;
/// What holds the counts of one number, beside them.
const HOLDER: u64 = 32;
/// The exact sums of a number that is not whole.
const SUMS: u64 = 112;
/// A value of a list and its count.
const LISTED: u64 = 10;
/// More bins than this are not told apart: 128 for each doubling of the distance from the centre, on both sides.
const MOST_BINS: u64 = 12_000;

/// As if each of so many replicates had another value.
pub fn most(replicates: u64) -> u64 {
    let held = replicates.min(MOST_BINS);
    let bytes = bytes_a_count(replicates, NARROW);
    HOLDER + SUMS + (NARROW * bytes).max(3 * held * bytes).max(held * LISTED)
}

/// How many bytes a count takes where so many replicates lie in so many bins.
fn bytes_a_count(replicates: u64, bins: u64) -> u64 {
    match 4 * replicates / bins.max(1) {
        0..256 => 1,
        256..65_536 => 2,
        _ => 4,
    }
}

/// What so many replicates are likely to take of which these are some values, whole or not. So many are counted value by value in every
/// step before bins are chosen.
fn likely(values: &[f64], scale: SeriesScale, replicates: u64, listed: u64) -> u64 {
    let whole = scale.is_whole();
    let mut some = values.iter().copied().filter(|value| value.is_finite());
    let Some(first) = some.next() else { return HOLDER };
    let (least, most_of) = some.fold((first, first), |(least, most), it| (least.min(it), most.max(it)));
    let range = most_of - least;
    let sums = if whole { 0 } else { SUMS };
    if range <= 0.0 {
        return HOLDER + sums;
    }
    // As the range of a normal number grows with how many there are.
    let grows = 1.0 + 0.2 * libm::log((replicates as f64 / LOOKED_AT as f64).max(1.0));
    let beyond = range * (grows - 1.0) / 2.0;
    let (low, high) = (least - beyond, most_of + beyond);
    let held = |bins: u64| replicates.min(bins);
    let exact = if whole { ((high - low) as u64).saturating_add(1) } else { u64::MAX };
    let bins = if held(exact) <= EXACT as u64 {
        exact
    } else {
        let reference = Reference::of(values, whole).or_scale(1.0);
        u64::from(reference.bin(high) - reference.bin(low)) + 1
    };
    let bytes = bytes_a_count(replicates, bins);
    // With some room to grow.
    let taken = match bins <= NARROW || bins <= 3 * held(bins) {
        true => bins * bytes,
        false => held(bins) * LISTED,
    };
    let taken = if bins == exact { taken } else { taken.max(listed.min(EXACT as u64) * LISTED) };
    HOLDER + sums + taken + taken / 4
}

/// What was seen of the numbers of a variant, or of differences.
pub struct SeenNumbers<'a> {
    /// Of a variant, what it records.
    of: Option<(&'a SeriesPlan, &'a SeriesTable)>,
    replicates: u64,
    listed: u64,
    /// By kind: how many numbers were seen, and what they are likely to take.
    seen: Vec<(RecordKind, u64, u64)>,
}

impl<'a> SeenNumbers<'a> {
    /// Nothing yet, of a variant. So many replicates are counted value by value in every step before bins are chosen.
    pub fn of(variant: &'a RecordedVariant, replicates: u64, listed: u64) -> SeenNumbers<'a> {
        SeenNumbers { of: Some((&variant.plan, &variant.table)), replicates, listed, seen: Vec::new() }
    }

    /// Nothing yet, of differences.
    pub fn of_pair(replicates: u64, listed: u64) -> SeenNumbers<'a> {
        SeenNumbers { of: None, replicates, listed, seen: Vec::new() }
    }

    /// What a number of a kind takes on average; `None` where none was seen.
    pub fn mean(all: &[SeenNumbers<'_>], kind: RecordKind) -> Option<u64> {
        let of_kind = all.iter().flat_map(|seen| &seen.seen).filter(|(seen, ..)| *seen == kind);
        let (many, bytes) = of_kind.fold((0, 0), |sum, (_, many, bytes)| (sum.0 + many, sum.1 + bytes));
        (many > 0).then(|| bytes / many)
    }

    fn add(&mut self, kind: RecordKind, bytes: u64) {
        match self.seen.iter_mut().find(|(seen, ..)| *seen == kind) {
            Some((_, many, sum)) => (*many, *sum) = (*many + 1, *sum + bytes),
            None => self.seen.push((kind, 1, bytes)),
        }
    }
}

impl Sink for SeenNumbers<'_> {
    fn take(&mut self, series: SeriesId, _: usize, values: &[f64]) {
        let Some((plan, table)) = self.of else { return };
        let RecordedSeries { source, scale, .. } = table[series];
        self.add(kind_of(plan, source), likely(values, scale, self.replicates, self.listed));
    }
}

impl PairSink for SeenNumbers<'_> {
    fn take(&mut self, _: usize, scale: SeriesScale, variant: &[f64], against: &[f64]) {
        let mut between = [f64::NAN; LOOKED_AT];
        for (between, (variant, against)) in between.iter_mut().zip(variant.iter().zip(against)) {
            *between = apart(scale, *variant, *against);
        }
        self.add(RecordKind::Differences, likely(&between, scale, self.replicates, self.listed));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::bins::Bins;
    use super::*;
    use crate::random::lanes::InstructionLevel;

    #[test]
    fn what_is_likely_is_near_what_is_taken() {
        // A wide and a narrow number, whole: uniform over so many values.
        for (width, replicates) in [(40u64, 1000u64), (300, 1000), (40, 100_000), (100_000, 400)] {
            let value = |replicate: u64| (replicate * 7919 % width) as f64;
            let mut bins = Bins::default();
            for replicate in 0..replicates {
                let bin = value(replicate) as u64;
                bins.count(InstructionLevel::best(), (bin, bin), &[bin as u32]);
            }
            let taken = bins.bytes() as f64;
            let values: Vec<f64> = (0..LOOKED_AT as u64).map(|n| value(n * replicates / 16)).collect();
            let reported = (likely(&values, SeriesScale::Count, replicates, 0) - HOLDER) as f64;
            assert!(
                reported >= 0.8 * taken && reported <= 3.0 * taken,
                "{width} {replicates}: {reported} for {taken}"
            );
            assert!(most(replicates) as f64 >= taken, "{width} {replicates}");
        }
    }
}
