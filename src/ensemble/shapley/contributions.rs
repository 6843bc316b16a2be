//! The exact, mergeable tally of what parts contribute to one number.

use std::collections::BTreeMap;

use crate::ensemble::attribution::Contribution;
use crate::ensemble::double_double::DoubleDouble;
use crate::ensemble::mode::Mode;
use crate::ensemble::slices::Slices;

/// So many neighbouring replicates share the orders that are looked at.
pub const GROUP: u64 = 64;

/// Sums over clusters of replicates that are independent of each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Clusters {
    clusters: u64,
    /// Replicates: their number, and the sum of the squares of the clusters' sizes.
    replicates: u64,
    sizes_squared: u128,
    sum: i128,
    squares: Slices<6>,
    /// Sums times sizes.
    cross: i128,
}

impl Clusters {
    fn add(&mut self, replicates: u64, sum: i128) {
        self.clusters += 1;
        self.replicates += replicates;
        self.sizes_squared += u128::from(replicates) * u128::from(replicates);
        self.sum += sum;
        self.squares.add_square(sum as f64);
        self.cross += sum * i128::from(replicates);
    }

    fn merge(&mut self, other: &Clusters) {
        self.clusters += other.clusters;
        self.replicates += other.replicates;
        self.sizes_squared += other.sizes_squared;
        self.sum += other.sum;
        self.squares.merge(&other.squares);
        self.cross += other.cross;
    }

    /// The mean over replicates and its standard error between clusters, the ratio estimator's; both divided by `scale`.
    fn contribution(&self, scale: f64, mode: Mode) -> Contribution {
        let n = self.replicates as f64;
        let mean = self.sum as f64 / n;
        let mut squares = DoubleDouble::default();
        self.squares.pieces(0).for_each(|piece| squares.add(piece));
        let cross = self.cross as f64;
        squares.add_product(-2.0 * mean, cross);
        squares.add_product(-2.0 * mean, (self.cross - cross as i128) as f64);
        squares.add_product(mean * mean, self.sizes_squared as f64);
        let clusters = self.clusters as f64;
        let error = (squares.number().max(0.0) * clusters / (clusters - 1.0)).sqrt() / n;
        // One cluster says nothing of its spread, except that a part without effect never has any.
        let error = if self.squares == Slices::default() && self.replicates > 0 { 0.0 } else { error };
        Contribution { mean: mean / scale, mc_se: (mode == Mode::MonteCarlo).then_some(error / scale) }
    }
}

/// The tally of one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributions {
    whole: Clusters,
    parts: Vec<Clusters>,
    /// Whether the replicates of a group share one order, so that only groups are independent.
    grouped: bool,
    /// Groups of which not all replicates were seen: how many were, those that have the number, and the sums of the parts.
    open: BTreeMap<u64, (u64, u64, Vec<i128>)>,
}

impl Contributions {
    /// Of so many parts.
    pub fn new(parts: usize, grouped: bool) -> Contributions {
        Contributions {
            whole: Clusters::default(),
            parts: vec![Clusters::default(); parts],
            grouped,
            open: BTreeMap::new(),
        }
    }

    /// An empty one of the same number.
    pub fn like(&self) -> Contributions {
        Contributions::new(self.parts.len(), self.grouped)
    }

    /// Counts a replicate that has the number: what all parts change, and what each contributes.
    pub fn add(&mut self, group: u64, whole: i128, parts: &[i128]) {
        self.whole.add(1, whole);
        if self.grouped {
            let (_, having, sums) = self.open.entry(group).or_insert_with(|| (0, 0, vec![0; parts.len()]));
            *having += 1;
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        } else {
            self.parts.iter_mut().zip(parts).for_each(|(clusters, part)| clusters.add(1, *part));
        }
    }

