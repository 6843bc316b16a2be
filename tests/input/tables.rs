//! Tables: whatever country's spreadsheet writes one, it is the same table.

use proptest::prelude::*;
use repatria::internals::scenario::sheet::{Sheet, WrongNumber, is_gap};
use repatria::internals::scenario::{Diagnostic, Source, load};

/// How somebody writes tables.
#[derive(Clone, Debug)]
struct Dialect {
    separator: char,
    decimal: char,
    thousands: &'static str,
    mark: bool,
    end: &'static str,
    quotes: bool,
    trailing: bool,
    extra: bool,
    capital: bool,
    gap: &'static str,
    date: usize,
}

fn dialect() -> impl Strategy<Value = Dialect> {
    let marks = prop_oneof![
        Just(('.', "")),
        Just((',', "")),
        Just(('.', ",")),
        Just((',', ".")),
        Just(('.', "\u{a0}")),
        Just((',', " ")),
        Just((',', "\u{202f}")),
        Just(('.', "'")),
    ];
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (
        prop_oneof![Just(','), Just(';'), Just('\t')],
        marks,
        prop_oneof![Just("\n"), Just("\r\n")],
        flags,
        prop_oneof![Just(""), Just("n/a"), Just("NA"), Just("-"), Just("–")],
        0..6_usize,
    )
        .prop_map(
            |(separator, (decimal, thousands), end, (mark, quotes, trailing, extra, capital), gap, date)| {
                Dialect {
                    separator,
                    decimal,
                    thousands,
                    mark,
                    end,
                    quotes,
                    trailing,
                    extra,
                    capital,
                    gap,
                    date,
                }
            },
        )
}

/// A row: a month and a day, a place, and hundredths of a figure if there is one.
type Row = (u32, u32, &'static str, Option<u64>);

fn row() -> impl Strategy<Value = Row> {
    let figure = prop_oneof![1 => Just(None), 3 => (0..2_000_000_u64).prop_map(|n| Some(n * 100)), 2 => (0..200_000_000_u64).prop_map(Some)];
    (1..=12_u32, 1..=28_u32, prop_oneof![Just("camp"), Just("north_prison")], figure)
}

fn written(dialect: &Dialect, rows: &[Row]) -> String {
    let cell = |text: &str| {
        let needed = text.contains(dialect.separator) || text.contains('"');
        if dialect.quotes || needed { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_string() }
    };
    let line = |cells: &[String]| {
        let mut cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        if dialect.extra {
            cells.insert(1, cell("by hand; \"counted, twice\""));
        }
        let trailing = if dialect.trailing { dialect.separator.to_string() } else { String::new() };
        format!("{}{trailing}{}", cells.join(&dialect.separator.to_string()), dialect.end)
    };
    let number = |hundredths: u64| {
        let digits = (hundredths / 100).to_string();
        let mut whole = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                whole += dialect.thousands;
            }
            whole.push(digit);
        }
        match hundredths % 100 {
            0 => whole,
            part => format!("{whole}{}{part:02}", dialect.decimal),
        }
    };
    let date = |month: u32, day: u32| match dialect.date {
        0 => format!("2025-{month:02}-{day:02}"),
        1 => format!("{day:02}.{month:02}.2025"),
        2 => format!("{day:02}/{month:02}/2025"),
        3 => format!("{month}/{day}/2025"),
        4 => format!("2025/{month:02}/{day:02}"),
        _ => format!("2025-{month:02}-{day:02}T00:00:00"),
    };
    let mut names = ["date", "place", "value"].map(str::to_string);
    if dialect.capital {
        names = names.map(|name| name.to_uppercase());
    }
    let mut text = String::from(if dialect.mark { "\u{feff}" } else { "" });
    // The column that nobody asks for has a name of its own.
    let mut header = names.to_vec();
    if dialect.extra {
        header.insert(1, "remark".into());
    }
    let header: Vec<String> = header.iter().map(|name| cell(name)).collect();
    text += &header.join(&dialect.separator.to_string());
    text += if dialect.trailing { "," } else { "" }.replace(',', &dialect.separator.to_string()).as_str();
    text += dialect.end;
    for (month, day, place, figure) in rows {
        let figure = figure.map_or(dialect.gap.to_string(), number);
        text += &line(&[date(*month, *day), place.to_string(), figure]);
    }
    text
}

