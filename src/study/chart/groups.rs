//! Points by the value of one factor: its levels, or equally large groups.

/// A factor with at most so many values is taken by level.
const FEW: usize = 10;

/// Points that are alike in a factor.
#[derive(Clone, Debug)]
pub struct Group {
    /// The mean value of the factor.
    pub at: f64,
    /// The points, by index.
    pub points: Vec<usize>,
}

/// The points in the order of `factor`, in its levels where it has few, else in `most` groups. Points whose `values` are no
/// numbers are left out.
pub fn groups(factor: &[f64], values: &[f64], most: usize) -> Vec<Group> {
    let mut order: Vec<usize> = (0..values.len()).filter(|point| values[*point].is_finite()).collect();
    order.sort_by(|a, b| factor[*a].total_cmp(&factor[*b]).then(a.cmp(b)));
    let levels: Vec<&[usize]> = order.chunk_by(|a, b| factor[*a] == factor[*b]).collect();
    let most = most.clamp(1, order.len().max(1));
    let parts: Vec<&[usize]> = if levels.len() <= FEW {
        levels
    } else {
        let edge = |part: usize| order.len() * part / most;
        (0..most).map(|part| &order[edge(part)..edge(part + 1)]).collect()
    };
    parts
        .into_iter()
        .map(|points| Group {
            at: points.iter().map(|point| factor[*point]).sum::<f64>() / points.len() as f64,
            points: points.to_vec(),
        })
        .collect()
}

/// The mean of some points; "not a number" of none.
pub fn mean(values: &[f64], points: &[usize]) -> f64 {
    points.iter().map(|point| values[*point]).sum::<f64>() / points.len() as f64
}

/// The square of the standard error of that mean, of points drawn by chance.
pub fn squared_error(values: &[f64], points: &[usize]) -> f64 {
    let (mean, count) = (mean(values, points), points.len() as f64);
    let squares: f64 = points.iter().map(|point| (values[*point] - mean) * (values[*point] - mean)).sum();
    squares / (count - 1.0) / count
}
