//! Every table in every format that was asked for.

use std::io;
use std::ops::Range;

use super::described::{FileDescription, Folder};
use super::findings::StudyFindings;
use crate::output::package::Schema;
use crate::output::table::{Column, RowSink};
use crate::output::table_format::TableFormat;
use crate::output::write::WriteError;
use crate::study::table::{self, StudyTable};

/// A table of which every row may be asked for, or those of some points.
struct TableOutput<'t> {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    columns: Vec<Column>,
    /// Of a table that has rows point by point, how many at most each point has.
    rows_a_point: Option<u64>,
    rows: Box<RowsOfPoints<'t>>,
}

/// Hands over the rows of some points.
type RowsOfPoints<'t> = dyn Fn(Range<u64>, &mut RowSink<'_>) -> io::Result<()> + 't;

/// Writes the tables.
pub(super) fn write(
    folder: &mut Folder<'_>,
    of: StudyFindings<'_>,
    formats: &[&dyn TableFormat],
) -> Result<(), WriteError> {
    let all = 0..of.merge.study.points();
    for table in tables(of) {
        for format in formats {
            write_as(*format, folder, &table, all.clone())?;
        }
    }
    Ok(())
}

/// One file, or several of which each has the rows of some points.
fn write_as(
    format: &dyn TableFormat,
    folder: &mut Folder<'_>,
    table: &TableOutput<'_>,
    all: Range<u64>,
) -> Result<(), WriteError> {
    let parts = match format.most_rows() {
        Some(most) => parts(all, table.rows_a_point, most),
        None => vec![all],
    };
    for (index, points) in parts.iter().enumerate() {
        let (name, title) = match parts.len() {
            1 => (table.name.to_string(), table.title.to_string()),
            _ => (
                format!("{}-{index:04}", table.name),
                format!("{} (points {} to {})", table.title, points.start, points.end - 1),
            ),
        };
        let described = FileDescription {
            name: format.resource(&name),
            title,
            description: Some(format.describe(table.description)),
            schema: (!format.has_columns_inside()).then(|| Schema::new(&table.columns)),
        };
        let rows = |sink: &mut RowSink<'_>| (table.rows)(points.clone(), sink);
        folder.put(&format.file(&name), described, &mut |out| format.write(&table.columns, &rows, out))?;
    }
    Ok(())
}

/// Cuts points so that no part has more rows than `most`, but for those of one point.
fn parts(all: Range<u64>, rows_a_point: Option<u64>, most: u64) -> Vec<Range<u64>> {
    let size = match rows_a_point {
        Some(rows) => (most / rows.max(1)).max(1),
        None => all.end.max(1),
    };
    let starts = (all.start..all.end).step_by(usize::try_from(size).unwrap_or(usize::MAX));
    starts.map(|start| start..start.saturating_add(size).min(all.end)).collect()
}

/// Every table that the study has.
fn tables(of: StudyFindings<'_>) -> Vec<TableOutput<'_>> {
    let by_point = table::ALL.into_iter().filter(|table| table.applies(of.merge));
    let mut tables: Vec<TableOutput<'_>> = by_point.map(|table| of_points(of, table)).collect();
    let columns = table::sensitivity::columns(of.merge.study);
    tables.push(TableOutput {
        name: table::sensitivity::NAME,
        title: table::sensitivity::TITLE,
        description: table::sensitivity::DESCRIPTION,
        columns,
        rows_a_point: None,
        rows: Box::new(move |_, sink| table::sensitivity::rows(of.merge.study, of.analysed, sink)),
    });
    if table::uncertainty::applies(of.analysed) {
        tables.push(TableOutput {
            name: table::uncertainty::NAME,
            title: table::uncertainty::TITLE,
            description: table::uncertainty::DESCRIPTION,
            columns: table::uncertainty::columns(of.merge.study),
            rows_a_point: None,
            rows: Box::new(move |_, sink| table::uncertainty::rows(of.merge.study, of.analysed, sink)),
        });
    }
    tables
}

fn of_points<'a>(of: StudyFindings<'a>, table: &'static dyn StudyTable) -> TableOutput<'a> {
    TableOutput {
        name: table.name(),
        title: table.title(),
        description: table.description(),
        columns: table.columns(of.merge),
        rows_a_point: Some(table.rows_a_point(of.merge.study)),
        rows: Box::new(move |points, sink| table.rows(&of.merge.within(points), sink)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_every_point_once_and_no_more_rows_than_they_may() {
        assert_eq!(parts(0..10, Some(7), 21), [0..3, 3..6, 6..9, 9..10]);
        assert_eq!(parts(0..10, Some(7), 70), std::slice::from_ref(&(0..10)));
        // A point stays whole.
        assert_eq!(parts(0..2, Some(7), 3), [0..1, 1..2]);
        assert_eq!(parts(0..10, None, 3), std::slice::from_ref(&(0..10)));
    }
}
