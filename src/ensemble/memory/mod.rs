//! What an ensemble will take of memory, estimated before it begins.
//!
//! How many numbers are recorded is known, and how far each will spread over replicates is not. So there are three answers: the *least*, as
//! if nothing varied; the *most*, as if every replicate had another value; and what is *likely*, from a few replicates that are stepped
//! to see how far their values lie apart.

mod block;
mod kinds;
mod spread;

use super::block::{Randomness, RecordedVariant, Worker};
use super::block_group::together;
use super::compare::Pairing;
use super::distribution::EXACT;
use super::error::SimulateError;
use super::histogram::Histogram;
use super::machine::{Machine, at_once};
use super::paired::Paired;
use super::plan::SeriesPlan;
use super::side_by_side::prepare;
use super::tally::Tally;
use super::threads::how_many;
use super::track::Track;
use super::watch::Watch;
use crate::engine::Program;
use crate::engine::chance::MonteCarlo;
use crate::random::Keys;
use crate::random::lanes::InstructionLevel;
pub(super) use block::block_bytes;
use block::recording;
pub use kinds::RecordKind;
use kinds::{KindCount, count};
use spread::{LOOKED_AT, SeenNumbers, most};

/// Something that takes memory.
#[derive(Clone, Debug, PartialEq)]
pub struct MemoryPart {
    /// What, in words: "replicates at work, on 4 threads".
    pub what: String,
    /// How many bytes.
    pub bytes: u64,
    /// How it takes less, in words of the command or the file.
    pub less: &'static str,
}

/// What a run takes, part by part, the largest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemoryEstimate {
    /// The parts.
    pub parts: Vec<MemoryPart>,
}

impl MemoryEstimate {
    /// In all.
    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.bytes).fold(0, u64::saturating_add)
    }

    fn of(mut parts: Vec<MemoryPart>) -> MemoryEstimate {
        parts.retain(|part| part.bytes > 0);
        parts.sort_by_key(|part| std::cmp::Reverse(part.bytes));
        MemoryEstimate { parts }
    }
}

/// What the program takes before it does anything.
const ITSELF: u64 = 30 << 20;
/// A thread: its stack, as far as it is used, and what the system keeps for it.
const THREAD: u64 = 512 << 10;
/// A number of the answer, and a difference.
const STAT: u64 = 88;
const DIFFERENCE: u64 = 168;
/// A number of the one replicate of expected mode, and a pair of them.
const TRACE: u64 = 16;
const PAIR_TRACE: u64 = 24;
/// What counts are told apart by where there are many.
const REFERENCE: u64 = 16;
/// Of eight bytes that are asked for nine are taken: rounding up, and gaps where something was.
const GAPS: (u64, u64) = (9, 8);

/// An ensemble that is yet to be.
#[derive(Debug)]
pub struct Forecast {
    variants: Vec<RecordedVariant>,
    pairings: Vec<Pairing>,
    seed: u64,
    level: InstructionLevel,
    threads: u64,
    /// How many replicates; none in expected mode.
    replicates: Option<u64>,
    /// Whether they are added in several rounds, each with tallies of its own beside those so far.
    rounds: bool,
    /// How many of the kind there are at the same time.
    times: u64,
    /// Programs beside those of the variants, in bytes.
    more_programs: u64,
}

impl Forecast {
    /// Of the variants of an [`Ensemble`](super::Ensemble) with `replicates`, or of expected mode.
    ///
    /// # Errors
    /// When variants have other steps or dates than what they are compared with.
    pub fn new(
        tracks: &[Track],
        against: usize,
        seed: u64,
        machine: Machine,
        replicates: Option<u64>,
        plan: impl Fn(&Program) -> SeriesPlan,
    ) -> Result<Forecast, SimulateError> {
        let (variants, pairings) = prepare(tracks, against, plan)?;
        let threads = match (replicates, machine.threads) {
            (None, _) => 1,
            (_, threads) => how_many(threads) as u64,
        };
        Ok(Forecast {
            variants,
            pairings,
            seed,
            level: machine.level,
            threads,
            replicates,
            rounds: false,
            times: 1,
            more_programs: 0,
        })
    }

