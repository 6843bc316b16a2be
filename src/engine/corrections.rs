//! Corrections: a recount sets how many people there are, at the start of a step and before anything else happens in it.
//!
//! Who is too many is anybody of those there, each as likely as any other: a multivariate hypergeometric over groups. Who is
//! missing is like those who are there, a multinomial over groups; or comes from another place, where they are anybody of those
//! there. Several corrections in one step follow each other by name.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::most::MOST_PEOPLE;
use super::movements::Movements;
use super::now::{Body, Now};
use super::phase::Phase;
use crate::model::{CellId, CorrectedCount, Correction, Mechanism};
use crate::random::Site;

/// A cell whose people are counted.
#[derive(Clone, Debug)]
struct CountedCell {
    cell: CellId,
    /// The way of those who are too many.
    away: EdgeId,
    /// The way of those who are missing.
    into: EdgeId,
    /// The cell where these come from; `None`: from outside.
    source: Option<CellId>,
}

/// A correction.
#[derive(Clone, Debug)]
struct CompiledCorrection {
    /// Who draws whether a fraction of a person is one.
    site: Site,
    on: Option<u32>,
    count: CorrectedCount,
    cells: Vec<CountedCell>,
}

/// All corrections, by name.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    list: Vec<CompiledCorrection>,
}

impl Corrections {
    /// Compiles corrections.
    pub fn compile(builder: &mut Builder) -> Corrections {
        let model = builder.model;
        let mut order: Vec<usize> = (0..model.corrections.len()).collect();
        order.sort_by_key(|index| &model.corrections[*index].name);
        let list =
            order.into_iter().map(|index| compiled(builder, index, &model.corrections[index])).collect();
        Corrections { list }
    }

    /// Corrects the number of people where that is due.
    pub fn correct(&self, now: &Now<impl Chance>, movements: &mut Movements) {
        for correction in self.list.iter().filter(|correction| correction.on == Some(now.step)) {
            for lane in 0..movements.state.lanes() {
                correction.correct(now, lane, movements);
            }
        }
    }
}

fn compiled(builder: &mut Builder, index: usize, correction: &Correction) -> CompiledCorrection {
    let model = builder.model;
    let mechanism = Mechanism::Correction(index);
    let mut cells = Vec::new();
    for group in model.groups.matching(&correction.who) {
        let cell = model.cell(correction.at, group);
        let there = |place| model.cell(place, group);
        let source = correction.from.map(there);
        let away = match correction.to {
            Some(to) => builder.edge(mechanism, Some(cell), there(to)),
            None => builder.edge_out(mechanism, cell),
        };
        let into = builder.edge(mechanism, source, cell);
        cells.push(CountedCell { cell, away, into, source });
    }
    // Groups are gone through by name, so that the order of the file does not matter.
    cells.sort_by_cached_key(|counted| model.cell_name(counted.cell));
    let site = Site::of(&[&model.address(mechanism)]);
    CompiledCorrection { site, on: correction.on, count: correction.count, cells }
}

impl CompiledCorrection {
    fn correct(&self, now: &Now<impl Chance>, lane: usize, movements: &mut Movements) {
        let people = |cell: CellId| movements.state.people(cell, lane);
        let there: f64 = self.cells.iter().map(|counted| people(counted.cell)).sum();
        let due = self.due(now, lane, there);
        if due < there {
            let among: Vec<(EdgeId, f64)> =
                self.cells.iter().map(|counted| (counted.away, people(counted.cell))).collect();
            return take(now, lane, there - due, &among, movements);
        }
        let sources: Option<Vec<(EdgeId, f64)>> =
            self.cells.iter().map(|counted| Some((counted.into, people(counted.source?)))).collect();
        match sources {
            Some(among) => take(now, lane, due - there, &among, movements),
            None => self.find(now, lane, (there, due - there), movements),
        }
    }

    /// How many people there are to be, where there are so many. More than are counted are cut to just so many as stop the replicate
    /// (see [`overload`](super::overload)): what could be divided over groups only in hours is never divided.
    fn due(&self, now: &Now<impl Chance>, lane: usize, there: f64) -> f64 {
        let number = |id| now.readings.numbers.at(id, lane);
        let most = there + MOST_PEOPLE + 1.0;
        let due = match self.count {
            // As at the start, a count is rounded.
            CorrectedCount::People(people) if now.chance.is_whole() => number(people).round(),
            CorrectedCount::People(people) => number(people),
            CorrectedCount::Share(share) => {
                // Cut before it is rounded, too: beyond 2^53 there are no fractions to draw.
                now.chance.rounded(now.draw(self.site, 0), lane, (there * number(share)).min(most))
            }
        };
        due.min(most)
    }

    /// People come from outside, in the groups in which people are there; where nobody is, in any group alike.
    fn find(
        &self,
        now: &Now<impl Chance>,
        lane: usize,
        (there, count): (f64, f64),
        movements: &mut Movements,
    ) {
        let weight = |counted: &CountedCell| match there > 0.0 {
            true => movements.state.people(counted.cell, lane),
            false => 1.0,
        };
        let ways: Vec<(EdgeId, f64)> =
            self.cells.iter().map(|counted| (counted.into, weight(counted))).collect();
        now.divide(Body::new(0, lane), count, ways.into_iter(), |edge, count| {
            movements.go(now, Phase::Start, edge, lane, count);
        });
    }
}

/// Takes `count` people at random from cells with so many each, or all of them, along their ways.
fn take(now: &Now<impl Chance>, lane: usize, count: f64, among: &[(EdgeId, f64)], movements: &mut Movements) {
    let all: f64 = among.iter().map(|(_, people)| people).sum();
    let kinds = among.iter().map(|(edge, people)| (now.edges[*edge].site, *people));
    let mut shares = Vec::new();
    now.share_out(lane, (count.min(all), 0), kinds, &mut shares);
    for ((edge, _), share) in among.iter().zip(shares) {
        movements.go(now, Phase::Start, *edge, lane, share);
    }
}
