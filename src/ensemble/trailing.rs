//! What was added up in the last twelve months, by row and lane.

/// Sums to date and as they were twelve months ago, of numbers that come step by step.
///
/// What comes is kept for as long as it counts. It is mostly whole and small, and is then kept in four bytes: of long windows and many
/// replicates this is most of what a block takes.
#[derive(Debug)]
pub struct Trailing {
    lanes: usize,
    rows: usize,
    /// How many steps are kept: twelve months, or as many as there are.
    kept: usize,
    whole: Vec<u32>,
    /// In place of `whole`, once a number came that is not.
    real: Vec<f64>,
}

impl Trailing {
    /// Nothing has come yet. `kept` steps count.
    pub fn new(rows: usize, lanes: usize, kept: usize) -> Trailing {
        Trailing { lanes, rows, kept, whole: vec![0; rows * lanes * kept], real: Vec::new() }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.whole.fill(0);
        self.real.fill(0.0);
    }

    /// Keeps what came in a step, and gives what came so many steps before: 0 where there was no such step.
    #[inline]
    pub fn pass(&mut self, step: usize, (row, lane): (usize, usize), number: f64) -> f64 {
        let place = ((step % self.kept) * self.rows + row) * self.lanes + lane;
        let whole = number as u32;
        if self.real.is_empty() {
            if f64::from(whole) == number {
                return std::mem::replace(&mut self.whole[place], whole).into();
            }
            self.real = std::mem::take(&mut self.whole).into_iter().map(f64::from).collect();
        }
        std::mem::replace(&mut self.real[place], number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_is_given_back() {
        for numbers in [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, 2.5, 3.0, -4.0, 5e12, 6.0]] {
            let mut trailing = Trailing::new(2, 3, 4);
            let back: Vec<f64> =
                numbers.iter().enumerate().map(|(step, n)| trailing.pass(step, (1, 2), *n)).collect();
            assert_eq!(back, [0.0, 0.0, 0.0, 0.0, numbers[0], numbers[1]]);
            trailing.clear();
            assert_eq!(trailing.pass(0, (1, 2), 7.0), 0.0);
        }
    }
}
