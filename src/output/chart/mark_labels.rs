//! What stands at the lines of dates: the names of the marks or, where these do not all find room, letters.

use super::cells::ChartCells;
use super::flags::{self, Flag, WantedLabel};
use super::format::list;
use super::sizes::SMALL;
use super::spec::{Mark, Panel};
use super::text::width;
use super::ticks::along;
use super::weight::Weight;

/// So many rows of labels stand above a panel at most.
const MOST_ROWS: usize = 4;

/// The labels of all marks of a sheet.
#[derive(Default)]
pub struct MarkLabels {
    /// Of each panel.
    pub of: Vec<OfPanel>,
    /// What the letters mean that stand for labels without room, as a sentence of the footer.
    pub letters: Option<String>,
}

/// For every mark of a panel what its label says and where it stands, if it has one here.
#[derive(Default)]
pub struct OfPanel {
    /// What it says.
    pub texts: Vec<Option<String>>,
    /// Where it stands.
    pub flags: Vec<Option<Flag>>,
}

/// Where a plot is from left to right, and the ends of its axis.
pub struct Plot {
    /// Its left and right end in pixels.
    pub span: (f64, f64),
    /// The ends of its horizontal axis.
    pub ends: (f64, f64),
}

/// Panels whose marks are to be labelled.
pub struct Marked<'a> {
    /// The panels.
    pub panels: &'a [Panel],
    /// Where they are.
    pub cells: &'a ChartCells,
    /// The plot of each.
    pub plots: Vec<Plot>,
}

/// How a mark is labelled.
struct Style<'a> {
    /// What it is called.
    text: &'a dyn Fn(&Mark) -> String,
    /// What stands between the labels of one date.
    between: &'static str,
    /// Whether a mark that has its label in one column needs none in another.
    once: bool,
}

impl Marked<'_> {
    /// Labels the marks by their names or, where these do not all find room, by letters that the footer explains.
    pub fn labels(&self) -> MarkLabels {
        let (of, without) =
            self.place(&Style { text: &|mark| mark.label.clone(), between: "; ", once: false });
        if without.is_empty() {
            return MarkLabels { of, letters: None };
        }
        let marks = self.by_date();
        let letter = |mark: &Mark| letter(marks.iter().position(|known| *known == mark).unwrap_or(0));
        // The footer has the letters that the chart has, and no others.
        let (of, without) = self.place(&Style { text: &letter, between: ", ", once: true });
        let (with, without): (Vec<&Mark>, Vec<&Mark>) =
            marks.iter().copied().partition(|mark| !without.contains(mark));
        let mut key: Vec<String> =
            with.iter().map(|mark| format!("{} {}", letter(mark), mark.label)).collect();
        if !without.is_empty() {
            let names: Vec<String> = without.iter().map(|mark| mark.label.clone()).collect();
            key.push(format!("without a letter {}", list(&names, 8)));
        }
        MarkLabels { of, letters: Some(format!("{}.", key.join(", "))) }
    }

    /// Every mark once.
    fn by_date(&self) -> Vec<&Mark> {
        let mut marks: Vec<&Mark> = Vec::new();
        for mark in self.panels.iter().flat_map(|panel| &panel.marks) {
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks.sort_by(|a, b| a.at.total_cmp(&b.at));
        marks
    }

    /// A mark is labelled in the highest panel of a column that has it; its line says the rest below. Marks of one date share a
    /// label. Also returns those that found no room.
    fn place(&self, style: &Style<'_>) -> (Vec<OfPanel>, Vec<Mark>) {
        let mut all = Vec::with_capacity(self.panels.len());
        let mut without: Vec<Mark> = Vec::new();
        for (index, panel) in self.panels.iter().enumerate() {
            let sharing = self.sharing(index);
            let mut texts: Vec<Option<String>> = vec![None; panel.marks.len()];
            for of_date in &sharing {
                let words: Vec<String> = of_date.iter().map(|it| (style.text)(&panel.marks[*it])).collect();
                texts[of_date[0]] = Some(words.join(style.between));
            }
            let flags = place_flags(panel, &texts, &self.plots[index]);
            for of_date in sharing.iter().filter(|of_date| flags[of_date[0]].is_none()) {
                without.extend(of_date.iter().map(|it| panel.marks[*it].clone()));
            }
            all.push(OfPanel { texts, flags });
        }
        // What one column has no room for may have it in another.
        let placed = |mark: &Mark| {
            self.panels.iter().zip(&all).any(|(panel, of)| {
                panel.marks.iter().zip(&of.flags).any(|(known, flag)| known == mark && flag.is_some())
            })
        };
        without.retain(|mark| !style.once || !placed(mark));
        (all, without)
    }

    /// The marks of a panel that none above it in its column has, those of one date together.
    fn sharing(&self, index: usize) -> Vec<Vec<usize>> {
        let marks = &self.panels[index].marks;
        let mut sharing: Vec<Vec<usize>> = Vec::new();
        for (it, mark) in marks.iter().enumerate() {
            if self.cells.above(index).any(|above| self.panels[above].marks.contains(mark)) {
                continue;
            }
            match sharing.iter_mut().find(|of_date| marks[of_date[0]].at == mark.at) {
                Some(of_date) => of_date.push(it),
                None => sharing.push(vec![it]),
            }
        }
        sharing
    }
}

/// A letter for each of the first marks, and numbers for those after Z.
fn letter(place: usize) -> String {
    let letter = u8::try_from(place).ok().filter(|place| *place < 26).map(|place| char::from(b'A' + place));
    letter.map_or_else(|| (place + 1).to_string(), String::from)
}

/// Finds rows above a plot for the panel's marks: `texts` has a text for each that is to be labelled.
fn place_flags(panel: &Panel, texts: &[Option<String>], plot: &Plot) -> Vec<Option<Flag>> {
    let (left, right) = plot.span;
    let (chosen, wishes): (Vec<usize>, Vec<WantedLabel>) = texts
        .iter()
        .enumerate()
        .filter_map(|(index, text)| {
            let at = left + along(panel.marks[index].at, plot.ends) * (right - left);
            Some((index, WantedLabel { at, width: width(text.as_ref()?, SMALL, Weight::Regular) }))
        })
        .unzip();
    let mut flags = vec![None; panel.marks.len()];
    for (index, flag) in chosen.into_iter().zip(flags::place(&wishes, left, right, MOST_ROWS)) {
        flags[index] = flag;
    }
    flags
}
