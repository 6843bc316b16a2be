//! How many find a place full, when people come and go in random order.

use super::uniform::Uniform;

/// Of `coming` people who come one by one to a place with `room` free places, while `going` people leave it, in an order
/// in which every sequence is equally likely: how many find it full and turn away. The smallest `k` with
/// `P(X <= k) >= u`, never decreasing in `u` and `coming`, never increasing in `going` and `room`.
///
/// Free places are a walk that falls with everybody who comes and rises with everybody who goes; those turned away are
/// what the highest point of "come less gone" has above the room. That point has a closed form by the reflection
/// principle: of the walks that end at `coming - going` as many reach `m` as end at `2 m - (coming - going)`, so
/// `P(highest >= m) = C(n, going + m) / C(n, coming)` for `n = coming + going` and `m >= max(0, coming - going)`.
pub fn quantile(coming: u64, going: u64, room: u64, u: Uniform) -> u64 {
    let mut highest = coming.saturating_sub(going);
    if coming <= room {
        return 0;
    }
    // The probability that the walk goes at least so high.
    let mut reached = 1.0;
    let upper = u.upper();
    while highest < coming {
        reached *= (coming - highest) as f64 / (going + highest + 1) as f64;
        if reached <= upper {
            break;
        }
        highest += 1;
    }
    highest.saturating_sub(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every order of `coming` and `going`, by the number turned away.
    fn counted(coming: u64, going: u64, room: u64) -> Vec<f64> {
        let n = coming + going;
        let mut counts = vec![0.0; coming as usize + 1];
        for order in 0u32..1 << n {
            if u64::from(order.count_ones()) != coming {
                continue;
            }
            let (mut free, mut away) = (room, 0);
            for position in 0..n {
                match (order >> position & 1, free) {
                    (0, _) => free += 1,
                    (_, 0) => away += 1,
                    _ => free -= 1,
                }
            }
            counts[away] += 1.0;
        }
        let all: f64 = counts.iter().sum();
        counts.iter().map(|count| count / all).collect()
    }

    #[test]
    fn every_order_of_few_people_is_counted() {
        for (coming, going, room) in
            [(1, 0, 0), (4, 3, 0), (5, 2, 1), (3, 6, 0), (6, 6, 2), (2, 8, 1), (7, 4, 5), (3, 0, 1)]
        {
            let mut below = 0.0;
            for (away, probability) in counted(coming, going, room).into_iter().enumerate() {
                if probability > 0.0 {
                    let word = |share: f64| Uniform((share * 18_446_744_073_709_551_616.0) as u64);
                    for inside in [0.001, 0.5, 0.999] {
                        let u = word(below + inside * probability);
                        assert_eq!(quantile(coming, going, room, u), away as u64, "{coming} {going} {room}");
                    }
                }
                below += probability;
            }
        }
    }
}
