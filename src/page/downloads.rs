//! What is taken away from the page: tables and charts of what is seen, as text.

use std::collections::BTreeMap;

use super::chart_table;
use crate::ensemble::answer::Answer;
use crate::output::chart;
use crate::output::csv;
use crate::output::table::{self, RowSink, Table};

/// A table of an answer as comma-separated values, the same bytes as `repatria run` writes; `None` where it has none of that name.
pub fn table(answer: &Answer, name: &str) -> Option<String> {
    let table = table::ALL.into_iter().find(|table| table.name() == name && table.applies(answer))?;
    Some(written(table, answer))
}

/// Every table by its name.
pub fn tables(answer: &Answer) -> BTreeMap<&'static str, String> {
    let those = table::ALL.into_iter().filter(|table| table.applies(answer));
    those.map(|table| (table.name(), written(table, answer))).collect()
}

fn written(table: &dyn Table, answer: &Answer) -> String {
    let mut out = Vec::new();
    let rows = |sink: &mut RowSink<'_>| table.rows(answer, sink);
    // Writing to memory does not fail.
    let _ = csv::write(&table.columns(answer), rows, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The numbers of the chart of this name.
pub fn chart_numbers(answer: &Answer, name: &str) -> Option<String> {
    let specs = chart::named(chart::specs(answer));
    specs.iter().find(|spec| spec.name == name).map(chart_table::csv)
}

/// Every chart by its name, as SVG.
pub fn charts(answer: &Answer) -> BTreeMap<String, String> {
    chart::draw_all(answer).into_iter().map(|chart| (chart.name, chart.svg)).collect()
}
