//! Series on top of each other.

use super::palette::{self, Colour};
use super::series;
use super::spec::Area;

/// One of the series that make up a whole.
#[derive(Clone, Debug)]
pub struct Share {
    /// Its name.
    pub name: String,
    /// Its size at every point; what is not finite counts as 0.
    pub values: Vec<f64>,
}

/// What the rest is called.
const OTHERS: &str = "Others";

/// `shares` in their order, where there are more than `most` only the largest, and the others as one at the end.
pub fn largest(shares: Vec<Share>, most: usize) -> Vec<Share> {
    if shares.len() <= most {
        return shares;
    }
    let size =
        |share: &Share| share.values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| size(&shares[*b]).total_cmp(&size(&shares[*a])));
    let kept = &order[..most - 1];
    let points = shares.iter().map(|share| share.values.len()).max().unwrap_or(0);
    let mut others = Share { name: OTHERS.to_string(), values: vec![0.0; points] };
    let mut result = Vec::with_capacity(most);
    for (index, share) in shares.into_iter().enumerate() {
        if kept.contains(&index) {
            result.push(share);
        } else {
            for (sum, value) in others.values.iter_mut().zip(&share.values) {
                *sum += if value.is_finite() { *value } else { 0.0 };
            }
        }
    }
    result.push(others);
    result
}

fn colour(index: usize, share: &Share) -> Colour {
    if share.name == OTHERS { palette::OTHERS } else { palette::area(index) }
}

/// The shares stacked, the first at the bottom.
pub fn areas(days: &[f64], shares: &[Share]) -> Vec<Area> {
    let mut lower = vec![0.0; days.len()];
    let mut areas = Vec::with_capacity(shares.len());
    for (index, share) in shares.iter().enumerate() {
        let values = share.values.iter().map(|value| if value.is_finite() { *value } else { 0.0 });
        let upper: Vec<f64> = lower.iter().zip(values).map(|(lower, value)| lower + value).collect();
        let area = series::between(days, &lower, &upper, colour(index, share), 1.0);
        areas.push(Area { edge: true, ..area }.of(&share.name));
        lower = upper;
    }
    areas
}

/// Where each share ends, from the bottom up: the middle of its last height, and its colour.
pub fn ends(shares: &[Share]) -> Vec<(f64, &Share, Colour)> {
    let mut below = 0.0;
    let mut ends = Vec::with_capacity(shares.len());
    for (index, share) in shares.iter().enumerate() {
        let last = share.values.last().copied().filter(|value| value.is_finite()).unwrap_or(0.0);
        ends.push((below + last / 2.0, share, colour(index, share)));
        below += last;
    }
    ends
}
