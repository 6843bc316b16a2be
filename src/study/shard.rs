//! Shards: which units of a plan one process works on.

use std::fmt;
use std::str::FromStr;

/// One of several processes that share a plan: `2/8` is the second of eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: u64,
}

/// More shards than this are a mistake.
pub const MOST_SHARDS: u64 = 1_000_000;

impl Shard {
    /// All of a plan.
    pub const WHOLE: Shard = Shard { index: 1, count: 1 };

    /// The shard `index` of `count`, from 1.
    pub fn new(index: u64, count: u64) -> Option<Shard> {
        ((1..=count).contains(&index) && count <= MOST_SHARDS).then_some(Shard { index, count })
    }

    /// Whether it works on the unit at a position of the plan. Neighbours go to different shards, so that all end at about the
    /// same time where points grow dearer towards an end.
    pub fn has(self, unit: u64) -> bool {
        unit % self.count == self.index - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers = text
            .split_once('/')
            .and_then(|(index, count)| Shard::new(index.trim().parse().ok()?, count.trim().parse().ok()?));
        numbers.ok_or_else(|| {
            format!(
                "`{text}` is no shard: write its number and how many there are, from 1/8 to 8/8 for eight"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_belongs_to_one_shard() {
        for count in 1..10 {
            let shards: Vec<Shard> = (1..=count).filter_map(|index| Shard::new(index, count)).collect();
            for unit in 0..50 {
                assert_eq!(shards.iter().filter(|shard| shard.has(unit)).count(), 1);
            }
        }
    }

    #[test]
    fn shards_are_counted_from_one() {
        assert_eq!("2/8".parse(), Ok(Shard { index: 2, count: 8 }));
        for wrong in ["0/8", "9/8", "1", "1/0", "a/b", "-1/3", "1/9999999"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        assert_eq!(Shard::WHOLE.to_string(), "1/1");
    }
}
