//! People of one clock, by cell and replicate: those whom it remembers, and those who are on their way in the step at hand.

use super::boundary_edge::BoundaryEdge;
use super::date::Lot;
use super::due_counts::DueCounts;
use super::entered::Entered;
use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::engine::phase::Phase;

/// What a clock remembers from one step to the next: who is there, by cell and lane.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockMemory {
    lanes: usize,
    present: Vec<DueCounts>,
}

impl ClockMemory {
    /// Nobody, in `cells` cells.
    pub fn new(lanes: usize, cells: usize) -> ClockMemory {
        ClockMemory { lanes, present: vec![DueCounts::default(); cells * lanes] }
    }

    /// Those who are there.
    pub fn present(&self, cell: usize, lane: usize) -> &DueCounts {
        &self.present[cell * self.lanes + lane]
    }
}

/// What a clock works with in a step, by cell and lane. Nobody is in it when the step is over.
#[derive(Clone, Debug)]
pub struct ClockWorkspace {
    lanes: usize,
    /// Of whom some may be sent back; those who are put back are taken out. Where a clock leads, those who were there before hazards
    /// took some; where it follows, those who left.
    pub(super) taken_from: Vec<DueCounts>,
    /// How many of the overdue were just sent back and may have their time still before them.
    in_doubt: Vec<f64>,
    /// Where there are such people.
    doubted: Vec<usize>,
    /// Those who entered in the step.
    pub(super) entered: Vec<Entered>,
    /// Of every edge that touches the clock, how many people of this step have been reconciled.
    reconciled: Vec<f64>,
    /// Whom hazards took in this step from those who are there.
    pub(super) taken: Vec<TakenPeople>,
    /// Those who went on after they had entered: they land when the step ends.
    landing: Vec<Landing>,
    /// Those who are on their way from one cell to another.
    pub(super) moving: Vec<(DueRow, f64)>,
}

/// Those who land in a cell as the step ends.
#[derive(Clone, Copy, Debug)]
struct Landing {
    cell: usize,
    lane: usize,
    row: DueRow,
    count: f64,
}

impl ClockWorkspace {
    /// A workspace for `cells` cells and `edges` edges.
    pub fn new(lanes: usize, cells: usize, edges: usize) -> ClockWorkspace {
        ClockWorkspace {
            lanes,
            taken_from: vec![DueCounts::default(); cells * lanes],
            in_doubt: vec![0.0; cells * lanes],
            doubted: Vec::new(),
            entered: vec![Entered::default(); cells * lanes],
            reconciled: vec![0.0; edges * lanes],
            taken: vec![TakenPeople::default(); cells * lanes],
            landing: Vec::new(),
            moving: Vec::new(),
        }
    }

    /// Where the value of a cell or an edge is.
    pub fn at(&self, row: usize, lane: usize) -> usize {
        row * self.lanes + lane
    }

    /// People were put among the overdue who may have their time still before them.
    pub fn doubt(&mut self, at: usize, count: f64) {
        self.in_doubt[at] += count;
        self.doubted.push(at);
    }

    /// Up to `most` of those who may have their time still before them are in doubt no longer; gives how many.
    pub fn undoubt(&mut self, at: usize, most: f64) -> f64 {
        let count = self.in_doubt[at].min(most);
        self.in_doubt[at] -= count;
        count
    }

    /// Nobody is in doubt.
    pub fn forget_doubts(&mut self) {
        for at in self.doubted.drain(..) {
            self.in_doubt[at] = 0.0;
        }
    }

    /// People are to land in a cell as the step ends.
    pub fn land(&mut self, cell: usize, lane: usize, row: DueRow, count: f64) {
        self.landing.push(Landing { cell, lane, row, count });
    }

    /// Those who landed have entered.
    pub fn touch_down(&mut self) {
        while let Some(Landing { cell, lane, row, count }) = self.landing.pop() {
            let at = self.at(cell, lane);
            self.entered[at].add(row, count);
        }
    }

    /// Those who are moving come into a cell: who comes at the end of a step lands there as it ends, and others enter in it.
    pub fn move_into(&mut self, phase: Phase, into: usize, lane: usize) {
        let at = self.at(into, lane);
        let ClockWorkspace { moving, entered, landing, .. } = self;
        for (row, count) in moving.drain(..).filter(|(_, count)| *count > 0.0) {
            match phase {
                Phase::End => landing.push(Landing { cell: into, lane, row: row.or_new(), count }),
                Phase::Start | Phase::Middle => entered[at].add(row, count),
            }
        }
    }

    /// Moves up to `count` of those who are to land along a boundary edge to those who are moving: of people who bring their time along those
    /// who brought it first, else those who are new, and never by the order in which they went. Gives how many are not found.
    pub fn take_landing(
        &mut self,
        boundary_edge: &BoundaryEdge,
        into: usize,
        lane: usize,
        count: f64,
    ) -> f64 {
        self.landing.sort_by_key(|landing| (landing.cell, landing.lane, landing.row));
        let start = self.landing.partition_point(|landing| (landing.cell, landing.lane) < (into, lane));
        let same = |landing: &&Landing| (landing.cell, landing.lane) == (into, lane);
        let end = start + self.landing[start..].iter().take_while(same).count();
        let ClockWorkspace { landing, moving, .. } = self;
        let mut left = count;
        let mut take = |landing: &mut Landing| {
            let count = landing.count.min(left);
            if count > 0.0 {
                landing.count -= count;
                left -= count;
                moving.push((landing.row, count));
            }
        };
        let there = landing[start..end].iter_mut();
        if boundary_edge.carries {
            there.for_each(&mut take)
        } else {
            there.rev().for_each(&mut take)
        }
        // Of whom nobody is left nobody lands.
        landing.retain(|landing| landing.count > 0.0);
        left
    }
}

