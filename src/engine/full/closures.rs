//! Closures: those inside leave evenly over some steps, at the start of each.

use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::movements::Movements;
use crate::engine::now::{Body, Now};
use crate::engine::split::PartId;
use crate::model::{CellId, Mechanism};
use crate::random::Site;

/// A cell of a closing place.
#[derive(Clone, Debug)]
struct Emptied {
    cell: CellId,
    from: u32,
    over: u32,
    /// Who draws how many leave.
    site: Site,
    branches: Vec<(EdgeId, PartId)>,
}

/// All closures.
#[derive(Clone, Debug, Default)]
pub struct Closures {
    cells: Vec<Emptied>,
}

impl Closures {
    /// Compiles closures.
    pub fn compile(builder: &mut Builder) -> Closures {
        let model = builder.model;
        let mut cells = Vec::new();
        for (place, closure) in
            model.places.iter().enumerate().filter_map(|(i, p)| Some((i, p.closes.as_ref()?)))
        {
            let mechanism = Mechanism::Closure(place);
            for group in 0..model.groups.count() {
                let cell = model.cell(place, group);
                let branches = builder
                    .split(&closure.targets, &model.groups.values(group))
                    .zip(&closure.targets)
                    .map(|(part, target)| (builder.edge_to(mechanism, cell, target), part))
                    .collect();
                let site = Site::of(&[&model.address(mechanism), &model.cell_name(cell)]);
                cells.push(Emptied { cell, from: closure.from, over: closure.over, site, branches });
            }
        }
        Closures { cells }
    }

    /// In the first of `n` steps an n-th of the people leave, in the last one all who are left; and later whoever is
    /// there because they found no room elsewhere.
    pub fn leave(&self, now: &Now<impl Chance>, movements: &mut Movements) {
        for emptied in self.cells.iter().filter(|emptied| now.step >= emptied.from) {
            let left = emptied.over.saturating_sub(now.step - emptied.from).max(1);
            for lane in 0..movements.state.lanes() {
                let present = movements.state.people(emptied.cell, lane);
                let leaving =
                    now.chance.binomial(now.draw(emptied.site, 0), lane, present, 1.0 / f64::from(left));
                movements.send(now, Body::new(0, lane), emptied.cell, leaving, &emptied.branches);
            }
        }
    }
}
