//! People of one clock, by cell and history.

use super::bag::Bag;
use super::row::Row;
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::random::Site;

/// The people of one clock by cell and lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Ages {
    lanes: usize,
    /// Those who are there since the step began.
    present: Vec<Bag>,
    /// Those who were there before hazards took some, of whom hazards may be sent back; those who are put back are taken out.
    taken_from: Vec<Bag>,
    /// Those who entered in the step.
    entered: Vec<Entered>,
    /// Of every edge that touches the clock, how many people of this step have been settled.
    settled: Vec<f64>,
    /// Whom hazards took in this step from those who are there, by cell and lane.
    taken: Vec<Taken>,
    /// Those who went on after they had entered: they land when the step ends.
    pub landing: Vec<(usize, usize, Row, f64)>,
    /// Those who are on their way from one cell to another.
    moving: Vec<(Row, f64)>,
}

/// Those who entered a cell in a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entered {
    /// Whose time begins.
    pub new: f64,
    /// Who came from outside with some time behind them.
    pub any: f64,
    /// Who brought theirs along.
    pub brought: Bag,
}

/// What became in a step of those present since it began: people whom hazards took, and the time that all spent there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Taken {
    /// Whose time was over in this step, or before it.
    pub over: f64,
    /// Whose time was not.
    pub others: f64,
    /// The time that everybody spent there before leaving, in steps.
    pub time: f64,
}

impl Entered {
    /// Whether nobody entered.
    pub fn is_empty(&self) -> bool {
        self.new <= 0.0 && self.any <= 0.0 && self.brought.is_empty()
    }

    /// Adds people.
    pub fn add(&mut self, row: Row, count: f64) {
        match row {
            Row::NEW => self.new += count,
            Row::ANY => self.any += count,
            row => self.brought.add(row, count),
        }
    }

    /// Takes out people who brought no time along, those of `row` first.
    pub fn take_without_time(&mut self, row: Row, count: f64) {
        let Entered { new, any, .. } = self;
        let (first, second) = if row == Row::ANY { (any, new) } else { (new, any) };
        let taken = first.min(count);
        *first -= taken;
        *second -= second.min(count - taken);
    }

    /// Takes people out at random, and hands out how many of each row.
    pub fn take(
        &mut self,
        now: &Now<impl Chance>,
        site: Site,
        lane: usize,
        count: f64,
        give: impl FnMut(Row, f64),
    ) {
        let Entered { new, any, brought } = self;
        for (row, count) in [(Row::NEW, std::mem::take(new)), (Row::ANY, std::mem::take(any))] {
            if count > 0.0 {
                brought.add(row, count);
            }
        }
        brought.take(now, site, lane, count, give);
        self.new = brought.take_first(Row::NEW);
        self.any = brought.take_first(Row::ANY);
    }
}

impl Ages {
    /// Nobody, in `cells` cells.
    pub fn new(lanes: usize, cells: usize, edges: usize) -> Ages {
        Ages {
            lanes,
            present: vec![Bag::default(); cells * lanes],
            taken_from: vec![Bag::default(); cells * lanes],
            entered: vec![Entered::default(); cells * lanes],
            settled: vec![0.0; edges * lanes],
            taken: vec![Taken::default(); cells * lanes],
            landing: Vec::new(),
            moving: Vec::new(),
        }
    }

    /// Forgets what was settled and taken.
    pub fn new_step(&mut self) {
        self.settled.fill(0.0);
        self.taken.fill(Taken::default());
    }

    /// Takes people out of those who are to land in a cell: who brought their time along first, or who did not, and never by
    /// the order in which they went.
    pub fn take_landing(
        &mut self,
        (into, lane): (usize, usize),
        brought_first: bool,
        left: &mut f64,
        taken: &mut Vec<(Row, f64)>,
    ) {
        self.landing.sort_by_key(|(place, lane, row, _)| (*place, *lane, *row));
        let start = self.landing.partition_point(|(place, of, ..)| (*place, *of) < (into, lane));
        let there = self.landing[start..].iter().take_while(|(place, of, ..)| (*place, *of) == (into, lane));
        let end = start + there.count();
        let mut take = |(_, _, row, landed): &mut (usize, usize, Row, f64)| {
            let count = landed.min(*left);
            if count > 0.0 {
                *landed -= count;
                *left -= count;
                taken.push((*row, count));
            }
        };
        let there = self.landing[start..end].iter_mut();
        if brought_first { there.for_each(&mut take) } else { there.rev().for_each(&mut take) }
    }

