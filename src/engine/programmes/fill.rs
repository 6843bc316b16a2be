//! Who gets the seats of an offer: class after class, and within a class people at random.

use super::deal::deal;
use super::hall::{Hall, Take};
use super::{At, Programme};
use crate::engine::chance::Chance;
use crate::engine::still::Still;

/// Who of a cell would go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    /// People of the cell.
    pub(super) people: f64,
    /// Those who would travel with them.
    pub(super) along: f64,
}

impl Waiting {
    /// Nobody.
    pub(super) const NOBODY: Waiting = Waiting { people: 0.0, along: 0.0 };

    /// The seats that they would take.
    pub(super) fn seats(&self) -> f64 {
        self.people + self.along
    }
}

impl Programme {
    /// Gives seats to the people of the lines that take part in a plan, who are then no longer there; gives how many.
    pub(super) fn fill(
        &self,
        at: &At<impl Chance>,
        hall: &mut Hall,
        plan: usize,
        seats: f64,
        still: &mut Still,
    ) -> f64 {
        let Hall { plans, parties, waiting, takes, granted, contest, .. } = hall;
        let taking = &plans[plan];
        let offer = &self.offers[taking.offer];
        let (first, parties) = (taking.parties.start, &mut parties[taking.parties.clone()]);
        let mut left = seats;
        for class in 0..offer.classes {
            if left <= 0.0 {
                break;
            }
            waiting.clear();
            for party in parties.iter_mut() {
                let line = &offer.lines[party.line];
                let before = waiting.len();
                let cells = line.classes[class].eligible.iter();
                waiting.extend(cells.map(|cell| {
                    let earlier = (taking.programme, granted.as_slice(), &*contest);
                    cell.waiting(at, self, line, party.asked, still, earlier)
                }));
                party.waiting = waiting[before..].iter().map(Waiting::seats).sum();
            }
            deal(at, left, parties, |party| offer.lines[party.line].classes[class].site);
            let mut cells_before = 0;
            for (number, party) in parties.iter_mut().enumerate() {
                left -= party.given;
                party.most -= party.given;
                let class = &offer.lines[party.line].classes[class];
                let (mut falling, mut population) = (party.given, party.waiting);
                for (cell, waiting) in class.eligible.iter().zip(&waiting[cells_before..]) {
                    let draw = at.draw(self.sources[cell.source].site, 0);
                    let seats =
                        at.now.chance.hypergeometric(draw, at.lane, population, waiting.seats(), falling);
                    population -= waiting.seats();
                    falling -= seats;
                    if seats > 0.0 {
                        cell.go(at, self, *waiting, seats, still, |source, along, [willing, count]| {
                            takes.push(Take {
                                programme: taking.programme,
                                plan,
                                party: first + number,
                                source,
                                cell: self.sources[source].cell,
                                along,
                                willing,
                                count,
                            });
                        });
                    }
                }
                cells_before += class.eligible.len();
            }
        }
        seats - left
    }
}
