//! The orders in which parts can be put in place, and what a part adds in each.

use rand::Rng;

use crate::random::{Keys, Site};

/// Which parts are in place: bit `i` for part `i`.
pub type Mask = u128;

/// With more parts orders are sampled: all of them would ask for more than 64 variants.
pub const MOST_EXACT: usize = 6;

/// The orders that are looked at for some replicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Orders {
    /// All of so many parts.
    All(usize),
    /// One and its reverse.
    AndReverse(Vec<usize>),
}

impl Orders {
    /// One order of `parts` parts drawn for the `group`-th group of replicates, and its reverse: what an order favours its
    /// reverse slights.
    pub fn sampled(parts: usize, keys: &Keys, variant: &str, group: u64) -> Orders {
        let mut stream = keys.stream(group, Site::of(&["attribution", "order", variant]));
        let mut order: Vec<usize> = (0..parts).collect();
        // Fisher and Yates; a product of 64 random bits favours no part by more than 2^-57.
        for last in (1..parts).rev() {
            let other = (u128::from(stream.next_u64()) * (last as u128 + 1)) >> 64;
            order.swap(last, other as usize);
        }
        Orders::AndReverse(order)
    }

    /// The variants that are needed, without any part first and with all last; none twice.
    pub fn variants(&self) -> Vec<Mask> {
        let mut variants: Vec<Mask> = match self {
            Orders::All(parts) => (0..1 << parts).collect(),
            Orders::AndReverse(order) => {
                let reverse: Vec<usize> = order.iter().rev().copied().collect();
                [order, &reverse].into_iter().flat_map(|order| prefixes(order)).collect()
            }
        };
        variants.sort_unstable();
        variants.dedup();
        variants
    }

    /// What contributions are multiplied by to be whole.
    pub fn denominator(&self) -> i128 {
        match self {
            Orders::All(parts) => factorial(*parts),
            Orders::AndReverse(_) => 2,
        }
    }

    /// What each part adds to a number that is `value` in a variant, summed over the orders: the mean over them times
    /// [`Orders::denominator`]. The parts add up to what all of them add, exactly.
    pub fn contributions(&self, value: impl Fn(Mask) -> i128, answer: &mut [i128]) {
        answer.fill(0);
        match self {
            Orders::All(parts) => {
                for (part, sum) in answer.iter_mut().enumerate() {
                    for others in (0..1 << parts).filter(|mask| mask & (1 << part) == 0) {
                        let size = Mask::count_ones(others) as usize;
                        // So many orders have exactly these others before the part.
                        let orders = factorial(size) * factorial(parts - size - 1);
                        *sum += orders * (value(others | 1 << part) - value(others));
                    }
                }
            }
            Orders::AndReverse(order) => {
                let mut along = |order: &mut dyn Iterator<Item = usize>| {
                    let mut before = 0;
                    for part in order {
                        answer[part] += value(before | 1 << part) - value(before);
                        before |= 1 << part;
                    }
                };
                along(&mut order.iter().copied());
                along(&mut order.iter().rev().copied());
            }
        }
    }
}

/// What is in place before each part of an order, and after the last.
fn prefixes(order: &[usize]) -> Vec<Mask> {
    let mut masks: Vec<Mask> = vec![0];
    masks.extend(order.iter().scan(0, |before, part| {
        *before |= 1 << part;
        Some(*before)
    }));
    masks
}

fn factorial(n: usize) -> i128 {
    (1..=n as i128).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A number of every variant, from a table that is long enough for six parts.
    fn contributions(orders: &Orders, parts: usize, table: &[i128]) -> Vec<i128> {
        let mut answer = vec![0; parts];
        orders.contributions(|mask| table[mask as usize], &mut answer);
        answer
    }

    proptest! {
        #[test]
        fn parts_add_up_and_a_part_without_effect_has_nothing(parts in 1usize..=6, table in prop::collection::vec(-1000i128..1000, 64), idle in 0usize..6) {
            let all = (1usize << parts) - 1;
            let idle = idle % parts;
            // The same number whether the idle part is in place or not.
            let table: Vec<i128> = (0..64).map(|mask: usize| table[mask & !(1 << idle)]).collect();
            for orders in [Orders::All(parts), Orders::sampled(parts, &Keys { seed: 3 }, "v", 11)] {
                let found = contributions(&orders, parts, &table);
                prop_assert_eq!(found.iter().sum::<i128>(), orders.denominator() * (table[all] - table[0]));
                prop_assert_eq!(found[idle], 0);
            }
        }
    }

    #[test]
    fn sampled_orders_are_all_orders_in_expectation() {
        let table: Vec<i128> = (0..16).map(|mask: i128| (mask * mask * 37 + 5 * mask) % 101).collect();
        let known = contributions(&Orders::All(4), 4, &table);
        let groups = 20_000;
        let mut sums = vec![0; 4];
        for group in 0..groups {
            let orders = Orders::sampled(4, &Keys { seed: 1 }, "v", group);
            contributions(&orders, 4, &table).iter().zip(&mut sums).for_each(|(found, sum)| *sum += found);
        }
        for (known, sum) in known.iter().zip(sums) {
            let (known, found) = (*known as f64 / 24.0, sum as f64 / (2 * groups) as f64);
            // The standard deviation of one order is below 50.
            assert!((known - found).abs() < 4.0 * 50.0 / (groups as f64).sqrt(), "{known} {found}");
        }
    }

    #[test]
    fn the_glove_game() {
        // Two left gloves and a right one: the right one is worth two thirds of a pair (Shapley 1953, in his own example).
        let pairs = |mask: Mask| i128::from(mask & 4 != 0 && mask & 3 != 0);
        let mut found = [0; 3];
        Orders::All(3).contributions(pairs, &mut found);
        assert_eq!((found, Orders::All(3).denominator()), ([1, 1, 4], 6));
        assert_eq!(Orders::AndReverse(vec![2, 0, 1]).variants(), [0b000, 0b010, 0b011, 0b100, 0b101, 0b111]);
    }
}
