//! Lengths of stay in a file beside the scenario.

use super::draft::Draft;
use crate::model::{Durations, Expression, Number, NumberId, NumberKind};
use crate::scenario::located::Located;
use crate::scenario::words::{number, shortened};

impl Draft<'_> {
    /// Reads a file with the columns duration and portion.
    pub(super) fn durations_of_file(&mut self, address: &str, file: &Located<String>) -> Option<Durations> {
        let table = self.file_table(file, &["duration", "portion"], &[])?;
        let [duration, portion] = ["duration", "portion"].map(|name| table.column(name));
        let (duration, portion) = (duration?, portion?);
        let mut read = Durations { portions: Vec::new(), never: None };
        let mut sum = 0.0;
        for (line, row) in &table.rows {
            let share: Option<f64> = row[portion].trim().parse().ok();
            let Some(share) = share.filter(|share| (0.0..=1.0).contains(share)) else {
                let message = format!("`{}` is not a portion", shortened(&row[portion]));
                self.wrong_line(&table, *line, &message, "write a number between 0 and 1".into());
                return None;
            };
            sum += share;
            let id = self.read_in_file(format!("{address}.{line}"), share, file);
            if row[duration].trim() == "never" {
                if read.never.replace(id).is_some() {
                    self.wrong_line(&table, *line, "`never` is there twice", "take one of them out".into());
                    return None;
                }
                continue;
            }
            match self.steps_of_duration(row[duration].trim()) {
                Ok(steps) => read.portions.push((steps, id)),
                Err(help) => {
                    let message = format!("`{}` is not a whole number of steps", shortened(&row[duration]));
                    self.wrong_line(&table, *line, &message, help);
                    return None;
                }
            }
        }
        if (sum - 1.0).abs() > 1e-6 {
            self.error(
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
        self.numbers.push(Number { address, kind: NumberKind::Share, value: Expression::Constant(value) });
        self.number_spans.push(file.span());
        self.number_broken.push(false);
        self.numbers.len() - 1
    }
}
