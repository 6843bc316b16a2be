//! Seats for those who have waited longest: who came in one step is served like a class.
//!
//! Within one step of coming seats fall to people at random, as they do where nobody asks who came first.

use super::at::ProgrammeReplicate;
use super::book::Book;
use super::fill::Falling;
use super::hall::{Came, Earlier, SeatTake};
use super::programme::CompiledProgramme;
use crate::engine::chance::Chance;

impl CompiledProgramme {
    /// Seats fall to the people of a class, step of coming after step of coming.
    pub(super) fn fall_by_wait(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        falling: &mut Falling,
        book: &mut Book,
        Earlier { programme, takes }: Earlier,
        roll: &mut Vec<Came>,
    ) {
        let Falling { offer, class, parties, waiting, .. } = &*falling;
        roll.clear();
        let lines = parties.iter().map(|party| &offer.lines[party.line].classes[*class]);
        let cells = lines.flat_map(|class| &class.eligible).zip(waiting.iter()).enumerate();
        for (cell, (eligible, waiting)) in cells {
            if waiting.people <= 0.0 {
                continue;
            }
            let source = eligible.source;
            let mine = |take: &&SeatTake| take.programme == programme && take.source == source;
            let gone = takes.iter().copied().flatten().filter(mine).map(|take| take.count).sum();
            let site = self.sources[source].site;
            book.roll(
                at.now.chance,
                |site, ordinal| at.draw(site, ordinal),
                (source, site, at.lane),
                (waiting, gone, at.round == 0),
                |row, seats| roll.push(Came { row, cell, seats }),
            );
        }
        // A stable sort: those who came together stay in the order of cells.
        roll.sort_by_key(|came| came.row);
        for together in roll.chunk_by(|one, other| one.row == other.row) {
            if falling.left <= 0.0 {
                return;
            }
            falling.wants.fill(0.0);
            together.iter().for_each(|came| falling.wants[came.cell] = came.seats);
            falling.fall(at, self, Some(together[0].row.bits()));
        }
    }
}
