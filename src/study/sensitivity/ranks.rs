//! Rank regression: in which direction an outcome follows each factor, others held, and how much a monotone additive rule explains.
//!
//! Ranks in place of values (ties share the middle of theirs), then linear: standardised rank regression coefficients and
//! partial rank correlation coefficients (PRCC), both from the inverse of the matrix of rank correlations (Iman and Conover 1979;
//! Marino et al., "A methodology for performing global uncertainty and sensitivity analysis in systems biology", Journal of
//! Theoretical Biology 254, 2008). Where `explained` is far below 1 the outcome does not follow monotonely, and only
//! variance-based indices can be trusted. Monte Carlo noise is not taken away: it makes all coefficients smaller.

use super::measured::NoIndices;

/// How an outcome follows one factor, each from -1 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// The rank correlation (Spearman's).
    pub correlation: f64,
    /// The standardised rank regression coefficient: ranks of the outcome per rank of the factor, others held.
    pub coefficient: f64,
    /// The partial rank correlation: what is left of outcome and factor when all others have explained what they can.
    pub partial: f64,
    /// The ends of the 95 % confidence interval of `partial`, by Fisher's z.
    pub partial_interval: (f64, f64),
}

/// The regression of the ranks of an outcome on those of all factors.
#[derive(Clone, Debug, PartialEq)]
pub struct RankRegression {
    /// One for each factor.
    pub factors: Vec<Association>,
    /// R^2: the part of the variance of the ranks that they explain together.
    pub explained: f64,
}

/// The regression of `outcome`, one value a point, on `factors`, the values of each.
///
/// `None` when factors determine each other, or the outcome exactly, or one of them is constant: then the matrix has no
/// inverse.
///
/// # Errors
/// When lengths differ, a value is not finite, or there are not at least 5 points more than factors.
pub fn regress(outcome: &[f64], factors: &[&[f64]]) -> Result<Option<RankRegression>, NoIndices> {
    let points = outcome.len();
    let least = factors.len() + 5;
    if points < least {
        return Err(NoIndices::TooFew { points, least });
    }
    for values in factors.iter().copied().chain([outcome]) {
        if values.len() != points {
            return Err(NoIndices::Rows { found: points, expected: values.len() });
        }
        if let Some(row) = values.iter().position(|value| !value.is_finite()) {
            return Err(NoIndices::NotFinite { row });
        }
    }
    let scores: Vec<Vec<f64>> =
        factors.iter().copied().chain([outcome]).map(|values| standardised(&ranks(values))).collect();
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let correlations: Vec<Vec<f64>> =
        scores.iter().map(|a| scores.iter().map(|b| product(a, b)).collect()).collect();
    let Some(inverse) = inverse(&correlations) else { return Ok(None) };
    let last = factors.len();
    let own = inverse[last][last];
    let associations = (0..last).map(|factor| {
        let partial = -inverse[factor][last] / (inverse[factor][factor] * own).sqrt();
        // Fisher's z of a partial correlation has a degree of freedom less for each variable that is held.
        let error = 1.0 / (points as f64 - 2.0 - last as f64).sqrt();
        let z = libm::atanh(partial);
        let end = |sign: f64| libm::tanh(z + sign * 1.959_963_984_540_054 * error);
        Association {
            correlation: correlations[factor][last],
            coefficient: -inverse[factor][last] / own,
            partial,
            partial_interval: (end(-1.0), end(1.0)),
        }
    });
    Ok(Some(RankRegression { factors: associations.collect(), explained: 1.0 - 1.0 / own }))
}

/// Ranks from 0; those of equal values are their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]).scan(0, |first, tied| {
        *first += tied.len();
        Some((*first - tied.len(), tied))
    }) {
        let (first, points) = tied;
        for point in points {
            ranks[*point] = first as f64 + (points.len() - 1) as f64 / 2.0;
        }
    }
    ranks
}

/// Less their mean, with squares that add up to 1; zeros when all are equal.
fn standardised(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let square: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let scale = if square > 0.0 { 1.0 / square.sqrt() } else { 0.0 };
    values.iter().map(|value| (value - mean) * scale).collect()
}

/// The inverse of a matrix of correlations by Gauss and Jordan, the largest pivot of a column first.
fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let mut rows: Vec<Vec<f64>> = matrix
        .iter()
        .enumerate()
        .map(|(row, values)| {
            let unit = (0..size).map(|column| if column == row { 1.0 } else { 0.0 });
            values.iter().copied().chain(unit).collect()
        })
        .collect();
    for column in 0..size {
        let pivot =
            (column..size).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        if rows[pivot][column].abs() < SINGULAR {
            return None;
        }
        rows.swap(column, pivot);
        let scale = 1.0 / rows[column][column];
        rows[column].iter_mut().for_each(|value| *value *= scale);
        let pivot_row = rows[column].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != column) {
            let times = row[column];
            row.iter_mut().zip(&pivot_row).for_each(|(value, pivot)| *value -= times * pivot);
        }
    }
    Some(rows.into_iter().map(|row| row[size..].to_vec()).collect())
}

/// What is left of a variance of 1 when it counts as nothing: well above the rounding of correlations.
const SINGULAR: f64 = 1e-10;
