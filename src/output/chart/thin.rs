//! Long series, cut to what a chart can show: of every pixel column the extremes stay.

/// How many points a plot of so many pixels shows: two for each.
fn most(pixels: f64) -> usize {
    // A plot is hundreds of pixels wide.
    2 * (pixels.max(50.0) as usize)
}

/// A curve in a plot of so many pixels: where it has more points than that shows, every bucket of them keeps its lowest and its
/// highest, in their order.
pub fn curve(run: &[(f64, f64)], pixels: f64) -> Vec<(f64, f64)> {
    let most = most(pixels);
    if run.len() <= most {
        return run.to_vec();
    }
    let mut kept = Vec::with_capacity(most + 2);
    for bucket in run.chunks(run.len().div_ceil(most / 2)) {
        let of = |pick: fn(&f64, &f64) -> std::cmp::Ordering| {
            bucket.iter().copied().enumerate().min_by(|a, b| pick(&a.1.1, &b.1.1))
        };
        let (lowest, highest) = (of(f64::total_cmp), of(|a, b| b.total_cmp(a)));
        let mut pair: Vec<_> = lowest.into_iter().chain(highest).collect();
        pair.sort_by_key(|(index, _)| *index);
        pair.dedup();
        kept.extend(pair.into_iter().map(|(_, point)| point));
    }
    kept.extend(run.last().filter(|last| kept.last() != Some(last)).copied());
    kept
}

/// The same of a band, whose every bucket becomes its hull.
pub fn band(run: &[(f64, f64, f64)], pixels: f64) -> Vec<(f64, f64, f64)> {
    let most = most(pixels);
    if run.len() <= most {
        return run.to_vec();
    }
    let hull = |bucket: &[(f64, f64, f64)]| {
        let lower = bucket.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
        let upper = bucket.iter().map(|point| point.2).fold(f64::NEG_INFINITY, f64::max);
        bucket.first().map(|first| (first.0, lower, upper))
    };
    let mut kept: Vec<_> = run.chunks(run.len().div_ceil(most / 2)).filter_map(hull).collect();
    kept.extend(run.last());
    kept
}