/// What a text says, or what is not clear of it.
fn read(text: &str) -> Result<Vec<(String, String, Option<f64>)>, String> {
    let sheet =
        Sheet::read(text.as_bytes(), &["date", "place", "value"], 1_000).map_err(|it| it.to_string())?;
    let [date, place, value] = ["date", "place", "value"].map(|name| sheet.column(name).unwrap());
    let (numbers, dates) = (sheet.numbers([value]).of_counts(), sheet.dates([date]));
    let cells = sheet.rows.iter().map(|row| {
        let at = dates.read(&row.cells[date]).map_err(|it| it.to_string())?;
        let figure = match is_gap(&row.cells[value]) {
            true => None,
            false => Some(numbers.read(&row.cells[value]).map_err(|wrong| match wrong {
                WrongNumber::Either { .. } => "either".to_string(),
                wrong => wrong.to_string(),
            })?),
        };
        Ok((at.to_string(), row.cells[place].clone(), figure))
    });
    cells.collect()
}

fn known(rows: &[Row]) -> Vec<(String, String, Option<f64>)> {
    let row = |(month, day, place, figure): &Row| {
        let figure =
            figure.map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100).parse().unwrap());
        (format!("2025-{month:02}-{day:02}"), place.to_string(), figure)
    };
    rows.iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// A table in which one figure and one date can only be one is the same in every dialect.
    #[test]
    fn a_table_is_the_same_in_every_dialect(dialect in dialect(), rows in prop::collection::vec(row(), 0..12)) {
        let mut rows = rows;
        rows.push((3, 28, "camp", Some(1_234_567_850)));
        let text = written(&dialect, &rows);
        prop_assert_eq!(read(&text), Ok(known(&rows)), "{}", text);
    }

    /// Whatever is in a table, no figure is taken for another one: it is read as it was written, or refused.
    #[test]
    fn a_figure_is_read_as_it_was_written_or_refused(dialect in dialect(), rows in prop::collection::vec(row(), 1..4)) {
        let text = written(&dialect, &rows);
        match read(&text) {
            Ok(read) => prop_assert_eq!(read, known(&rows), "{}", text),
            Err(why) => prop_assert!(why == "either" || why.contains("may be"), "{}: {}", why, text),
        }
    }
}

const CAMP: &str = r#"title = "Test"
start = "2025-01"
horizon = "3 years"
step = "month"
[dimensions]
age = [{ name = "adults", label = "18+" }, "children"]
[places.camp]
kind = "camp"
label = "Camp Ash"
people = [{ who = { age = "adults" }, count = 1000 }]
[places.home]
kind = "community"
"#;

fn loaded(rest: &str, file: &str, text: &str) -> (repatria::internals::model::Model, Vec<Diagnostic>) {
    let source = Source::new("test.toml", format!("{CAMP}{rest}")).with_file(file, text);
    let (scenario, warnings) = load(&source).unwrap_or_else(|problems| panic!("{problems:#?}"));
    (scenario.baseline, warnings)
}

