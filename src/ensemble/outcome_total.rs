//! Sums of an outcome: what histories came to between two looks.

/// What an outcome has come to in the histories so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutcomeTotal {
    /// How many histories have a value.
    pub histories: u64,
    /// The sum of their values, in units of `one`.
    pub(super) sum: u128,
    /// What one of the sum is worth: of dates in months.
    pub(super) one: f64,
}

impl OutcomeTotal {
    /// The mean over the histories that were added since `earlier`; `None` where none of them has a value.
    pub fn mean_since(&self, earlier: Option<&OutcomeTotal>) -> Option<f64> {
        let (histories, sum) = earlier.map_or((0, 0), |earlier| (earlier.histories, earlier.sum));
        let added = self.histories - histories;
        (added > 0).then(|| (self.sum - sum) as f64 / added as f64 * self.one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_of_what_was_added() {
        let earlier = OutcomeTotal { histories: 2, sum: 10, one: 0.5 };
        let now = OutcomeTotal { histories: 6, sum: 30, one: 0.5 };
        assert_eq!(now.mean_since(None), Some(2.5));
        assert_eq!(now.mean_since(Some(&earlier)), Some(2.5));
        assert_eq!(earlier.mean_since(Some(&earlier)), None);
    }
}
