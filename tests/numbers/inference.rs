//! Every reader infers one type: a column of fractions has a point in each of its cells, a column of whole numbers none.

use proptest::prelude::*;
use repatria::internals::output::table::ColumnKind;

use super::tables::{Written, all};
use super::{answer, scenarios};

/// Checks every cell of a table.
fn reads_as_one_type(table: &Written) -> Result<(), String> {
    for column in &table.columns {
        for row in &table.rows {
            let cell = row.text(&column.name);
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
            let fits = match column.kind {
                _ if cell.is_empty() => true,
                ColumnKind::Integer => digits(cell),
                ColumnKind::Number => {
                    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
                    let (number, power) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
                    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
                    digits(whole) && digits(fraction) && power.parse::<i32>().is_ok()
                }
                ColumnKind::Date => cell.len() == 10,
                ColumnKind::Text => true,
            };
            if !fits {
                return Err(format!("{}.csv has {cell} in {}", table.name, column.name));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(12))]

    #[test]
    fn of_generated_scenarios((text, replicates) in scenarios::tried()) {
        for table in all(&answer(&text, replicates)) {
            prop_assert_eq!(reads_as_one_type(&table), Ok(()));
        }
    }
}

/// A variant that differs from a date on: its mean differences are whole for more rows than some readers look at.
#[test]
fn of_differences_that_are_whole_at_first() {
    let answer = answer(
        "title = \"Later\"\nstart = \"2025-01\"\nhorizon = \"3 years\"\nstep = \"month\"\n\
         [places.camp]\nkind = \"camp\"\npeople = [{ count = 2000 }]\n[places.home]\nkind = \"community\"\n\
         [moves.r]\nfrom = \"camp\"\nto = \"home\"\nrate = { per_year = 0.1 }\n\
         [programmes.f]\nfrom = \"camp\"\nto = \"home\"\noccasions = { every = \"1 month\" }\nseats = 20\n\
         [variants.later]\nchanges = [{ field = \"programmes.f.seats\", set = 40, from = \"2027-07\" }]\n",
        40,
    );
    let tables = all(&answer);
    for table in &tables {
        assert_eq!(reads_as_one_type(table), Ok(()));
    }
    let differences = tables.iter().find(|table| table.name == "differences").unwrap();
    let first: Vec<&str> = differences.rows[..100].iter().map(|row| row.text("mean")).collect();
    assert_eq!(first, ["0.0"; 100]);
    assert!(differences.rows.iter().any(|row| row.number("mean").is_some_and(|mean| mean.fract() != 0.0)));
}

/// A variant that changes nothing, before one that does: its outcomes come first, so that every column has a number in the first
/// rows.
#[test]
fn of_a_variant_that_changes_nothing() {
    let answer = answer(
        "title = \"The same\"\nstart = \"2025-01\"\nhorizon = \"3 years\"\nstep = \"month\"\n\
         [places.camp]\nkind = \"camp\"\npeople = [{ count = 2000 }]\n[places.home]\nkind = \"community\"\n\
         [moves.r]\nfrom = \"camp\"\nto = \"home\"\nrate = { per_year = 0.1 }\n\
         [outcomes.left]\npeople = { at = \"camp\" }\n\
         [variants.same]\nchanges = [{ field = \"moves.r.rate\", times = 1 }]\n\
         [variants.faster]\nchanges = [{ field = \"moves.r.rate\", times = 2 }]\n",
        40,
    );
    let tables = all(&answer);
    let differences = tables.iter().find(|table| table.name == "differences").unwrap();
    for column in differences.columns.iter().filter(|column| column.kind == ColumnKind::Number) {
        assert!(
            differences.rows[..2].iter().any(|row| !row.text(&column.name).is_empty()),
            "{}",
            column.name
        );
    }
}
