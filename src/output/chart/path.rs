//! The path of an SVG, in as few letters as may be: every point by how far it is from the one before.

use std::fmt::{self, Display, Write};

/// Lines through points of whole numbers, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    text: String,
    at: (i32, i32),
}

impl Path {
    /// Goes on with a line through `points`. Those at which nothing moves are left out, and with them a line of one point.
    pub fn add(&mut self, points: impl IntoIterator<Item = (i32, i32)>) {
        let mut points = points.into_iter();
        let Some(first) = points.next() else { return };
        let mut from = first;
        for to in points {
            if to == from {
                continue;
            }
            // After a move, pairs are lines.
            if from == first {
                self.text.push('m');
                self.step(self.at, first, true);
            }
            self.step(from, to, false);
            from = to;
            self.at = to;
        }
    }

    fn step(&mut self, from: (i32, i32), to: (i32, i32), opens: bool) {
        let (x, y) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
        // A sign parts numbers as a space does.
        let space = |number: i32| if number < 0 { "" } else { " " };
        let before = if opens { "" } else { space(x) };
        // Writing into a string cannot fail.
        let _ = write!(self.text, "{before}{x}{}{y}", space(y));
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_told_by_their_distance() {
        let mut path = Path::default();
        path.add([(10, 20), (12, 15), (12, 15), (9, 15)]);
        path.add([(3, 3)]);
        path.add([(5, 5), (5, 5)]);
        path.add([(10, 10), (20, 10)]);
        assert_eq!(path.to_string(), "m10 20 2-5-3 0m1-5 10 0");
    }
}
