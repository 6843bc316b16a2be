//! A total with its bands and groups as lines: what both the sums to date and the rates look like.

use super::format::{amount, list};
use super::palette;
use super::series::{self, Centre};
use super::spec::{EndLabel, Panel};
use crate::ensemble::summary::Stat;

/// A line of the fan.
pub struct FanLine {
    /// Its name.
    pub name: String,
    /// Its points; their spreads are `None` where no bands can be drawn.
    pub points: Vec<Stat>,
    /// Of a group: the index of its value, from which its colour comes.
    pub value: usize,
}

impl FanLine {
    /// Its last value that is a number.
    pub fn last(&self, centre: Centre) -> f64 {
        series::last(&series::centres(&self.points, centre)).unwrap_or(0.0)
    }

    /// Whether it ever is above 0.
    pub fn is_ever(&self) -> bool {
        self.points.iter().any(|stat| stat.mean > 0.0)
    }

    fn highest(&self) -> f64 {
        self.points.iter().map(|stat| stat.mean).filter(|mean| mean.is_finite()).fold(0.0, f64::max)
    }
}

/// Puts `total` and `groups` on the panel. Returns notes for the footer.
pub fn fill(
    panel: &mut Panel,
    days: &[f64],
    total: &FanLine,
    groups: &[FanLine],
    centre: Centre,
) -> Vec<String> {
    let mut order: Vec<usize> = (0..groups.len()).filter(|index| groups[*index].is_ever()).collect();
    order.sort_by(|a, b| groups[*b].highest().total_cmp(&groups[*a].highest()).then(a.cmp(b)));
    let (named, unnamed) = order.split_at(order.len().min(palette::MOST_LINES));

    panel.areas.extend(series::bands(days, &total.points, palette::INK, centre).into_iter().map(
        |mut band| {
            // Paler than elsewhere: the groups' lines lie over them.
            band.opacity *= 0.6;
            band.of(&total.name)
        },
    ));
    for index in unnamed {
        let values = series::centres(&groups[*index].points, centre);
        panel.lines.push(series::curve(days, &values, palette::OTHERS, &[], 1.0).of(&groups[*index].name));
    }
    let mut named = named.to_vec();
    named.sort_unstable();
    // A group keeps its colour from chart to chart, where there are colours enough.
    let enough = groups.iter().all(|fan_line| fan_line.value < palette::MOST_LINES);
    for (place, index) in named.iter().enumerate() {
        let fan_line = &groups[*index];
        let (colour, dash) = palette::line(if enough { fan_line.value } else { place });
        let values = series::centres(&fan_line.points, centre);
        panel.lines.push(series::curve(days, &values, colour, dash, 2.0).of(&fan_line.name));
        panel.labels.push(label(fan_line, centre, colour));
    }
    let values = series::centres(&total.points, centre);
    panel.lines.push(series::curve(days, &values, palette::INK, &[], 2.6).of(&total.name));
    let mut own = label(total, centre, palette::INK);
    if let Some(last) = total.points.iter().rev().find(|stat| stat.mean.is_finite()) {
        let words = series::range_words(last, centre);
        own.note =
            if centre == Centre::Median && !words.is_empty() { format!("90 %: {words}") } else { words };
    }
    panel.labels.push(own);

    let names: Vec<String> = unnamed.iter().map(|index| groups[*index].name.clone()).collect();
    if names.is_empty() { Vec::new() } else { vec![format!("In grey, without a name: {}.", list(&names, 8))] }
}

fn label(fan_line: &FanLine, centre: Centre, colour: palette::Colour) -> EndLabel {
    let value = fan_line.last(centre);
    EndLabel::new(value, amount(value), colour).named(&fan_line.name)
}
