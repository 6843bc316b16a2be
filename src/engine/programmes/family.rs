//! Who of a cell would take a seat, and with whom.
//!
//! Seats that fall to families are all used. How many of them heads take is rounded at random about one for each mean size; the
//! others go with them. So sizes differ from family to family and keep their mean, whatever the number of seats, and no seat is
//! carried from one occasion to another.

use super::at::ProgrammeReplicate;
use super::hall::{ContestWorkspace, SeatTake, Travels};
use super::programme::{CompiledLine, CompiledProgramme, Eligible, Role};
use super::source::SourceId;
use super::waiting::Waiting;
use crate::engine::chance::Chance;
use crate::engine::unmoved::Unmoved;
use crate::model::NumberId;

/// Draws of a cell's site: the number 0 is how many of the seats fall to it.
const CONSENT: u32 = 1;
const FAMILIES: u32 = 2;
const SIZE: u32 = 3;
const COMPANIONS: u32 = 4;

/// Fewer heads than this are none: people are fractional in expected mode.
const NOBODY: f64 = 0.5;

/// A line of a programme whose people are asked whether they would go.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) programme: &'a CompiledProgramme,
    /// Its index.
    pub(super) index: usize,
    pub(super) line: &'a CompiledLine,
    /// How often they are asked.
    pub(super) asked: f64,
}

impl Eligible {
    /// Who would go; heads answer for their families. In later rounds of a contest those who consented are not asked again:
    /// `granted` are those who got seats, by any programme.
    pub(super) fn waiting(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        Asking { programme, index, line, asked }: Asking,
        unmoved: &Unmoved,
        (granted, contest): (&[SeatTake], &ContestWorkspace),
    ) -> Waiting {
        let people = |source: SourceId| unmoved.people(programme.sources[source].cell, at.lane);
        if at.round > 0 && contest.exhausted.contains(&(index, self.source)) {
            return Waiting::NOBODY;
        }
        if let Role::With { head } = self.role
            && people(head) >= NOBODY
        {
            return Waiting::NOBODY;
        }
        let (source, present) = (&programme.sources[self.source], people(self.source));
        let going = match line.consent {
            None => present,
            Some(consent) => {
                let consents = at_least_once(at.number(consent), asked);
                let draw = at.now.draw(source.site, CONSENT);
                let all = if at.round == 0 { present } else { contest.before[source.cell] };
                let consenting = at.now.chance.binomial(draw, at.lane, all, consents);
                let mine = |take: &&SeatTake| {
                    take.programme == index && take.source == self.source && take.travels == Travels::Leading
                };
                let gone: f64 = granted.iter().filter(mine).map(|take| take.count).sum();
                // What rounding leaves of fractional people is nobody.
                (consenting - gone).min(present).max(0.0)
            }
        };
        let along = match &self.role {
            Role::Head { mean_size, with } if present >= NOBODY => {
                let wish = going * (size(at, *mean_size) - 1.0);
                let wish = at.now.chance.rounded(at.draw(source.site, SIZE), at.lane, wish);
                wish.min(with.iter().map(|source| people(*source)).sum())
            }
            _ => 0.0,
        };
        Waiting { people: going, along }
    }

    /// Those of the cell, and those who travel with them, who take the `seats` that fell to it.
    pub(super) fn go(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        programme: &CompiledProgramme,
        (waiting, seats): (Waiting, f64),
        unmoved: &mut Unmoved,
        mut take: impl FnMut(SourceId, Travels, [f64; 2]),
    ) {
        let people =
            |source: SourceId, unmoved: &Unmoved| unmoved.people(programme.sources[source].cell, at.lane);
        let mut take = |source: SourceId, travels: Travels, count: f64, unmoved: &mut Unmoved| {
            if count > 0.0 {
                let willing = match travels {
                    Travels::Leading => waiting.people,
                    Travels::Along => people(source, unmoved),
                };
                unmoved.take(programme.sources[source].cell, at.lane, count);
                take(source, travels, [willing, count]);
            }
        };
        let Role::Head { mean_size, with } = &self.role else {
            return take(self.source, Travels::Leading, seats, unmoved);
        };
        let chance = at.now.chance;
        let draw = |source: SourceId, ordinal| at.draw(programme.sources[source].site, ordinal);
        // Where those who travel with them are few, heads go without.
        let heads = (seats / size(at, *mean_size)).max(seats - waiting.along).min(waiting.people);
        let heads = chance.rounded(draw(self.source, FAMILIES), at.lane, heads);
        take(self.source, Travels::Leading, heads, unmoved);
        let mut others: f64 = with.iter().map(|source| people(*source, unmoved)).sum();
        let mut rest = (seats - heads).min(others).max(0.0);
        for source in with {
            let present = people(*source, unmoved);
            let count = chance.hypergeometric(draw(*source, COMPANIONS), at.lane, others, present, rest);
            others -= present;
            rest -= count;
            take(*source, Travels::Along, count, unmoved);
        }
    }
}

/// The mean size of a family, at least the head.
fn size(at: &ProgrammeReplicate<impl Chance>, mean_size: NumberId) -> f64 {
    at.number(mean_size).max(1.0)
}

/// The probability of consenting at least once when asked so often.
fn at_least_once(consent: f64, asked: f64) -> f64 {
    if asked > 1.0 { 1.0 - libm::pow(1.0 - consent, asked) } else { consent }
}
