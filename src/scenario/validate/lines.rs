//! The lines of a programme, one for each value of a dimension.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::companion::{FileRow, TableColumns};
use super::draft::Draft;
use crate::model::{self, ProgrammeLines, Terms, Who};
use crate::scenario::code::Code;
use crate::scenario::file::date::{DateText, LengthText};
use crate::scenario::file::lines::{WrittenLine as Written, WrittenLines};
use crate::scenario::file::number::{NumberOr, WrittenNumber};
use crate::scenario::file::programme::WrittenProgramme;
use crate::scenario::file::rate::Occasions as WrittenOccasions;
use crate::scenario::file::seats::SeatsTable;
use crate::scenario::file::words::Key;
use crate::scenario::located::Located;
use crate::scenario::sheet::{WrongNumber, is_gap};
use crate::scenario::words::{list, shortened};

/// The line of every value that has none of its own.
const OTHERWISE: &str = "otherwise";

/// The columns of a file of lines, beside the dimension's.
const COLUMNS: [&str; 8] = ["seats", "sd", "per_year", "every", "cap_per_year", "consent", "starts", "ends"];

/// Those of them that have numbers.
const NUMBERS: [&str; 5] = ["seats", "sd", "per_year", "cap_per_year", "consent"];

/// A line as it is written, wherever that is.
struct ProgrammeLineEntry<'a> {
    /// The value's name, or `otherwise`.
    name: String,
    /// What to mark.
    span: Range<usize>,
    line: Cow<'a, Written>,
}