    /// Whether replicates are added in several rounds.
    pub fn in_rounds(self, rounds: bool) -> Forecast {
        Forecast { rounds, ..self }
    }

    /// So many of the kind at the same time.
    pub fn times(self, times: u64) -> Forecast {
        Forecast { times, ..self }
    }

    /// With programs beside those of the variants, of so many bytes: of the parts of variants.
    pub fn with_programs(self, more_programs: u64) -> Forecast {
        Forecast { more_programs, ..self }
    }

    /// As if nothing varied.
    pub fn least(&self) -> MemoryEstimate {
        self.estimate(&|_| 0, 0)
    }

    /// As if every replicate had another value of everything.
    pub fn most(&self) -> MemoryEstimate {
        let Some(replicates) = self.replicates else { return self.least() };
        self.estimate(&|_| most(replicates), most(replicates))
    }

    /// From some replicates of every variant, as far as `watch` lets them go.
    pub fn likely(&self, watch: &dyn Watch) -> MemoryEstimate {
        let Some(replicates) = self.replicates else { return self.least() };
        let keys = Keys { seed: self.seed };
        let randomness = Randomness {
            chance: &MonteCarlo { keys, first: 0, level: self.level },
            draw: |program: &Program| program.draw(&keys, 0, LOOKED_AT),
            first: 0,
        };
        let listed = self.listed(replicates);
        let mut variants: Vec<SeenNumbers<'_>> =
            self.variants.iter().map(|variant| SeenNumbers::of(variant, replicates, listed)).collect();
        let mut pairs: Vec<SeenNumbers<'_>> =
            self.pairings.iter().map(|_| SeenNumbers::of_pair(replicates, listed)).collect();
        let zeros = [0.0; LOOKED_AT];
        // Stopped, or ended by a replicate that cannot go on, it has seen what it has seen: the run itself will say so.
        let _ = Worker::new(&self.variants, !self.pairings.is_empty()).run(
            LOOKED_AT,
            &randomness,
            watch,
            &mut variants,
            |boundary, rows| {
                for (pairing, sink) in self.pairings.iter().zip(&mut pairs) {
                    pairing.compare(boundary, rows, &zeros, sink);
                }
            },
        );
        self.estimate(
            &|kind| SeenNumbers::mean(&variants, kind).unwrap_or_else(|| most(replicates)),
            SeenNumbers::mean(&pairs, RecordKind::Differences).unwrap_or_else(|| most(replicates)),
        )
    }

