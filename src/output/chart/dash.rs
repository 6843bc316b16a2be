//! Dashed lines, cut into their dashes: the drawing backend knows solid ones only.

use super::palette::Dash;

/// The dashes of a line through `points`, where `pattern` gives lengths of dash and gap in turn.
pub fn dashes(points: &[(f64, f64)], pattern: Dash) -> Vec<Vec<(f64, f64)>> {
    let mut dashes = Vec::new();
    let mut part = 0;
    let mut left = pattern[0];
    let mut dash: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let distance = (dx * dx + dy * dy).sqrt();
            if distance <= left {
                left -= distance;
                if part % 2 == 0 {
                    dash.push(to);
                }
                break;
            }
            from = (from.0 + dx * left / distance, from.1 + dy * left / distance);
            if part % 2 == 0 {
                dash.push(from);
                dashes.push(std::mem::take(&mut dash));
            } else {
                dash = vec![from];
            }
            part = (part + 1) % pattern.len();
            left = pattern[part];
        }
    }
    if dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_run_on_around_corners() {
        let line = [(0.0, 0.0), (3.0, 0.0), (3.0, 5.0)];
        assert_eq!(
            dashes(&line, &[4.0, 2.0]),
            [vec![(0.0, 0.0), (3.0, 0.0), (3.0, 1.0)], vec![(3.0, 3.0), (3.0, 5.0)]]
        );
    }

    #[test]
    fn a_line_of_one_point_has_no_dashes() {
        assert!(dashes(&[(1.0, 1.0)], &[4.0, 2.0]).is_empty());
        assert!(dashes(&[], &[4.0, 2.0]).is_empty());
    }
}