impl Draft<'_> {
    /// Reads the lines of a programme, whose terms hold for what they do not write.
    pub(super) fn lines(
        &mut self,
        address: &str,
        key: &Key,
        written: &WrittenProgramme,
        (who, terms): (&Who, &Terms),
    ) -> Option<ProgrammeLines> {
        let (by, lines) = self.by_and_lines(address, key, written)?;
        let dimension = self.dimension(by, by.span())?;
        let entries = self.line_entries(lines, dimension)?;
        if entries.is_empty() {
            self.error(
                Code::Incomplete,
                by.span(),
                "there is no line at all".into(),
                "`lines` has none",
                format!("add [{address}.lines.VALUE] with the seats of a value"),
            );
        }
        self.no_tables(written);
        let mut of_value: Vec<Option<model::ProgrammeLine>> =
            vec![None; self.groups.dimensions[dimension].values.len()];
        let mut otherwise = None;
        let mut unmet = Vec::new();
        for entry in &entries {
            let value = if entry.name == OTHERWISE {
                None
            } else {
                match self.value_of(dimension, &entry.name, entry.span.clone()) {
                    Some(value) => Some(value),
                    None => continue,
                }
            };
            let line = self.line(&format!("{address}.lines.{}", entry.name), entry, written, terms);
            match value {
                None => otherwise = Some(line),
                Some(value) => {
                    let met = who.allowed[dimension].as_ref().is_none_or(|allowed| allowed.contains(&value));
                    if !met {
                        unmet.push((entry.name.as_str(), entry.span.clone()));
                    }
                    of_value[value] = Some(model::ProgrammeLine { value, ..line });
                }
            }
        }
        self.warn_of_unmet_lines(&unmet);
        for (value, line) in of_value.iter_mut().enumerate() {
            if let (None, Some(otherwise)) = (&line, &otherwise) {
                *line = Some(model::ProgrammeLine { value, ..otherwise.clone() });
            }
        }
        Some(ProgrammeLines { dimension, lines: of_value.into_iter().flatten().collect() })
    }

    /// The dimension and its lines, where a programme has some.
    fn by_and_lines<'w>(
        &mut self,
        address: &str,
        key: &Key,
        written: &'w WrittenProgramme,
    ) -> Option<(&'w Located<String>, &'w Located<WrittenLines>)> {
        match (&written.by, &written.lines) {
            (Some(by), Some(lines)) => return Some((by, lines)),
            (None, None) => {}
            (Some(by), None) => self.error(
                Code::MisplacedKey,
                by.span(),
                "`by` says whose lines there are, and there are none".into(),
                "without `lines`",
                format!("add [{address}.lines.VALUE] with the seats of a value, or take this out"),
            ),
            (None, Some(_)) => self.error(
                Code::Incomplete.of(&address),
                key.span(),
                format!("`{}` has lines, and nothing says of which dimension", shortened(address)),
                "`lines` without `by`",
                "add by = \"dimension\": the one whose values have lines".into(),
            ),
        }
        None
    }

    /// The lines as they are written, here or in a file.
    fn line_entries<'w>(
        &mut self,
        lines: &'w Located<WrittenLines>,
        dimension: usize,
    ) -> Option<Vec<ProgrammeLineEntry<'w>>> {
        let table = match lines.get() {
            WrittenLines::File(name) => return self.file_lines(&lines.with(name.clone()), dimension),
            WrittenLines::Table(table) => table,
        };
        let entry = |(key, line): (&Key, &'w Written)| ProgrammeLineEntry {
            name: key.to_string(),
            span: key.span(),
            line: Cow::Borrowed(line),
        };
        Some(table.iter().map(entry).collect())
    }

    /// Warns of lines of which nobody is eligible: their names, and where they stand.
    fn warn_of_unmet_lines(&mut self, unmet: &[(&str, Range<usize>)]) {
        let Some((_, span)) = unmet.first() else { return };
        let names = list(unmet.iter().map(|(name, _)| *name), 8);
        self.warning(
            Code::Nobody,
            span.clone(),
            format!("nobody who is eligible is of the line {names}"),
            "not in `who`",
            "take it out, or name it in `who` too".into(),
        );
    }

    fn line(
        &mut self,
        address: &str,
        entry: &ProgrammeLineEntry,
        programme: &WrittenProgramme,
        terms: &Terms,
    ) -> model::ProgrammeLine {
        let line = entry.line.as_ref();
        let starts = line.starts.as_ref().or(programme.starts.as_ref());
        let seats = line.seats.as_ref().map(|seats| self.seats(&format!("{address}.seats"), seats, None));
        let occasions = line
            .occasions
            .as_ref()
            .map(|occasions| self.occasions(&format!("{address}.occasions"), occasions, None, starts));
        if let (Some(occasions), None) = (&line.occasions, &line.seats) {
            self.error(
                Code::Incomplete.of(&address),
                occasions.span(),
                format!("`{address}` has occasions and no seats of its own"),
                "when are the programme's seats there?",
                "add `seats`, or take the occasions out: the line then shares the programme's seats".into(),
            );
        }
        let terms = Terms {
            cap_per_year: line.cap_per_year.as_ref().map(|cap| self.cap(address, cap)),
            consent: match &line.consent {
                Some(consent) => Some(self.consent(address, consent)),
                None => terms.consent,
            },
            open: self.open(address, line.starts.as_ref(), line.ends.as_ref(), terms.open),
            pauses: line.pauses.iter().filter_map(|pause| self.pause(address, pause)).collect(),
            random_pauses: line.random_pauses.as_ref().map(|pauses| self.random_pauses(address, pauses)),
        };
        model::ProgrammeLine { value: 0, occasions, seats, terms }
    }

    /// Says so where the programme's own seats or occasions are tables, which would be lines beside the lines.
    fn no_tables(&mut self, written: &WrittenProgramme) {
        let seats = written.seats.as_ref().is_some_and(|seats| match seats.get() {
            NumberOr::Number(_) => false,
            NumberOr::Table(table) => {
                let tabled = |one: &Option<Located<NumberOr<_>>>| {
                    one.as_ref().is_some_and(|one| matches!(one.get(), NumberOr::Table(_)))
                };
                table.by.is_some() || tabled(&table.mean) || tabled(&table.sd)
            }
        });
        let occasions = written.occasions.as_ref().is_some_and(|occasions| {
            let by = |amount: &NumberOr<crate::scenario::file::rate::VaryingTable>| {
                matches!(amount, NumberOr::Table(table) if table.by.is_some())
            };
            occasions.parts().amounts.iter().any(|(_, _, amount)| by(amount))
        });
        let seats = written.seats.as_ref().filter(|_| seats).map(Located::span);
        let occasions = written.occasions.as_ref().filter(|_| occasions).map(Located::span);
        for span in seats.into_iter().chain(occasions) {
            self.error(
                Code::ExclusiveKeys,
                span,
                "a table by a dimension makes lines, and there are `lines` already".into(),
                "a table, beside `lines`",
                "write one number here, and what differs in `lines`".into(),
            );
        }
    }

    /// The lines of a file: a column with the dimension's name, and one for each term.
    fn file_lines(
        &mut self,
        file: &Located<String>,
        dimension: usize,
    ) -> Option<Vec<ProgrammeLineEntry<'static>>> {
        let name = self.groups.dimensions[dimension].name.clone();
        let columns = TableColumns {
            needed: &[&name],
            allowed: &COLUMNS,
            numbers: &NUMBERS,
            counts: false,
            dates: &["starts", "ends"],
        };
        let table = self.file_table(file, &columns)?;
        let mut entries: Vec<ProgrammeLineEntry> = Vec::new();
        for row in table.rows() {
            let mut value = row.text(&name).to_string();
            if let Some(named) = self.groups.dimensions[dimension].value_called(&value) {
                value.clone_from(&self.groups.dimensions[dimension].values[named]);
            }
            if entries.iter().any(|entry| entry.name == value) {
                let message = format!("`{}` again", shortened(&value));
                self.wrong_cell(row, &name, &message, "write one line for each value".into());
                continue;
            }
            let known = &self.groups.dimensions[dimension];
            if value != OTHERWISE && !known.values.contains(&value) {
                if self.doubtful(dimension) {
                    continue;
                }
                let help = self.suggest(&value, known.values.iter().map(String::as_str), "values");
                let message = format!("`{}` is not a value of `{name}`", shortened(&value));
                self.wrong_cell(row, &name, &message, help);
                continue;
            }
            let line = self.file_line(row, file);
            entries.push(ProgrammeLineEntry { name: value, span: file.span(), line: Cow::Owned(line) });
        }
        Some(entries)
    }

    /// What a cell has: a number as people of the file's country write it, or else an expression.
    fn number_or_text(&mut self, row: FileRow, column: &str) -> Option<WrittenNumber> {
        let written = Some(row.text(column)).filter(|text| !is_gap(text))?;
        match row.number(written) {
            Err(WrongNumber::None(_)) => Some(WrittenNumber::Text(written.to_string())),
            _ => self.number_in(row, column).map(WrittenNumber::Constant),
        }
    }

    fn file_line(&mut self, row: FileRow, file: &Located<String>) -> Written {
        let text = |column: &str| Some(row.text(column)).filter(|text| !is_gap(text));
        let mut numbers = BTreeMap::new();
        for column in NUMBERS {
            numbers.extend(self.number_or_text(row, column).map(|number| (column, number)));
        }
        let mut dates = BTreeMap::new();
        for column in ["starts", "ends"] {
            if text(column).is_some()
                && let Some(date) = self.date_in(row, column)
            {
                dates.insert(column, file.with(DateText(date.to_string())));
            }
        }
        let written = |column: &str| numbers.get(column).cloned();
        let located = |column: &str| written(column).map(|number| file.with(number));
        let date = |column: &str| dates.get(column).cloned();
        let amount = |column: &str| written(column).map(|one| file.with(NumberOr::Number(one)));
        let seats = match (written("seats"), written("sd")) {
            (Some(seats), None) => Some(file.with(NumberOr::Number(seats))),
            (None, None) => None,
            (_, Some(_)) => Some(file.with(NumberOr::Table(SeatsTable {
                mean: amount("seats"),
                sd: amount("sd"),
                by: None,
                values: None,
                otherwise: None,
            }))),
        };
        if text("per_year").is_some() && text("every").is_some() {
            self.wrong_row(
                row,
                "`per_year` and `every` at once",
                "leave one of them empty: occasions are random or regular".into(),
            );
        }
        let occasions = match (text("every"), written("per_year")) {
            (Some(every), _) => Some(WrittenOccasions {
                every: Some(file.with(LengthText(every.to_string()))),
                ..WrittenOccasions::default()
            }),
            (None, Some(per_year)) => {
                let per_year = Some(file.with(NumberOr::Number(per_year)));
                Some(WrittenOccasions { per_year, ..WrittenOccasions::default() })
            }
            (None, None) => None,
        };
        Written {
            seats,
            occasions: occasions.map(|occasions| file.with(occasions)),
            cap_per_year: located("cap_per_year"),
            consent: located("consent"),
            starts: date("starts"),
            ends: date("ends"),
            ..Written::default()
        }
    }
}
