//! Sums of an outcome: what replicates came to between two looks.

use super::moments::Total;

/// What an outcome has come to in the replicates so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutcomeTotal {
    /// How many replicates have a value.
    pub replicates: u64,
    /// The sum of their values, in units of `one`.
    pub(super) sum: Total,
    /// What one of the sum is worth: of dates in months.
    pub(super) one: f64,
}

impl OutcomeTotal {
    /// The mean over the replicates that were added since `earlier`; `None` where none of them has a value.
    pub fn mean_since(&self, earlier: Option<&OutcomeTotal>) -> Option<f64> {
        let added = self.replicates - earlier.map_or(0, |earlier| earlier.replicates);
        let mean = || self.sum.mean_since(earlier.map(|earlier| &earlier.sum), added) * self.one;
        (added > 0).then(mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_of_what_was_added() {
        let earlier = OutcomeTotal { replicates: 2, sum: Total::Whole(10), one: 0.5 };
        let now = OutcomeTotal { replicates: 6, sum: Total::Whole(30), one: 0.5 };
        assert_eq!(now.mean_since(None), Some(2.5));
        assert_eq!(now.mean_since(Some(&earlier)), Some(2.5));
        assert_eq!(earlier.mean_since(Some(&earlier)), None);
    }
}
