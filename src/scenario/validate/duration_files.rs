//! Lengths of stay in a file beside the scenario.

use super::companion::TableColumns;
use super::draft::Draft;
use super::number_book::Reading;
use crate::model::{Durations, Expression, Number, NumberId, NumberKind};
use crate::scenario::code::Code;
use crate::scenario::located::Located;
use crate::scenario::words::{number, shortened};

/// The columns of such a file.
const DURATION: &str = "duration";
const PORTION: &str = "portion";

impl Draft<'_> {
    /// Reads a file with the columns duration and portion.
    pub(super) fn durations_of_file(&mut self, address: &str, file: &Located<String>) -> Option<Durations> {
        let columns = TableColumns {
            needed: &[DURATION, PORTION],
            allowed: &[],
            numbers: &[PORTION],
            counts: false,
            dates: &[],
        };
        let table = self.file_table(file, &columns)?;
        let mut read = Durations { portions: Vec::new(), never: None };
        let mut sum = 0.0;
        for row in table.rows() {
            let share = self.number_in(row, PORTION)?;
            if !(0.0..=1.0).contains(&share) {
                let message = format!("`{}` is not a portion", shortened(row.text(PORTION)));
                self.wrong_cell(row, PORTION, &message, "write a number between 0 and 1".into());
                return None;
            }
            sum += share;
            let id = self.read_in_file(format!("{address}.{}", row.line()), share, file);
            let duration = row.text(DURATION);
            if duration.eq_ignore_ascii_case("never") {
                if read.never.replace(id).is_some() {
                    self.wrong_cell(row, DURATION, "`never` is there twice", "take one of them out".into());
                    return None;
                }
                continue;
            }
            // The number before the unit may be written as people of the file's country write it.
            let amount = duration.rsplit_once(char::is_whitespace);
            let plain = match amount.map(|(amount, unit)| (row.number(amount), unit)) {
                Some((Ok(amount), unit)) => format!("{amount} {unit}"),
                _ => duration.to_string(),
            };
            match self.steps_of_duration(&plain) {
                Ok(steps) => read.portions.push((steps, id)),
                Err(help) => {
                    let message = format!("`{}` is not a whole number of steps", shortened(duration));
                    self.wrong_cell(row, DURATION, &message, help);
                    return None;
                }
            }
        }
        if (sum - 1.0).abs() > 1e-6 {
            self.error(
                Code::SharesSum.of(&file),
                file.span(),
                format!("the portions in `{}` add up to {}, not 1", shortened(file), number(sum)),
                "this file",
                "change one of them, or add a row".into(),
            );
            return None;
        }
        Some(read)
    }

    /// A number that stands in a file.
    fn read_in_file(&mut self, address: String, value: f64, file: &Located<String>) -> NumberId {
        let value = Expression::Constant(value);
        self.numbers.add(Number { address, kind: NumberKind::Share, value }, file.span(), Reading::Good)
    }
}
