//! Dimensions, and the selection of people by them.

use std::ops::Range;

use super::draft::{Draft, name_problem};
use super::limits::{MOST_DIMENSIONS, MOST_VALUES};
use crate::model::{Dimension, Who};
use crate::scenario::code::Code;
use crate::scenario::file::dimension::DimensionValue;
use crate::scenario::file::target::WrittenWho;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;

/// Columns of the tables of results, and words with a meaning beside dimensions.
const TAKEN: [&str; 18] = [
    "share",
    "place",
    "date",
    "step",
    "mechanism",
    "from",
    "to",
    "counts_as",
    "event",
    "mean",
    "sd",
    "mc_se",
    "p05",
    "p25",
    "p50",
    "p75",
    "p95",
    "rate",
];

impl Draft<'_> {
    pub(super) fn groups(&mut self) {
        let file = self.file;
        let one_more = file.dimensions.keys().nth(MOST_DIMENSIONS).map(|key| key.span());
        let help = "leave out those that no mechanism needs";
        self.few_enough((file.dimensions.len(), "dimensions"), MOST_DIMENSIONS, one_more, help);
        for (key, values) in &file.dimensions {
            self.name(key, key.span());
            if TAKEN.contains(&&***key) {
                self.error(
                    Code::BadName.of(&***key),
                    key.span(),
                    format!("a dimension cannot be called `{}`", &***key),
                    "this word has another meaning",
                    "write another name".into(),
                );
            }
            if values.is_empty() {
                self.error(
                    Code::Incomplete.of(&***key),
                    values.span(),
                    format!("the dimension `{}` has no values", &***key),
                    "nothing in it",
                    "write at least one value, or leave the dimension out".into(),
                );
            }
            if values.len() > MOST_VALUES {
                self.error(
                    Code::TooMany.of(&***key),
                    key.span(),
                    format!("the dimension `{}` has {} values", &***key, values.len()),
                    "too many values",
                    format!("at most {MOST_VALUES}: put some together"),
                );
            }
            let mut axis = Dimension { name: key.to_string(), values: Vec::new(), labels: Vec::new() };
            for value in values.iter().take(MOST_VALUES) {
                self.value(&mut axis, value);
            }
            self.groups.dimensions.push(axis);
        }
    }

    /// Adds a value to those of a dimension, unless it is among them.
    fn value(&mut self, axis: &mut Dimension, value: &Located<DimensionValue>) {
        self.value_name(&value.name, value.label.is_some(), value.span());
        if axis.values.contains(&value.name) {
            self.again(
                Code::Duplicate.of(&value.name).and(&axis.name),
                value.span(),
                format!("`{}` is twice among the values of `{}`", shortened(&value.name), axis.name),
            );
            return;
        }
        let label = value.label.as_ref().map(|label| self.text(label, "label"));
        if let (Some(label), Some(span)) = (&label, value.label.as_ref().map(Located::span))
            && (axis.labels.iter().flatten().chain(&axis.values).any(|other| other == label))
        {
            self.error(
                Code::Duplicate.of(&axis.name).and(&label),
                span,
                format!("two values of `{}` are called `{}`", axis.name, shortened(label)),
                "the same words",
                "write another label".into(),
            );
        }
        axis.values.push(value.name.clone());
        axis.labels.push(label);
    }

    /// Says what is wrong with the name of a value, which may have to become a label.
    fn value_name(&mut self, name: &str, labelled: bool, span: Range<usize>) {
        let Some(mut problem) = name_problem(name, span) else { return };
        if !labelled && !name.trim().is_empty() && name.chars().count() <= 60 && as_name(name) != name {
            problem.help = format!(
                "write {{ name = \"{}\", label = \"{}\" }}: a name for the file and for tables, and one for people",
                as_name(name),
                shortened(name)
            );
        }
        self.report(problem);
    }

    /// The index of a dimension; `None` when there is none of that name, which is then said.
    pub(super) fn dimension(&mut self, name: &str, span: Range<usize>) -> Option<usize> {
        let found = self.groups.dimensions.iter().position(|dimension| dimension.name == name);
        if found.is_none() {
            let help =
                self.suggest(name, self.groups.dimensions.iter().map(|d| d.name.as_str()), "dimensions");
            self.unknown("dimension", name, span, help);
        }
        found
    }

    /// Whether a value of a dimension has no name that it could have: an unknown one may mean that.
    pub(super) fn doubtful(&self, dimension: usize) -> bool {
        self.groups.dimensions[dimension].values.iter().any(|value| name_problem(value, 0..0).is_some())
    }

    /// The index of a value of a dimension; `None` when there is none of that name, which is then said.
    pub(super) fn value_of(&mut self, dimension: usize, name: &str, span: Range<usize>) -> Option<usize> {
        let known = &self.groups.dimensions[dimension];
        let found = known.values.iter().position(|value| value == name);
        if found.is_none() && !self.doubtful(dimension) {
            let help = self.suggest(name, known.values.iter().map(String::as_str), "values");
            let message = format!("`{}` is not a value of `{}`", shortened(name), known.name);
            self.error(Code::UnknownName.of(&name), span, message, "unknown value", help);
        }
        found
    }

    /// The people that a selector names; everybody where none is written.
    pub(super) fn who(&mut self, written: Option<&Located<WrittenWho>>) -> Who {
        match written {
            Some(written) => self.selected(written.get()),
            None => Who::everybody(self.groups.dimensions.len()),
        }
    }

    /// The people that a selector names.
    pub(super) fn selected(&mut self, written: &WrittenWho) -> Who {
        let mut who = Who::everybody(self.groups.dimensions.len());
        for (key, values) in written {
            let Some(dimension) = self.dimension(key, key.span()) else { continue };
            let mut allowed = Vec::new();
            for (span, value) in values.items() {
                if let Some(value) = self.value_of(dimension, value, span)
                    && !allowed.contains(&value)
                {
                    allowed.push(value);
                }
            }
            // Where no value is known everything is allowed: the mistake is already said.
            who.allowed[dimension] = (!allowed.is_empty()).then_some(allowed);
        }
        who
    }

    /// How many groups are selected.
    pub(super) fn size_of(&self, who: &Who) -> u64 {
        let sizes = who
            .allowed
            .iter()
            .zip(&self.groups.dimensions)
            .map(|(allowed, dimension)| allowed.as_ref().map_or(dimension.values.len(), Vec::len) as u64);
        sizes.product()
    }

    /// The values of the groups that are selected.
    pub(super) fn members(&self, who: &Who) -> Vec<&[usize]> {
        self.group_values.iter().filter(|values| who.includes(values)).map(Vec::as_slice).collect()
    }
}

/// A name of the letters that names are made of: `18_plus` of "18+".
fn as_name(words: &str) -> String {
    let mut name = String::new();
    for c in words.chars() {
        match c {
            '+' => name.push_str("_plus"),
            '<' => name.push_str("under_"),
            '>' => name.push_str("over_"),
            '%' => name.push_str("_percent"),
            c if c.is_ascii_alphanumeric() || c == '-' => name.push(c.to_ascii_lowercase()),
            '–' => name.push('-'),
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    let name = name.trim_matches('_').to_string();
    if name.is_empty() { "some_name".into() } else { name }
}
