//! Tables of numbers by the values of a dimension.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{ByValue, NumberId, NumberKind, Varying, Who};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::rate::ByTable;
use crate::scenario::file::words::Key;
use crate::scenario::located::Located;
use crate::scenario::words::{list, shortened};
use crate::units::TimeUnit;

/// Whose rate it is: the groups that a table by a dimension must cover; `None` where there are no groups.
pub(super) type Concerns<'a> = Option<&'a Who>;

/// A table by a dimension as it is written.
pub(super) struct WrittenTable<'a> {
    pub(super) by: &'a Located<String>,
    pub(super) values: &'a indexmap::IndexMap<Key, Located<WrittenNumber>>,
    pub(super) otherwise: Option<&'a Located<WrittenNumber>>,
}

/// What the numbers of an amount are.
#[derive(Clone, Copy)]
pub(super) enum AmountNumbers {
    Number(NumberKind),
    Length,
}

impl Draft<'_> {
    /// A table of plain numbers by a dimension.
    pub(super) fn table(
        &mut self,
        address: &str,
        written: &WrittenTable,
        kind: NumberKind,
        concerns: Concerns,
    ) -> Option<ByValue> {
        self.table_of(address, written, AmountNumbers::Number(kind), concerns, &mut Vec::new())
    }

    /// A table by a dimension, which covers every value that those concerned have.
    pub(super) fn table_of(
        &mut self,
        address: &str,
        written: &WrittenTable,
        reads: AmountNumbers,
        concerns: Concerns,
        units: &mut Vec<(TimeUnit, Range<usize>)>,
    ) -> Option<ByValue> {
        let mut read = |draft: &mut Self, address: String, number: &Located<WrittenNumber>| match reads {
            AmountNumbers::Number(kind) => draft.number(address, kind, number),
            AmountNumbers::Length => {
                let (id, unit) = draft.length(address, number);
                units.extend(unit.map(|unit| (unit, number.span())));
                id
            }
        };
        let entries: Vec<(&Key, NumberId)> = written
            .values
            .iter()
            .map(|(key, number)| (key, read(self, format!("{address}.values.{}", &***key), number)))
            .collect();
        let otherwise = written.otherwise.map(|number| read(self, format!("{address}.otherwise"), number));
        let ids = entries.iter().map(|(_, id)| *id).chain(otherwise).collect();
        self.addresses.insert(format!("{address}.values"), Meaning::Numbers(ids));
        let Some(who) = concerns else {
            self.error(
                Code::WrongDimension.of(&address).and(&written.by),
                written.by.span(),
                format!("`{address}` cannot differ by `{}`", shortened(written.by)),
                "this has no groups of people",
                "write one number".into(),
            );
            return None;
        };
        let dimension = self.dimension(written.by, written.by.span())?;
        let mut values = vec![None; self.groups.dimensions[dimension].values.len()];
        for (key, id) in entries {
            if let Some(value) = self.value_of(dimension, key, key.span()) {
                values[value] = Some(id);
            }
        }
        let met =
            |value: &usize| who.allowed[dimension].as_ref().is_none_or(|allowed| allowed.contains(value));
        let missing: Vec<usize> = (0..values.len()).filter(|value| values[*value].is_none()).collect();
        let lacking: Vec<String> = missing
            .iter()
            .filter(|value| otherwise.is_none() && met(value))
            .map(|value| self.groups.dimensions[dimension].values[*value].clone())
            .collect();
        for value in missing {
            values[value] = otherwise;
        }
        if !lacking.is_empty() {
            self.error(
                Code::UncoveredValue.of(&address),
                written.by.span(),
                format!("`{address}` has no number for {}", list(lacking.iter().map(String::as_str), 8)),
                "must cover everybody it concerns",
                "add what is missing to `values`, or add `otherwise = ...`".into(),
            );
        }
        Some(ByValue { dimension, values })
    }

    /// The unit that all lengths of a table have.
    pub(super) fn one_unit(&mut self, units: &[(TimeUnit, Range<usize>)]) -> Option<TimeUnit> {
        let (first, _) = units.first()?;
        if let Some((other, span)) = units.iter().find(|(unit, _)| unit != first) {
            self.error(
                Code::MixedUnits,
                span.clone(),
                format!("this is in {}s, the first one in {}s", other.name(), first.name()),
                "another unit",
                format!("write all of them in {}s", first.name()),
            );
        }
        Some(*first)
    }
}

impl<'a> From<&'a ByTable> for WrittenTable<'a> {
    fn from(table: &'a ByTable) -> Self {
        WrittenTable { by: &table.by, values: &table.values, otherwise: table.otherwise.as_ref() }
    }
}

/// The numbers that an amount is made of, each once.
pub(super) fn numbers_of(varying: &Varying) -> Vec<NumberId> {
    let mut ids: Vec<NumberId> = match varying {
        Varying::Same(id) => vec![*id],
        Varying::By(table) => table.values.iter().flatten().copied().collect(),
        Varying::Series(points) => points.iter().map(|(_, id)| *id).collect(),
    };
    ids.sort_unstable();
    ids.dedup();
    ids
}
