//! Every level of every factor with every other: the full factorial design.

use super::error::DesignError;

/// A full factorial design. The last factor changes from row to row, the first changes last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignGrid {
    counts: Vec<usize>,
    len: usize,
}

impl DesignGrid {
    /// The design over factors of so many levels each.
    ///
    /// # Errors
    /// When there is no factor, one without levels, or more rows than a `usize` holds.
    pub fn new(counts: Vec<usize>) -> Result<DesignGrid, DesignError> {
        if counts.is_empty() {
            return Err(DesignError::NoFactors);
        }
        if counts.contains(&0) {
            return Err(DesignError::NoLevels);
        }
        let len = counts.iter().try_fold(1usize, |product, count| product.checked_mul(*count));
        Ok(DesignGrid { len: len.ok_or(DesignError::TooManyPoints)?, counts })
    }

    /// The number of rows.
    #[expect(clippy::len_without_is_empty, reason = "a grid has at least one row")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// The number of levels of each factor.
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// The level of each factor in a row, from 0.
    pub fn levels(&self, row: usize) -> Vec<usize> {
        let mut rest = row;
        let mut levels = vec![0; self.counts.len()];
        for (level, count) in levels.iter_mut().zip(&self.counts).rev() {
            *level = rest % count;
            rest /= count;
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_factor_changes_first() {
        let grid = DesignGrid::new(vec![2, 1, 3]).unwrap();
        let rows: Vec<Vec<usize>> = (0..grid.len()).map(|row| grid.levels(row)).collect();
        assert_eq!(rows, [[0, 0, 0], [0, 0, 1], [0, 0, 2], [1, 0, 0], [1, 0, 1], [1, 0, 2]]);
    }

    #[test]
    fn what_is_no_grid_is_refused() {
        assert_eq!(DesignGrid::new(vec![]), Err(DesignError::NoFactors));
        assert_eq!(DesignGrid::new(vec![2, 0]), Err(DesignError::NoLevels));
        assert_eq!(DesignGrid::new(vec![1 << 40, 1 << 40]), Err(DesignError::TooManyPoints));
    }
}
