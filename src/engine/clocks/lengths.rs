//! The lengths of a clock in a block of replicates.

use crate::model::stay::InForce;
use crate::survival::Profile;

/// The lengths of a clock by replicate: those that all share, or those of each.
#[derive(Clone, Debug)]
pub struct Lengths {
    pub(super) by_lane: Vec<OfReplicate>,
}

/// The lengths of a clock in one replicate.
#[derive(Clone, Debug)]
pub struct OfReplicate {
    /// Of those who enter, for every combination of changes that is ever in force.
    pub(super) entering: Vec<Profile>,
    /// Of those whom the same changes concern; only where changes concern people who are there.
    pub(super) apart: Vec<(InForce, Profile)>,
    /// The share of people whom each change concerns.
    pub(super) shares: Vec<f64>,
}

impl Lengths {
    /// The lengths of a replicate.
    pub fn of(&self, lane: usize) -> &OfReplicate {
        &self.by_lane[if self.by_lane.len() == 1 { 0 } else { lane }]
    }

    /// Whether replicates may differ.
    pub fn differ(&self) -> bool {
        self.by_lane.len() > 1
    }
}

impl OfReplicate {
    /// Of those whom some changes concern.
    pub fn apart(&self, concerned: InForce) -> Option<&Profile> {
        let found = self.apart.binary_search_by_key(&concerned, |(concerned, _)| *concerned);
        found.ok().map(|index| &self.apart[index].1)
    }

    /// Of those whom the same changes concern, for all that ever do.
    pub fn all_apart(&self) -> impl Iterator<Item = &Profile> {
        self.apart.iter().map(|(_, profile)| profile)
    }

    /// The share of people whom a change concerns.
    pub fn share(&self, change: usize) -> f64 {
        self.shares[change]
    }
}