    /// Where a number of a kind takes so many bytes beside its tally, and a difference.
    fn estimate(&self, of_kind: &dyn Fn(RecordKind) -> u64, of_pair: u64) -> MemoryEstimate {
        let slots = self.variants.iter().map(|variant| variant.table.slots()).sum::<usize>();
        let cells = self.pairings.iter().map(Pairing::cells).sum::<usize>();
        let (mut tally, mut paired) = (TRACE + STAT, PAIR_TRACE + DIFFERENCE);
        let tallies = Tally::how_many(slots + cells, self.threads as usize) as u64 + u64::from(self.rounds);
        if self.replicates.is_some() {
            tally = tallies * (size_of::<Histogram>() as u64 + 8) + REFERENCE + STAT;
            paired = tallies * (size_of::<Paired>() as u64 + 8) + REFERENCE + DIFFERENCE;
        }
        let with_gaps = |bytes: u64| bytes.saturating_mul(GAPS.0) / GAPS.1;
        let mut parts = Vec::new();
        for KindCount { kind, series, points } in count(&self.variants) {
            let bytes = points.saturating_mul(tally + tallies * of_kind(kind));
            parts.push(MemoryPart {
                what: format!("{}: {} series, {} numbers", kind.words(), grouped(series), grouped(points)),
                bytes: with_gaps(bytes),
                less: kind.less(),
            });
        }
        let compared = match self.pairings.len() {
            1 => "a variant".to_string(),
            many => format!("{many} variants"),
        };
        parts.push(MemoryPart {
            what: format!("differences of {compared}: {} numbers", grouped(cells as u64)),
            bytes: with_gaps((cells as u64).saturating_mul(paired + tallies * of_pair)),
            less: "`--variants` with fewer names",
        });
        let (programs, blocks) = self.at_work();
        let variants = self.variants.len();
        parts.push(MemoryPart {
            what: match variants {
                1 => "its mechanisms, places and groups".into(),
                variants => format!("the mechanisms, places and groups of {variants} variants"),
            },
            bytes: with_gaps(programs),
            less: "`--variants` with fewer names, or fewer groups",
        });
        parts.extend(blocks);
        for part in parts.iter_mut().filter(|_| self.times > 1) {
            part.bytes = part.bytes.saturating_mul(self.times);
            part.what = format!("{}, for {} points at a time", part.what, self.times);
        }
        parts.push(MemoryPart { what: "the program itself".into(), bytes: ITSELF, less: "" });
        MemoryEstimate::of(parts)
    }

    /// How many replicates are counted value by value in every step before bins are chosen: none where so many are stepped together
    /// that bins are chosen within the step.
    fn listed(&self, replicates: u64) -> u64 {
        let (lanes, together) = self.blocks();
        if together > self.threads && together * lanes > EXACT as u64 { 0 } else { replicates }
    }

    /// How many replicates a block has, and how many blocks are at work at the same time.
    fn blocks(&self) -> (u64, u64) {
        let programs: Vec<&Program> = self.variants.iter().map(|variant| &*variant.track.program).collect();
        let lanes = self.replicates.map_or(1, |n| at_once(&programs, n, self.threads as usize).min(n.max(1)));
        let bytes =
            self.variants.iter().map(|variant| block_bytes(variant, lanes)).fold(0, u64::saturating_add);
        let blocks = self.replicates.map_or(1, |n| n.div_ceil(lanes));
        (lanes, together(blocks, bytes, self.threads))
    }

    /// The programs, and what threads work in.
    fn at_work(&self) -> (u64, Vec<MemoryPart>) {
        let (lanes, together) = self.blocks();
        let (mut shared, mut block, mut ages, mut waiting) = (0u64, 0u64, 0u64, 0u64);
        for variant in &self.variants {
            let room = variant.track.program.room(lanes);
            shared = shared.saturating_add(room.program);
            block = block.saturating_add(room.block).saturating_add(recording(variant, lanes));
            ages = ages.saturating_add(room.ages);
            waiting = waiting.saturating_add(room.waiting);
        }
        let on = match self.threads {
            1 => "one thread".to_string(),
            threads => format!("{threads} threads"),
        };
        let of = |what: &str, bytes: u64, less| MemoryPart {
            what: format!("{what}, {} at a time on {on}", lanes * together),
            bytes: bytes.saturating_mul(together).saturating_add(THREAD * self.threads),
            less,
        };
        let mut parts = vec![
            of("replicates at work", block, "`--threads 1`, or fewer groups"),
            of(
                "people by the end of their stay or age",
                ages,
                "`--threads 1`, a longer `step`, or fewer groups with stays",
            ),
            of("people who wait, by step", waiting, "`--threads 1`, or a longer `step`"),
        ];
        if self.more_programs > 0 {
            parts.push(MemoryPart {
                what: "what parts of variants contribute".into(),
                bytes: self.more_programs,
                less: "`--variants` with fewer names, fewer changes in a variant, or no `--attribution`",
            });
        }
        (shared, parts)
    }
}

/// A whole number with its digits in threes.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let threes = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    threes.collect::<Vec<_>>().join(",")
}