    /// So many replicates of a group were seen, with the number or without.
    pub fn seen(&mut self, group: u64, replicates: u64) {
        if self.grouped {
            let parts = self.parts.len();
            self.open.entry(group).or_insert_with(|| (0, 0, vec![0; parts])).0 += replicates;
            self.close(group);
        }
    }

    /// Adds the tally of other replicates.
    pub fn merge(&mut self, other: &Contributions) {
        self.whole.merge(&other.whole);
        self.parts.iter_mut().zip(&other.parts).for_each(|(mine, theirs)| mine.merge(theirs));
        for (group, (seen, having, sums)) in &other.open {
            let mine = self.open.entry(*group).or_insert_with(|| (0, 0, vec![0; sums.len()]));
            mine.0 += seen;
            mine.1 += having;
            mine.2.iter_mut().zip(sums).for_each(|(mine, theirs)| *mine += theirs);
            self.close(*group);
        }
    }

    /// A group that is complete is a cluster.
    fn close(&mut self, group: u64) {
        if self.open.get(&group).is_some_and(|(seen, ..)| *seen >= GROUP) {
            self.flush(group);
        }
    }

    fn flush(&mut self, group: u64) {
        let Some((_, having, sums)) = self.open.remove(&group).filter(|(_, having, _)| *having > 0) else {
            return;
        };
        self.parts.iter_mut().zip(sums).for_each(|(clusters, sum)| clusters.add(having, sum));
    }

    /// How many replicates have the number; what all parts change, and what each contributes, in units of which `scale` make
    /// one, the parts' `denominator` times as fine. Without standard errors in expected mode.
    pub fn reported(
        &self,
        scale: f64,
        denominator: i128,
        mode: Mode,
    ) -> (u64, Contribution, Vec<Contribution>) {
        let mut closed = self.clone();
        let groups: Vec<u64> = closed.open.keys().copied().collect();
        groups.into_iter().for_each(|group| closed.flush(group));
        let fine = scale * denominator as f64;
        let parts = closed.parts.iter().map(|clusters| clusters.contribution(fine, mode)).collect();
        (closed.whole.replicates, closed.whole.contribution(scale, mode), parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(grouped: bool, replicates: impl Iterator<Item = u64>) -> Contributions {
        let mut tally = Contributions::new(2, grouped);
        for replicate in replicates {
            let group = replicate / GROUP;
            if replicate % 7 != 0 {
                let noise = i128::from(replicate * replicate % 13);
                tally.add(group, 10 + noise, &[4 + noise, 6]);
            }
            tally.seen(group, 1);
        }
        tally
    }

    #[test]
    fn any_split_gives_the_same() {
        for grouped in [false, true] {
            let whole = tally(grouped, 0..1000);
            let mut parts = tally(grouped, 700..1000);
            parts.merge(&tally(grouped, 0..130));
            parts.merge(&tally(grouped, 130..700));
            assert_eq!(whole, parts);
        }
    }

    #[test]
    fn errors_are_those_of_the_mean() {
        let (replicates, whole, parts) = tally(false, 0..1000).reported(2.0, 1, Mode::MonteCarlo);
        assert_eq!(replicates, 857);
        let values: Vec<f64> =
            (0..1000u64).filter(|h| h % 7 != 0).map(|h| (10 + h * h % 13) as f64 / 2.0).collect();
        let mean = values.iter().sum::<f64>() / 857.0;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 856.0;
        assert!((whole.mean - mean).abs() < 1e-12);
        assert!((whole.mc_se.unwrap() - (variance / 857.0).sqrt()).abs() < 1e-9);
        // A constant has no error.
        assert!(parts[1].mc_se.unwrap() < 1e-9 && parts[1].mean == 3.0);
        let (_, _, grouped) = tally(true, 0..1000).reported(2.0, 1, Mode::MonteCarlo);
        assert!((grouped[0].mean - parts[0].mean).abs() < 1e-12);
        assert!(grouped[1].mc_se.unwrap() < 1e-9);
    }
}
