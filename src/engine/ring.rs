//! What is remembered of shocks, for the aftermaths of the steps after them.

/// Whether something happened in each of the last steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    lanes: usize,
    length: usize,
    next: usize,
    happened: Vec<f64>,
}

impl Ring {
    /// A ring that remembers `length` steps, all of them quiet.
    pub fn new(length: usize, lanes: usize) -> Ring {
        Ring { lanes, length, next: 0, happened: vec![0.0; length * lanes] }
    }

    /// Remembers a step, and forgets the oldest.
    pub fn push(&mut self, happened: &[f64]) {
        if self.length > 0 {
            let start = self.next * self.lanes;
            self.happened[start..start + self.lanes].copy_from_slice(happened);
            self.next = (self.next + 1) % self.length;
        }
    }

    /// The probability that it happened in at least one of the last `steps` steps: 1 or 0 in Monte Carlo.
    pub fn any(&self, steps: u32, lane: usize) -> f64 {
        let steps = (steps as usize).min(self.length);
        let mut quiet = 1.0;
        for back in 1..=steps {
            let slot = (self.next + self.length - back) % self.length;
            quiet *= 1.0 - self.happened[slot * self.lanes + lane];
        }
        1.0 - quiet
    }
}
