//! What changes when people go: who is where, and who went along which edge.

use super::chance::Chance;
use super::edge::EdgeId;
use super::flows::Flows;
use super::now::{Body, Now};
use super::phase::Phase;
use super::split::PartId;
use super::state::State;
use crate::model::CellId;

/// The state of a block in the step at hand, and what has happened in it so far.
#[derive(Debug)]
pub struct Movements<'a> {
    /// Who is where.
    pub state: &'a mut State,
    /// Who went along which edge.
    pub flows: &'a mut Flows,
}

impl Movements<'_> {
    /// People come along an edge: in the middle of a step they enter the cell at some moment of it, else they are there. Where they
    /// come from is for the caller.
    pub fn come(&mut self, now: &Now<impl Chance>, phase: Phase, edge: EdgeId, lane: usize, count: f64) {
        self.flows.count(edge, lane, count);
        let Some(to) = now.edges[edge].to else { return };
        match phase {
            Phase::Middle => self.flows.add_entered(to, lane, count),
            Phase::Start | Phase::End => self.state.add(to, lane, count),
        }
    }

    /// People go along an edge; fewer than none: they go back.
    pub fn go(&mut self, now: &Now<impl Chance>, phase: Phase, edge: EdgeId, lane: usize, count: f64) {
        self.come(now, phase, edge, lane, count);
        if let Some(from) = now.edges[edge].from {
            self.state.add(from, lane, -count);
        }
    }

    /// Divides people of a cell over branches as the step begins: they leave it and are where these lead, for all of the step. Gives
    /// how many found a way.
    pub fn send(
        &mut self,
        now: &Now<impl Chance>,
        body: Body,
        cell: CellId,
        count: f64,
        branches: &[(EdgeId, PartId)],
    ) -> f64 {
        let mut gone = 0.0;
        now.divide(body, count, now.shares(branches, body.lane), |edge, count| {
            gone += count;
            self.come(now, Phase::Start, edge, body.lane, count);
        });
        self.state.add(cell, body.lane, -gone);
        gone
    }
}
