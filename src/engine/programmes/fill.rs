//! Who gets the seats of an offer: class after class, and within a class people at random.

use super::deal::deal;
use super::memory::Memory;
use super::{At, Offer};
use crate::engine::chance::Chance;
use crate::engine::state::{Flows, State};

/// Room to work in.
#[derive(Debug, Default)]
pub struct Room {
    /// The lines that take part.
    pub parties: Vec<Party>,
    /// Of the cells of the class at hand: those who would go, and the seats that they would take.
    waiting: Vec<Waiting>,
}

/// A line that takes part in an offer.
#[derive(Debug)]
pub struct Party {
    /// Its index in the offer.
    pub line: usize,
    /// In how many of the occasions it takes part, as a share.
    pub weight: f64,
    /// How often people are asked whether they consent.
    pub asked: f64,
    /// The seats that it might get at most.
    pub offered: f64,
    /// The most seats that it may still get.
    pub most: f64,
    /// The seats that its people of the class at hand would take.
    pub waiting: f64,
    /// The seats that it got for them.
    pub given: f64,
    /// Its people who went.
    pub gone: f64,
}

/// Who of a cell would go.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// People of the cell.
    pub people: f64,
    /// Seats, for them and those who travel with them.
    pub seats: f64,
}

impl Room {
    /// Lets a line take part if it is open and has something left of its cap.
    pub fn invite(
        &mut self,
        at: &At<impl Chance>,
        memory: &Memory,
        (index, line): (usize, &super::Line),
        weight: f64,
        occasions: f64,
        seats: f64,
    ) {
        let cap = line.terms.cap_left(at, memory);
        if !line.terms.open_at(at.now.step) || weight <= 0.0 || cap <= 0.0 {
            return;
        }
        let attended = if weight < 1.0 { at.now.chance.whole(weight * seats) } else { f64::INFINITY };
        self.parties.push(Party {
            line: index,
            weight,
            asked: (occasions * weight).max(1.0),
            offered: cap.min(attended).min(seats),
            most: cap.min(attended),
            waiting: 0.0,
            given: 0.0,
            gone: 0.0,
        });
    }
}

impl Offer {
    /// Gives seats to the people of the lines that take part; gives how many people went.
    pub fn fill(
        &self,
        at: &At<impl Chance>,
        state: &mut State,
        flows: &mut Flows,
        seats: f64,
        room: &mut Room,
    ) -> f64 {
        let Room { parties, waiting } = room;
        let mut seats = seats;
        let mut gone = 0.0;
        for class in 0..self.classes {
            waiting.clear();
            for party in parties.iter_mut() {
                let line = &self.lines[party.line];
                let before = waiting.len();
                let cells = &line.classes[class].eligible;
                waiting.extend(cells.iter().map(|cell| cell.waiting(at, state, line, party.asked)));
                party.waiting = waiting[before..].iter().map(|cell| cell.seats).sum();
            }
            let sites = |party: &Party| self.lines[party.line].classes[class].site;
            deal(at, seats, parties, sites);
            let mut cells_before = 0;
            for party in parties.iter_mut() {
                seats -= party.given;
                party.most -= party.given;
                let class = &self.lines[party.line].classes[class];
                let (mut left, mut population) = (party.given, party.waiting);
                for (cell, waiting) in class.eligible.iter().zip(&waiting[cells_before..]) {
                    let draw = at.now.draw(cell.site, 0);
                    let taken = at.now.chance.hypergeometric(draw, at.lane, population, waiting.seats, left);
                    population -= waiting.seats;
                    let (used, went) = cell.go(at, state, flows, *waiting, taken, left);
                    left -= used;
                    party.gone += went;
                    gone += went;
                }
                if class.has_families() {
                    // Seats that are too few for one more family are left for the next class.
                    seats += left;
                    party.most += left;
                }
                cells_before += class.eligible.len();
            }
        }
        gone
    }
}
