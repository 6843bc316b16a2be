//! The labels of dates, in rows above a panel, such that no label covers another or another's line.

/// A label and the horizontal position of its line.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Where the line is.
    pub at: f64,
    /// How wide the label is.
    pub width: f64,
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flag {
    /// 0 is next to the panel.
    pub row: usize,
    /// Where it starts; it covers its own line or stands to the right of it.
    pub start: f64,
}

/// Pixels between labels of one row, and between a line and somebody else's label.
const GAP: f64 = 8.0;

/// A place for each label between `left` and `right` in at most `rows` rows; `None` where there is no room.
///
/// A line rises to its own label's row, so a label must not lie, below that row, where the line passes.
pub fn place(wishes: &[Wish], left: f64, right: f64, rows: usize) -> Vec<Option<Flag>> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*b].at.total_cmp(&wishes[*a].at));
    let mut flags: Vec<Option<Flag>> = vec![None; wishes.len()];
    for index in order {
        let wish = wishes[index];
        if wish.width > right - left {
            continue;
        }
        let start = wish.at.min(right - wish.width).max(left);
        let crosses = |line: f64, from: f64, width: f64| line > from - GAP / 2.0 && line < from + width + GAP;
        let fits = |row: usize| {
            wishes.iter().zip(&flags).filter_map(|(other, flag)| flag.map(|flag| (other, flag))).all(
                |(other, flag)| {
                    let apart =
                        start + wish.width + GAP <= flag.start || flag.start + other.width + GAP <= start;
                    match row.cmp(&flag.row) {
                        std::cmp::Ordering::Equal => apart,
                        std::cmp::Ordering::Greater => !crosses(wish.at, flag.start, other.width),
                        std::cmp::Ordering::Less => !crosses(other.at, start, wish.width),
                    }
                },
            )
        };
        flags[index] = (0..rows).find(|row| fits(*row)).map(|row| Flag { row, start });
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(wishes: &[(f64, f64)]) -> Vec<Option<usize>> {
        let wishes: Vec<Wish> = wishes.iter().map(|(at, width)| Wish { at: *at, width: *width }).collect();
        place(&wishes, 0.0, 300.0, 3).into_iter().map(|flag| flag.map(|flag| flag.row)).collect()
    }

    #[test]
    fn labels_rise_over_lines_to_their_right() {
        assert_eq!(rows(&[(10.0, 50.0), (100.0, 50.0)]), [Some(0), Some(0)]);
        assert_eq!(rows(&[(10.0, 100.0), (60.0, 50.0)]), [Some(1), Some(0)]);
        assert_eq!(rows(&[(10.0, 400.0)]), [None]);
    }

    #[test]
    fn a_label_at_the_right_edge_is_moved_in() {
        let flags = place(&[Wish { at: 290.0, width: 100.0 }], 0.0, 300.0, 2);
        assert_eq!(flags, [Some(Flag { row: 0, start: 200.0 })]);
    }
}
