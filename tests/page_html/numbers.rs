//! The page says what a run says.

use std::collections::BTreeMap;

use repatria::internals::output::page::page as summary;
use repatria::{OutcomeUnit, RowSink, TABLES};

use crate::markup::{Checked, Element};
use crate::pages::{ALL, Told};

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The paragraphs of the answer.
fn said(page: &str) -> Vec<String> {
    let (_, part) = page.split_once("id=\"part-answer\">").unwrap();
    let (part, _) = part.split_once("</section>").unwrap();
    let checked = Checked::of(&format!("<!DOCTYPE html>{part}")).unwrap();
    let paragraphs =
        checked.elements.iter().filter(|it| it.name == "p" && it.get("class") != Some("precision"));
    paragraphs.map(|paragraph| unescaped(&paragraph.text)).collect()
}

#[test]
fn sentences_are_those_of_the_summary() {
    for told in ALL.iter() {
        let mut said = said(&told.page(true, None));
        let summary = summary(&told.answer, 7);
        let mut written: Vec<String> = summary.lines().skip(3).map(str::to_string).collect();
        written.pop();
        assert!(!said.is_empty() && written.contains(&said[0]), "{}: {}", told.name, said[0]);
        said.sort();
        written.sort();
        assert_eq!(said, written, "{}", told.name);
    }
}

/// A table as rows of values by column.
fn table(told: &Told, name: &str) -> Vec<BTreeMap<String, String>> {
    let table = TABLES.into_iter().find(|table| table.name() == name).unwrap();
    let mut csv = Vec::new();
    let columns = table.columns(&told.answer);
    repatria::write_csv(&columns, |sink: &mut RowSink<'_>| table.rows(&told.answer, sink), &mut csv).unwrap();
    let mut lines = csv::Reader::from_reader(csv.as_slice());
    let names: Vec<String> = lines.headers().unwrap().iter().map(str::to_string).collect();
    let row = |row: csv::StringRecord| names.iter().cloned().zip(row.iter().map(str::to_string)).collect();
    lines.records().map(|record| row(record.unwrap())).collect()
}

/// A number as the page has it: "−4,991.2", "41 %".
fn number(text: &str) -> Option<f64> {
    let text = text.replace(',', "").replace('\u{2212}', "-").replace('±', "");
    text.trim_matches(['\u{a0}', ' ', '%', '+']).parse().ok()
}

fn cells<'a>(checked: &'a Checked, outcome: &str, variant: &str) -> Vec<&'a str> {
    let is_row =
        |it: &&Element| it.get("data-outcome") == Some(outcome) && it.get("data-variant") == Some(variant);
    let row = checked.elements.iter().position(|it| is_row(&it)).unwrap();
    let rest = checked.elements[row + 1..].iter().take_while(|it| it.name != "tr");
    rest.filter(|it| it.name == "td").map(|it| it.text.as_str()).collect()
}

#[test]
fn the_table_of_outcomes_follows_from_the_csv() {
    let mut compared = 0;
    for told in ALL.iter() {
        let page = told.page(true, None);
        let checked = Checked::of(&page).unwrap();
        let units: BTreeMap<&str, &OutcomeUnit> = (told.answer.first().model.outcomes.iter())
            .zip(&told.answer.first().summary.outcomes)
            .map(|(outcome, result)| (outcome.name.as_str(), &result.unit))
            .collect();
        let times = |outcome: &str| match units[outcome] {
            OutcomeUnit::Share | OutcomeUnit::Probability => 100.0,
            _ => 1.0,
        };
        for row in table(told, "outcomes") {
            let (outcome, name) =
                (row["outcome"].as_str(), row.get("variant").map_or("baseline", String::as_str));
            let shown = cells(&checked, outcome, name);
            let (Some(mean), Ok(exact)) = (number(shown[0]), row["mean"].parse::<f64>()) else { continue };
            if *units[outcome] != OutcomeUnit::Date {
                near(
                    &told.name,
                    outcome,
                    mean,
                    times(outcome) * exact,
                    times(outcome) * error(&row["mc_se"]),
                );
                compared += 1;
            }
        }
        if told.answer.comparisons.is_empty() {
            continue;
        }
        for row in table(told, "differences").iter().filter(|row| row["kind"] == "outcome") {
            let (outcome, name) = (row["subject"].as_str(), row["variant"].as_str());
            let shown = cells(&checked, outcome, name);
            let (Some(mean), Ok(exact)) = (number(shown[2]), row["mean"].parse::<f64>()) else { continue };
            near(&told.name, outcome, mean, times(outcome) * exact, times(outcome) * error(&row["mc_se"]));
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared} numbers compared");
}

fn error(text: &str) -> f64 {
    text.parse().unwrap_or(0.0)
}

/// Rounded to the last digit that its error supports, which is at most sqrt(10) times the error, but for its first digit.
fn near(scenario: &str, outcome: &str, shown: f64, exact: f64, error: f64) {
    let first =
        if exact == 0.0 { 0.0 } else { 0.51 * libm::pow(10.0, libm::floor(libm::log10(exact.abs()))) };
    let digits = exact.abs() * 1e-4 + 1e-9;
    let allowed = (1.6 * error).min(first) + digits;
    assert!((shown - exact).abs() <= allowed, "{scenario}: {outcome}: {shown} of {exact} ± {error}");
}
