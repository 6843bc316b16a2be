//! Designs of experiments: which values the factors of a study have in each of its cells.
//!
//! A design is a list of rows, of which any can be asked for by itself: nothing but tables from elsewhere and Latin
//! hypercubes is kept in memory. All chance comes from a seed, and the same seed gives the same design on every machine.
//!
//! | design | rows | for |
//! |---|---|---|
//! | [`DesignGrid`] | the product of the numbers of levels | every combination; heat maps |
//! | [`LatinHypercube`] | any number | uncertainty, a first look at many factors |
//! | [`Sobol`] | base x (factors + 2) | first and total indices ([`sensitivity::sobol`](super::sensitivity::sobol)) |
//! | [`Morris`] | trajectories x (factors + 1) | screening ([`sensitivity::morris`](super::sensitivity::morris)) |
//! | [`External`] | those of a table | designs that other programs made |

mod direction;
mod error;
mod external;
mod factor;
mod grid;
mod latin_hypercube;
mod maximin;
mod morris;
mod sobol;

pub use error::DesignError;
pub use external::{External, ExternalError};
pub use factor::{Factor, FactorSpread, SpreadError};
pub use grid::DesignGrid;
pub use latin_hypercube::LatinHypercube;
pub use morris::{Morris, TrajectoryMove};
pub use sobol::Sobol;

/// A design of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Design {
    /// Every level with every other.
    Grid(DesignGrid),
    /// One point in each part of every factor.
    LatinHypercube(LatinHypercube),
    /// Rows for first and total indices.
    Sobol(Sobol),
    /// Trajectories for elementary effects.
    Morris(Morris),
    /// A table of values.
    External(External),
}

impl Design {
    /// The number of rows, at least one.
    #[expect(clippy::len_without_is_empty, reason = "every design has rows")]
    pub fn len(&self) -> usize {
        match self {
            Design::Grid(design) => design.len(),
            Design::LatinHypercube(design) => design.len(),
            Design::Sobol(design) => design.len(),
            Design::Morris(design) => design.len(),
            Design::External(design) => design.len(),
        }
    }

    /// The values of a row, one for each factor in their order. `factors` are those that the design was made for.
    pub fn values(&self, factors: &[Factor], row: usize) -> Vec<f64> {
        let at_quantiles = |point: Vec<f64>| {
            factors.iter().zip(point).map(|(factor, u)| factor.spread.quantile(u)).collect()
        };
        let at_levels = |levels: Vec<usize>, count: &dyn Fn(usize) -> usize| {
            let value =
                |(i, (factor, level)): (usize, (&Factor, usize))| factor.spread.level(level, count(i));
            factors.iter().zip(levels).enumerate().map(value).collect()
        };
        match self {
            Design::Grid(design) => at_levels(design.levels(row), &|factor| design.counts()[factor]),
            Design::Morris(design) => at_levels(design.levels(row), &|_| design.level_count()),
            Design::LatinHypercube(design) => at_quantiles(design.point(row)),
            Design::Sobol(design) => at_quantiles(design.point(row)),
            Design::External(design) => design.values(row).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors() -> Vec<Factor> {
        vec![
            Factor {
                name: "inflow".into(),
                spread: FactorSpread::Range { low: 10.0, high: 20.0, log: false },
            },
            Factor { name: "seats".into(), spread: FactorSpread::Levels(vec![1.0, 5.0]) },
        ]
    }

    #[test]
    fn values_are_inside_their_spreads() {
        let factors = factors();
        let designs = [
            Design::Grid(DesignGrid::new(vec![3, 2]).unwrap()),
            Design::LatinHypercube(LatinHypercube::new(20, 2, 1).unwrap()),
            Design::Sobol(Sobol::new(8, 2, 1).unwrap()),
            Design::Morris(Morris::new(5, 2, 4, 1).unwrap()),
            Design::External(External::read("12 5\n13 1\n".as_bytes(), &["inflow", "seats"]).unwrap()),
        ];
        for (design, len) in designs.iter().zip([6, 20, 32, 15, 2]) {
            assert_eq!(design.len(), len);
            for row in 0..len {
                let values = design.values(&factors, row);
                assert!((10.0..=20.0).contains(&values[0]) && [1.0, 5.0].contains(&values[1]), "{values:?}");
            }
        }
        assert_eq!(designs[0].values(&factors, 5), [20.0, 5.0]);
        assert_eq!(designs[4].values(&factors, 0), [12.0, 5.0]);
    }
}
