//! Poisson counts of a whole row of replicates: arrivals and births.

use super::chance::Chance;
use super::now::Now;
use crate::random::Site;

/// What rows of counts are drawn with, by lane.
#[derive(Clone, Debug)]
pub struct PoissonWorkspace {
    means: Vec<f64>,
    even: Vec<u64>,
    odd: Vec<u64>,
    counts: Vec<f64>,
}

/// Which of the numbers of a site, which come in pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    First,
    Second,
}

impl PoissonWorkspace {
    /// Of blocks of `lanes` replicates.
    pub fn new(lanes: usize) -> PoissonWorkspace {
        PoissonWorkspace {
            means: Vec::with_capacity(lanes),
            even: vec![0; lanes],
            odd: vec![0; lanes],
            counts: vec![0.0; lanes],
        }
    }

    /// Draws counts with these means, one for each replicate or one for all of them; `None` where all of them are 0.
    pub fn draw(
        &mut self,
        now: &Now<impl Chance>,
        site: Site,
        half: Half,
        means: impl Iterator<Item = f64>,
    ) -> Option<&[f64]> {
        let PoissonWorkspace { means: row, even, odd, counts } = self;
        row.clear();
        row.extend(means);
        if row.iter().all(|mean| *mean <= 0.0) {
            return None;
        }
        now.chance.words(site, now.step, 0, even, odd);
        let words = match half {
            Half::First => even,
            Half::Second => odd,
        };
        now.chance.poissons(row, words, counts);
        Some(counts)
    }
}
