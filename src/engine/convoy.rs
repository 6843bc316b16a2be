//! How many arrive together: dispersed counts and convoys.
//!
//! The people of one convoy are divided over cells one by one, and each is exposed to the exits of the step in which they
//! come for a uniform part of it, though they came at one moment: that changes no mean, and the variance of convoys of 5 by
//! 0.2 % where a fifth of the people leave in a step.

use super::chance::Chance;
use super::now::Now;
use crate::model::{Coming, Convoy};
use crate::random::Site;
use crate::random::rounded_normal::RoundedNormal;

/// More people than this in all convoys of a step are cut: such a replicate is stopped, see [`overload`](super::overload).
const MOST_TOGETHER: f64 = 1e12;

/// How people come who do not come independently, and who draws their number.
#[derive(Clone, Debug)]
pub struct CompiledConvoy {
    coming: Coming,
    site: Site,
}

impl CompiledConvoy {
    /// A company whose numbers `site` draws.
    pub fn new(coming: &Coming, site: Site) -> CompiledConvoy {
        CompiledConvoy { coming: coming.clone(), site }
    }

    /// How many people come in the step, whose rate makes `mean` (of people, or of convoys).
    pub fn draw(&self, now: &Now<impl Chance>, mean: f64, lane: usize) -> f64 {
        let number = |id: usize| now.readings.numbers.at(id, lane);
        let draw = |ordinal| now.draw(self.site, ordinal);
        let convoy = match &self.coming {
            Coming::Singly => return now.chance.poisson(draw(0), lane, mean),
            Coming::Dispersed(dispersion) => {
                return now.chance.negative_binomial(draw(0), lane, mean, number(*dispersion));
            }
            Coming::InConvoys(convoy) => convoy,
        };
        let convoys = now.chance.poisson(draw(0), lane, mean);
        if convoys <= 0.0 {
            return 0.0;
        }
        let people = match convoy {
            Convoy::Fixed(size) => {
                now.chance.rounded(draw(1), lane, (convoys * number(*size)).min(MOST_TOGETHER))
            }
            Convoy::Normal { mean, sd } => {
                let (mean, sd) = (number(*mean).min(MOST_TOGETHER), number(*sd).min(MOST_TOGETHER));
                now.chance.normal_sum(draw(1), lane, convoys, &RoundedNormal { mean, sd, least: 1.0 })
            }
            Convoy::Table(sizes) => {
                let mut left = convoys;
                let mut people = 0.0;
                for (position, (size, share)) in sizes.iter().enumerate() {
                    let behind: f64 = sizes[position + 1..].iter().map(|(_, share)| number(*share)).sum();
                    let share = number(*share);
                    if share > 0.0 {
                        // Sizes have their own numbers, whatever stands beside them in the table.
                        let so_many =
                            now.chance.binomial(draw(2 + size), lane, left, share / (share + behind));
                        people += so_many * f64::from(*size);
                        left -= so_many;
                    }
                }
                people
            }
        };
        people.min(MOST_TOGETHER)
    }
}
