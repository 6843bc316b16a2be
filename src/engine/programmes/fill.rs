//! Who gets the seats of an offer: class after class, and within a class people at random, or the longest waiting first
//! ([`longest`](super::longest)).

use super::at::ProgrammeReplicate;
use super::deal::deal;
use super::family::Asking;
use super::hall::{Earlier, Party, ProgrammeWorkspace, ProgrammesWorkspace, SeatTake};
use super::programme::{CompiledProgramme, Offer};
use super::waiting::Waiting;
use crate::engine::chance::Chance;
use crate::random::Site;

/// Seats that fall to the people of a class.
pub(super) struct Falling<'a> {
    pub(super) offer: &'a Offer,
    pub(super) class: usize,
    pub(super) parties: &'a mut [Party],
    /// The cells of all parties, one party's after the other's.
    pub(super) waiting: &'a [Waiting],
    /// By cell, the seats that people would take of those that fall next.
    pub(super) wants: &'a mut [f64],
    /// By cell, the seats that fell to it.
    pub(super) falls: &'a mut [f64],
    /// The seats that are left.
    pub(super) left: f64,
}

impl Falling<'_> {
    /// Seats fall at random to those who would take them now, of whom there may be several `bodies` in a step: each draws for itself.
    pub(super) fn fall(
        &mut self,
        at: &ProgrammeReplicate<impl Chance>,
        programme: &CompiledProgramme,
        body: Option<u64>,
    ) {
        let site = |site: Site| body.map_or(site, |body| site.at(body));
        let Falling { offer, class, parties, wants, falls, left, .. } = self;
        let class_of = |party: &Party| &offer.lines[party.line].classes[*class];
        let mut rest = &**wants;
        for party in parties.iter_mut() {
            let (own, others) = rest.split_at(class_of(party).eligible.len());
            party.waiting = own.iter().sum();
            rest = others;
        }
        deal(at, *left, parties, |party| site(class_of(party).site));
        let mut cells = wants.iter().zip(falls.iter_mut());
        for party in parties.iter_mut() {
            *left -= party.given;
            party.most -= party.given;
            let (mut falling, mut population) = (party.given, party.waiting);
            for (cell, (wants, falls)) in class_of(party).eligible.iter().zip(&mut cells) {
                let draw = at.draw(site(programme.sources[cell.source].site), 0);
                let seats = at.now.chance.hypergeometric(draw, at.lane, population, *wants, falling);
                population -= wants;
                falling -= seats;
                *falls += seats;
            }
        }
    }
}

impl CompiledProgramme {
    /// Gives seats to the people of the lines that take part in a plan, who are then no longer there; gives how many.
    pub(super) fn fill(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        hall: &mut ProgrammesWorkspace,
        plan: usize,
        seats: f64,
    ) -> f64 {
        let ProgrammesWorkspace { unmoved, books, workspace } = hall;
        let ProgrammeWorkspace {
            plans, parties, waiting, wants, falls, roll, takes, granted, contest, ..
        } = &mut **workspace;
        let taking = &plans[plan];
        let offer = &self.offers[taking.offer];
        let (first, parties) = (taking.parties.start, &mut parties[taking.parties.clone()]);
        let mut left = seats;
        for class in 0..offer.classes {
            if left <= 0.0 {
                break;
            }
            waiting.clear();
            for party in parties.iter() {
                let line = &offer.lines[party.line];
                let asking = Asking { programme: self, index: taking.programme, line, asked: party.asked };
                let cells = line.classes[class].eligible.iter();
                waiting.extend(cells.map(|cell| cell.waiting(at, asking, unmoved, (granted, contest))));
            }
            wants.clear();
            wants.extend(waiting.iter().map(Waiting::seats));
            falls.clear();
            falls.resize(waiting.len(), 0.0);
            let mut falling = Falling { offer, class, parties, waiting, wants, falls, left };
            match (&self.register, books.get_mut(taking.programme)) {
                (Some(_), Some(book)) => {
                    let earlier = Earlier { programme: taking.programme, takes: [takes, granted] };
                    self.fall_by_wait(at, &mut falling, book, earlier, roll);
                }
                _ => falling.fall(at, self, None),
            }
            left = falling.left;
            let mut cells_before = 0;
            for (number, party) in parties.iter().enumerate() {
                let class = &offer.lines[party.line].classes[class];
                let cells = class.eligible.iter().zip(&waiting[cells_before..]).zip(&falls[cells_before..]);
                for ((cell, waiting), seats) in cells.filter(|(_, seats)| **seats > 0.0) {
                    cell.go(at, self, (*waiting, *seats), unmoved, |source, travels, [willing, count]| {
                        takes.push(SeatTake {
                            programme: taking.programme,
                            plan,
                            party: first + number,
                            source,
                            cell: self.sources[source].cell,
                            travels,
                            willing,
                            count,
                        });
                    });
                }
                cells_before += class.eligible.len();
            }
        }
        seats - left
    }
}
