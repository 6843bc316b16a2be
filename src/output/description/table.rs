//! Numbers that may differ by group or over time.

use super::telling::Telling;
use super::who::value_words;
use crate::model::{ByValue, NumberId, Varying};
use crate::wording::list;

/// Tables of more different numbers than this are told from the least to the most.
const MOST_PARTS: usize = 5;

/// A number of a table with whom or when it is for.
pub(super) struct TablePart {
    /// What it is the product of.
    ids: Vec<NumberId>,
    /// Its value.
    pub(super) value: f64,
    /// For whom it is, or from when; `None`: for all, and always.
    of: Option<String>,
}

impl TablePart {
    /// Whether it is computed from parameters.
    pub(super) fn is_computed(&self, telling: &Telling<'_>) -> bool {
        self.ids.iter().any(|id| !telling.model.number(*id).value.uses().is_empty())
    }
}

/// The different numbers of an amount, each multiplied by `times`.
pub(super) fn parts(telling: &Telling<'_>, amount: &Varying, times: &[NumberId]) -> Vec<TablePart> {
    match amount {
        Varying::Same(number) => vec![part(telling, *number, times, None)],
        Varying::By(table) => by_value(telling, table, times),
        Varying::Series(series) => {
            let of = |at: f64| {
                let steps = telling.model.calendar.steps();
                (at > 0.0).then(|| format!("from {}", telling.date((at.floor() as u32).min(steps))))
            };
            let several = series.len() > 1;
            let at_first = |at: f64| of(at).or_else(|| several.then(|| "at first".into()));
            series.iter().map(|(at, number)| part(telling, *number, times, at_first(*at))).collect()
        }
    }
}

fn part(telling: &Telling<'_>, number: NumberId, times: &[NumberId], of: Option<String>) -> TablePart {
    let ids: Vec<NumberId> = std::iter::once(number).chain(times.iter().copied()).collect();
    TablePart { value: ids.iter().map(|id| telling.value(*id)).product(), ids, of }
}

/// One part for each different number of a table by a dimension.
pub(super) fn by_value(telling: &Telling<'_>, table: &ByValue, times: &[NumberId]) -> Vec<TablePart> {
    let mut groups: Vec<(TablePart, Vec<usize>)> = Vec::new();
    for (value, number) in table.values.iter().enumerate() {
        let Some(number) = number else { continue };
        let new = part(telling, *number, times, None);
        match groups.iter_mut().find(|(part, _)| part.value == new.value) {
            Some((part, values)) => {
                part.ids.extend(new.ids.into_iter().filter(|id| !times.contains(id)));
                values.push(value);
            }
            None => groups.push((new, vec![value])),
        }
    }
    let axis = &telling.model.groups.dimensions[table.dimension];
    if let [(_, values)] = groups.as_slice()
        && values.len() == axis.values.len()
    {
        return groups.into_iter().map(|(part, _)| part).collect();
    }
    let named =
        |(part, values): (TablePart, Vec<usize>)| TablePart { of: Some(value_words(axis, &values)), ..part };
    groups.into_iter().map(named).collect()
}

/// Parts in a sentence, with what the numbers are of: "9 (men) and 6 (women) a year", "60 seats (60 × Flights each month)".
pub(super) fn render(
    telling: &Telling<'_>,
    parts: &[TablePart],
    number: &dyn Fn(f64) -> String,
    unit: &dyn Fn(&str) -> String,
) -> String {
    let mut ids: Vec<NumberId> = parts.iter().flat_map(|part| part.ids.iter().copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    let with = |part: &TablePart| match &part.of {
        None => number(part.value),
        Some(of) => format!("{} ({of})", number(part.value)),
    };
    match parts {
        [] => "nothing".into(),
        [only] => match &only.of {
            None => telling.with_dependence(unit(&number(only.value)), &ids),
            Some(of) => telling.with_dependence(format!("{} ({of})", unit(&number(only.value))), &ids),
        },
        few if few.len() <= MOST_PARTS => {
            let words: Vec<String> = few.iter().map(with).collect();
            telling.with_dependence(unit(&list(&words, words.len())), &ids)
        }
        many => {
            let least = many.iter().min_by(|one, other| one.value.total_cmp(&other.value));
            let most = many.iter().max_by(|one, other| one.value.total_cmp(&other.value));
            let ends = [least, most].map(|end| end.map(&with).unwrap_or_default());
            telling.with_dependence(unit(&format!("from {} to {}", ends[0], ends[1])), &ids)
        }
    }
}