#[test]
fn gaps_are_skipped_counted_and_reported() {
    let text = "date;place;value;age;remark;\n31/12/2025;Camp Ash;1.000,5;18+;x;\n31/01/2026;camp;n/a;;;\n01/02/2026;camp;;;;\n03/04/2026;camp;900;all;;\n";
    let (model, warnings) = loaded("[observed]\nfile = \"counted.csv\"\n", "counted.csv", text);
    let observed = model.observed.unwrap();
    assert_eq!(observed.gaps, 2);
    let points: Vec<_> = observed
        .points
        .iter()
        .map(|point| (point.date.to_string(), point.groups.clone(), point.value))
        .collect();
    assert_eq!(
        points,
        [("2025-12-31".to_string(), vec![Some(0)], 1000.5), ("2026-04-03".to_string(), vec![None], 900.0)]
    );
    let reported = |words: &str| warnings.iter().any(|warning| warning.message.contains(words));
    assert!(
        reported("2 of 4 rows in `counted.csv` have no figure and are skipped: lines 3, 4"),
        "{warnings:#?}"
    );
    assert!(reported("a column that nobody asks for: `remark`"), "{warnings:#?}");
}

/// Every table that a scenario may name, as a spreadsheet in Germany writes it and as a program does.
#[test]
fn every_table_of_a_scenario_may_be_written_so() {
    let move_of = |rest: &str| format!("[moves.leave]\nfrom = \"camp\"\nto = \"home\"\n{rest}");
    let tables = [
        (
            "[arrivals.new]\nto = \"camp\"\nwho = { age = \"adults\" }\nrate = { per_month = { series = \"t.csv\" } }\n".to_string(),
            "date,value\n2025-01,12.5\n2025-03-01,1250\n",
            "\u{feff}Date;Value;;\r\n01.01.2025;12,5;;\r\n01.03.2025;1.250;;\r\n;;;\r\n",
        ),
        (
            "[stays.s]\nat = \"camp\"\nto = \"home\"\nlength = { table = \"t.csv\" }\n".to_string(),
            "duration,portion\n1 months,0.25\n2 months,0.5\nnever,0.25\n",
            "duration;portion;source\r\n1 months;0,25;x\r\n2,0 months;0,5;x\r\nnever;0,25;\r\n",
        ),
        (
            "[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\nby = \"age\"\nlines = \"t.csv\"\n".to_string(),
            "age,seats,per_year,cap_per_year,starts\nadults,12,1.5,1000,2025-03\notherwise,1,2,,\n",
            "age;seats;per_year;cap_per_year;starts;\r\n18+;12;1,5;1.000;01.03.2025;\r\notherwise;1;2;;n/a;\r\n",
        ),
    ];
    for (section, one, other) in tables {
        let section = if section.contains("[stays") {
            section
        } else {
            section + &move_of("rate = { per_year = 0.1 }\n")
        };
        let [one, other] = [one, other].map(|text| format!("{:?}", loaded(&section, "t.csv", text).0));
        assert_eq!(one, other, "{section}");
    }
}

/// As in a scenario: tens of kilobytes of one sign in a table are answered at once, by whatever reads its cells.
#[test]
fn a_long_run_of_one_sign_in_a_table_is_answered_at_once() {
    let plain = ('\t'..='~').filter(|c| !c.is_ascii_alphanumeric() || "01eTx".contains(*c));
    for sign in plain.chain(['“', '”', '\u{a0}', '\u{202f}', '\u{2212}', '’']) {
        let run = String::from(sign).repeat(40 << 10);
        for table in [
            format!("date,value\n2025-01,15{run}\n"),
            format!("date,value\n2025-01{run},15\n"),
            format!("date,value\n2025-01,\"{run}\n{run}\"\n"),
            format!("{run}\n2025-01,15\n"),
            format!("date;value{run}\n2025-01;15\n"),
        ] {
            let Ok(sheet) = Sheet::read(table.as_bytes(), &["date", "value"], 100) else { continue };
            let columns = 0..sheet.columns.len();
            let (numbers, dates) = (sheet.numbers(columns.clone()), sheet.dates(columns));
            for cell in sheet.rows.iter().flat_map(|row| &row.cells).take(100) {
                let _ = (numbers.read(cell), dates.read(cell), is_gap(cell));
            }
        }
    }
}