/// What became in a step of those present since it began: people whom hazards took, and the time that all spent there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TakenPeople {
    /// Whose stay was completed in this step, or before it.
    pub over: f64,
    /// Whose stay was not.
    pub others: f64,
    /// The time that everybody spent there before leaving, in steps.
    pub time: f64,
}

/// Where people go who are taken out of a cell.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// Out of the clock.
    Elsewhere,
    /// Out of the clock, from where some may be sent back.
    MayComeBack,
    /// Into a cell of it, where they are from then on.
    Present(usize),
    /// Into a cell of it, which they enter in the step.
    Entered(usize),
}

/// The people of one clock in the step at hand.
#[derive(Debug)]
pub struct Ages<'a> {
    /// By cell and lane, those who are there since the step began.
    pub(super) present: &'a mut [DueCounts],
    pub(super) workspace: &'a mut ClockWorkspace,
    /// Those whom hazards take out of one cell in one replicate.
    pub(super) leavers: &'a mut DueCounts,
}

impl<'a> Ages<'a> {
    /// Those whom a clock remembers, with what it works with.
    pub fn new(
        memory: &'a mut ClockMemory,
        workspace: &'a mut ClockWorkspace,
        leavers: &'a mut DueCounts,
    ) -> Ages<'a> {
        Ages { present: &mut memory.present, workspace, leavers }
    }

    /// Forgets what was reconciled and taken.
    pub fn new_step(&mut self) {
        self.workspace.reconciled.fill(0.0);
        self.workspace.taken.fill(TakenPeople::default());
    }

    /// How many replicates there are.
    pub fn lanes(&self) -> usize {
        self.workspace.lanes
    }

    /// Where the people of a cell are.
    pub fn at(&self, cell: usize, lane: usize) -> usize {
        self.workspace.at(cell, lane)
    }

    /// Notes that people of an edge have been reconciled.
    pub fn reconcile(&mut self, edge: usize, lane: usize, count: f64) {
        let at = self.at(edge, lane);
        self.workspace.reconciled[at] += count;
    }

    /// How many people of an edge have been reconciled, by lane.
    pub fn reconciled_of(&self, edge: usize) -> &[f64] {
        &self.workspace.reconciled[self.at(edge, 0)..self.at(edge + 1, 0)]
    }

    /// How many people of an edge have been reconciled.
    pub fn reconciled(&self, edge: usize, lane: usize) -> f64 {
        self.workspace.reconciled[self.at(edge, lane)]
    }

    /// Those who are there, to change them.
    pub fn present_mut(&mut self, cell: usize, lane: usize) -> &mut DueCounts {
        &mut self.present[self.workspace.at(cell, lane)]
    }

    /// Those who entered, to change them.
    pub fn entered_mut(&mut self, cell: usize, lane: usize) -> &mut Entered {
        let at = self.at(cell, lane);
        &mut self.workspace.entered[at]
    }

    /// Those who are there and those who entered.
    pub fn both_mut(&mut self, cell: usize, lane: usize) -> (&mut DueCounts, &mut Entered) {
        let at = self.at(cell, lane);
        (&mut self.present[at], &mut self.workspace.entered[at])
    }

    /// Takes people at random out of those who are there in a cell.
    pub fn move_present(&mut self, now: &Now<impl Chance>, from: usize, lot: Lot, goal: Goal) {
        let Lot { site, lane, count } = lot;
        let Ages { present, workspace, .. } = self;
        let from = workspace.at(from, lane);
        match goal {
            Goal::Elsewhere => present[from].take(now, site, lane, count, |_, _| {}),
            Goal::MayComeBack => {
                let gone = &mut workspace.taken_from[from];
                present[from].take(now, site, lane, count, |row, count| gone.add(row, count));
            }
            Goal::Entered(into) => {
                let into = workspace.at(into, lane);
                let entered = &mut workspace.entered[into];
                present[from].take(now, site, lane, count, |row, count| entered.add(row, count));
            }
            Goal::Present(into) => {
                let into = workspace.at(into, lane);
                let moving = &mut workspace.moving;
                moving.clear();
                present[from].take(now, site, lane, count, |row, count| moving.push((row, count)));
                present[into].add_all(moving);
            }
        }
    }

    /// Takes people at random out of those who entered a cell, to land in another if they go on there.
    pub fn land_from_entered(&mut self, now: &Now<impl Chance>, from: usize, lot: Lot, into: Option<usize>) {
        let Lot { site, lane, count } = lot;
        let at = self.at(from, lane);
        let ClockWorkspace { entered, landing, .. } = &mut *self.workspace;
        entered[at].take(now, site, lane, count, |row, count| {
            if let Some(cell) = into {
                landing.push(Landing { cell, lane, row, count });
            }
        });
    }
}