    /// How many histories there are.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// Notes that people of an edge have been settled.
    pub fn settle(&mut self, edge: usize, lane: usize, count: f64) {
        self.settled[edge * self.lanes + lane] += count;
    }

    /// How many people of an edge have been settled, by lane.
    pub fn settled_of(&self, edge: usize) -> &[f64] {
        &self.settled[edge * self.lanes..(edge + 1) * self.lanes]
    }

    /// How many people of an edge have been settled.
    pub fn settled(&self, edge: usize, lane: usize) -> f64 {
        self.settled[edge * self.lanes + lane]
    }

    /// Those who are there.
    pub fn present(&self, cell: usize, lane: usize) -> &Bag {
        &self.present[cell * self.lanes + lane]
    }

    /// The same, to change them.
    pub fn present_mut(&mut self, cell: usize, lane: usize) -> &mut Bag {
        &mut self.present[cell * self.lanes + lane]
    }

    /// Those who are there, and a copy to be made of them.
    pub fn present_and_copy(&mut self, cell: usize, lane: usize) -> (&mut Bag, &mut Bag) {
        let place = cell * self.lanes + lane;
        (&mut self.present[place], &mut self.taken_from[place])
    }

    /// Those who entered.
    pub fn entered(&self, cell: usize, lane: usize) -> &Entered {
        &self.entered[cell * self.lanes + lane]
    }

    /// The same, to change them.
    pub fn entered_mut(&mut self, cell: usize, lane: usize) -> &mut Entered {
        &mut self.entered[cell * self.lanes + lane]
    }

    /// Those who are there and those who entered.
    pub fn both_mut(&mut self, cell: usize, lane: usize) -> (&mut Bag, &mut Entered) {
        let place = cell * self.lanes + lane;
        (&mut self.present[place], &mut self.entered[place])
    }

    /// Whom hazards took of those who are there.
    pub fn taken(&self, cell: usize, lane: usize) -> Taken {
        self.taken[cell * self.lanes + lane]
    }

    /// The same, to change it.
    pub fn taken_mut(&mut self, cell: usize, lane: usize) -> &mut Taken {
        &mut self.taken[cell * self.lanes + lane]
    }

    /// Takes people at random out of those who are there in a cell, to be there in another if they go on there.
    pub fn move_present(
        &mut self,
        now: &Now<impl Chance>,
        site: Site,
        lane: usize,
        count: f64,
        (from, into): (usize, Option<usize>),
    ) {
        let mut moving = std::mem::take(&mut self.moving);
        self.present_mut(from, lane).take(now, site, lane, count, |row, count| moving.push((row, count)));
        if let Some(into) = into {
            self.present_mut(into, lane).add_all(&mut moving);
        }
        moving.clear();
        self.moving = moving;
    }

    /// The same, to have entered another cell if they go on there.
    pub fn enter_from_present(
        &mut self,
        now: &Now<impl Chance>,
        site: Site,
        lane: usize,
        count: f64,
        (from, into): (usize, Option<usize>),
    ) {
        let mut moving = std::mem::take(&mut self.moving);
        self.present_mut(from, lane).take(now, site, lane, count, |row, count| moving.push((row, count)));
        if let Some(into) = into {
            let entered = self.entered_mut(into, lane);
            moving.iter().for_each(|(row, count)| entered.add(*row, *count));
        }
        moving.clear();
        self.moving = moving;
    }

    /// Takes people at random out of those who entered a cell, to land in another if they go on there.
    pub fn land_from_entered(
        &mut self,
        now: &Now<impl Chance>,
        site: Site,
        lane: usize,
        count: f64,
        (from, into): (usize, Option<usize>),
    ) {
        let Ages { entered, landing, lanes, .. } = self;
        entered[from * *lanes + lane].take(now, site, lane, count, |row, count| {
            if let Some(into) = into {
                landing.push((into, lane, row, count));
            }
        });
    }
}
