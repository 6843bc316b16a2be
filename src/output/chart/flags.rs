//! The labels of dates, in rows above a panel, such that no label covers another or another's line.

/// A label and the horizontal position of its line.
#[derive(Clone, Copy, Debug)]
pub struct WantedLabel {
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

/// Pixels between labels of one row.
const GAP: f64 = 8.0;
/// Pixels between a line and somebody else's label.
const LINE_GAP: f64 = 3.0;

/// A place for each label between `left` and `right` in at most `rows` rows; `None` where there is no room.
///
/// A line rises to its own label's row, so a label must not lie, below that row, where the line passes. All are placed
/// in the fewest rows in which a short search finds a way; where it finds none, one after another as they fit.
pub fn place(wishes: &[WantedLabel], left: f64, right: f64, rows: usize) -> Vec<Option<Flag>> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*b].at.total_cmp(&wishes[*a].at));
    let sheet = LabelSheet { wishes, left, right };
    for rows in 1..=rows {
        let mut flags = vec![None; wishes.len()];
        let mut tries = TRIES;
        if sheet.search(&order, &mut flags, rows, &mut tries) {
            return flags;
        }
    }
    let mut flags = vec![None; wishes.len()];
    for index in order {
        flags[index] = sheet.options(index, rows).find(|flag| sheet.fits(index, flag, &flags));
    }
    flags
}

/// A label that is narrower sits best on top of its line.
const SHORT: f64 = 18.0;

/// Steps of the search before it gives up.
const TRIES: usize = 20_000;

struct LabelSheet<'a> {
    wishes: &'a [WantedLabel],
    left: f64,
    right: f64,
}

impl LabelSheet<'_> {
    /// Where a label might stand, the best first: low, and to the right of its line (a short one: upon it).
    fn options(&self, index: usize, rows: usize) -> impl Iterator<Item = Flag> + use<> {
        let WantedLabel { at, width } = self.wishes[index];
        let (left, right) = (self.left, self.right);
        let starts = if width < SHORT {
            [at - width / 2.0, at, at - width]
        } else {
            [at, at - width, at - width / 2.0]
        };
        let starts = starts.map(|start| start.min(right - width).max(left));
        let rows = if width > right - left { 0 } else { rows };
        (0..rows).flat_map(move |row| starts.map(|start| Flag { row, start }))
    }

    /// Whether the label agrees with those that have a place.
    fn fits(&self, index: usize, flag: &Flag, flags: &[Option<Flag>]) -> bool {
        self.wishes.iter().zip(flags).all(|(other, placed)| {
            placed.as_ref().is_none_or(|placed| agree((&self.wishes[index], flag), (other, placed)))
        })
    }

    /// Places the labels of `order`, each given those before it; takes back what leads nowhere.
    fn search(&self, order: &[usize], flags: &mut [Option<Flag>], rows: usize, tries: &mut usize) -> bool {
        let Some((index, rest)) = order.split_first() else { return true };
        for flag in self.options(*index, rows) {
            if *tries == 0 {
                return false;
            }
            *tries -= 1;
            if self.fits(*index, &flag, flags) {
                flags[*index] = Some(flag);
                if self.search(rest, flags, rows, tries) {
                    return true;
                }
                flags[*index] = None;
            }
        }
        false
    }
}

/// Whether two labels and their lines keep clear of each other.
fn agree(a: (&WantedLabel, &Flag), b: (&WantedLabel, &Flag)) -> bool {
    let (low, high) = if a.1.row <= b.1.row { (a, b) } else { (b, a) };
    if low.1.row == high.1.row {
        return low.1.start + low.0.width + GAP <= high.1.start
            || high.1.start + high.0.width + GAP <= low.1.start;
    }
    // The higher one's line passes the lower one's label.
    high.0.at <= low.1.start - LINE_GAP || high.0.at >= low.1.start + low.0.width + LINE_GAP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(wishes: &[(f64, f64)]) -> Vec<Option<usize>> {
        let wishes: Vec<WantedLabel> =
            wishes.iter().map(|(at, width)| WantedLabel { at: *at, width: *width }).collect();
        place(&wishes, 0.0, 300.0, 3).into_iter().map(|flag| flag.map(|flag| flag.row)).collect()
    }

    #[test]
    fn labels_rise_over_lines_to_their_right() {
        assert_eq!(rows(&[(10.0, 50.0), (100.0, 50.0)]), [Some(0), Some(0)]);
        assert_eq!(rows(&[(10.0, 100.0), (60.0, 50.0)]), [Some(1), Some(0)]);
        assert_eq!(rows(&[(10.0, 400.0)]), [None]);
    }

    #[test]
    fn wide_labels_find_room_over_each_other() {
        let crowded = [(103.0, 75.0), (130.0, 78.0), (154.0, 60.0), (206.0, 150.0)];
        let crowded = crowded.map(|(at, width)| WantedLabel { at, width });
        let flags = place(&crowded, 0.0, 309.0, 4);
        assert!(flags.iter().all(Option::is_some), "{flags:?}");
    }

    #[test]
    fn a_label_at_the_right_edge_is_moved_in() {
        let flags = place(&[WantedLabel { at: 290.0, width: 100.0 }], 0.0, 300.0, 2);
        assert_eq!(flags, [Some(Flag { row: 0, start: 200.0 })]);
    }
}
