//! Labels beside each other that must not overlap: each as near as possible to where it belongs.

/// Moves intervals of `heights` centred at `wanted` apart, in their order and within `top..bottom` as far as they fit;
/// returns their centres, in the order given.
///
/// Neighbours that would overlap form a block that lies where the mean of its members wants to be: the least squares
/// answer, by pooling adjacent violators.
pub fn apart(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));

    /// Intervals that touch: its upper end, its height, and its members in order.
    struct TouchingIntervals {
        start: f64,
        height: f64,
        members: Vec<usize>,
    }
    let settle = |block: &mut TouchingIntervals| {
        let mut above = 0.0;
        let mut sum = 0.0;
        for member in &block.members {
            sum += wanted[*member] - above - heights[*member] / 2.0;
            above += heights[*member];
        }
        block.height = above;
        let start = sum / block.members.len() as f64;
        // Should they not fit, the upper end wins.
        block.start = start.min(bottom - above).max(top);
    };

    let mut blocks: Vec<TouchingIntervals> = Vec::new();
    for index in order {
        let mut block = TouchingIntervals { start: 0.0, height: 0.0, members: vec![index] };
        settle(&mut block);
        while let Some(above) = blocks.pop_if(|above| above.start + above.height > block.start) {
            block.members = [above.members, block.members].concat();
            settle(&mut block);
        }
        blocks.push(block);
    }

    let mut centres = vec![0.0; wanted.len()];
    for block in blocks {
        let mut at = block.start;
        for member in block.members {
            centres[member] = at + heights[member] / 2.0;
            at += heights[member];
        }
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_collide_stays() {
        assert_eq!(apart(&[10.0, 50.0], &[10.0, 10.0], 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(apart(&[50.0, 50.0], &[10.0, 10.0], 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(apart(&[99.0, 98.0], &[10.0, 10.0], 0.0, 100.0), [95.0, 85.0]);
    }

    proptest! {
        #[test]
        fn labels_never_overlap(wanted in prop::collection::vec(0.0..300.0, 0..12)) {
            let heights = vec![20.0; wanted.len()];
            let mut centres = apart(&wanted, &heights, 0.0, 300.0);
            centres.sort_by(f64::total_cmp);
            prop_assert!(centres.windows(2).all(|pair| pair[1] - pair[0] >= 20.0 - 1e-6));
            prop_assert!(centres.iter().all(|centre| *centre >= 10.0 - 1e-6 && *centre <= 290.0 + 1e-6));
        }
    }
}
