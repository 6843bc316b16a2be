//! Every number of every sentence is that of a table, rounded as the guide says: by the standard error, which the table has too.

use proptest::prelude::*;
use repatria::internals::output::sentences::of_answer;

use super::tables::{Row, Written, all};
use super::{answer, scenarios};

type Held = Result<(), String>;

/// The tables of a run.
struct Tables(Vec<Written>);

impl Tables {
    fn last(&self, table: &str, words: &[(&str, &str)]) -> Result<&Row, String> {
        let of = self.0.iter().find(|written| written.name == table).ok_or(format!("no {table}"))?;
        of.rows.iter().rfind(|row| row.is(words)).ok_or(format!("{words:?} is not in {table}"))
    }

    fn expected(&self) -> bool {
        self.0.iter().find(|it| it.name == "people").unwrap().rows[0].text("mc_se").is_empty()
            && self.replicates() == 1.0
    }

    fn replicates(&self) -> f64 {
        self.0.iter().find(|it| it.name == "outcomes").unwrap().rows[0].number("replicates").unwrap()
    }
}

const BASELINE: (&str, &str) = ("variant", "baseline");

/// The numbers in a text, without thousands separators.
fn numbers(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let mut token = String::new();
    let letters: Vec<char> = text.chars().chain([' ']).collect();
    for pair in letters.windows(2) {
        let inside = pair[0] == '.' || pair[0] == ',';
        if pair[0].is_ascii_digit() || (inside && !token.is_empty() && pair[1].is_ascii_digit()) {
            token.extend(Some(pair[0]).filter(|letter| *letter != ','));
        } else if !token.is_empty() {
            found.push(std::mem::take(&mut token).parse().unwrap());
        }
    }
    found
}

fn check(so: bool, words: impl std::fmt::Display) -> Held {
    if so { Ok(()) } else { Err(words.to_string()) }
}

/// The power of ten of the last digit that is told of a number.
fn last_power(number: f64, error: f64, most_digits: i32) -> i32 {
    let first = libm::log10(number.abs()).floor() as i32;
    let finest = (first + 1 - most_digits).min(0);
    if error > 0.0 { (libm::log10(error).round() as i32).clamp(finest, first) } else { finest }
}

/// Whether `reported` is the size of `number` to the last digit that `error` supports, and no finer.
fn rounded(reported: f64, number: f64, error: f64, most_digits: i32) -> Held {
    if number == 0.0 {
        return check(reported == 0.0, format!("{reported} for 0"));
    }
    // What the table rounds itself may be the first number with another digit.
    let power = last_power(number, error, most_digits);
    let unit = 10f64.powi(power);
    let near = (reported - number.abs()).abs() <= 0.51 * unit;
    let coarse = (reported / unit - (reported / unit).round()).abs() < 1e-6;
    check(near && coarse, format!("{reported} for {number} with an error of {error}"))
}

/// Whether the ends of a band are those of quantiles, rounded outwards.
fn band(reported: &[f64], low: f64, high: f64, error: f64) -> Held {
    let unit = 10f64.powi(last_power(low.abs().max(high.abs()), 2.1132 * error, 5));
    let slack = 1.001 * unit;
    let [below, above] = reported else { return Err(format!("no band: {reported:?}")) };
    let below = if low < 0.0 && high <= 0.0 {
        -*above
    } else if low < 0.0 {
        -*below
    } else {
        *below
    };
    let above = if high <= 0.0 { -reported[0] } else { *above };
    let outside = below <= low + 1e-3 * unit && above >= high - 1e-3 * unit;
    check(
        outside && low - below <= slack && above - high <= slack,
        format!("{below} to {above} for {low} to {high}, error {error}"),
    )
}

fn error(row: &Row) -> f64 {
    row.number("mc_se").unwrap_or(0.0)
}

fn quantile(row: &Row, name: &str) -> f64 {
    row.number(name).unwrap_or(f64::NAN)
}

/// People are told whole, below ten with a digit behind the point.
fn people(reported: f64, number: f64, error: f64) -> Held {
    let unit = if error > 0.0 { libm::pow(10.0, libm::log10(error).round()).max(1.0) } else { 1.0 };
    let first = if number > 0.0 { libm::pow(10.0, libm::log10(number).floor()).max(1.0) } else { 1.0 };
    check(
        (reported - number).abs() <= 0.51 * unit.min(first),
        format!("{reported} people for {number} +- {error}"),
    )
}

/// Holds a sentence against the tables.
fn holds(sentence: &str, tables: &Tables) -> Held {
    let reported = numbers(sentence);
    let starts = |words: &str| sentence.starts_with(words);
    if sentence.contains(" are held ") || sentence.contains(" is held ") {
        return held(sentence, &reported, tables);
    }
    if starts("The median at ") || starts("The mean at ") {
        return largest(sentence, tables);
    }
    if starts("By ") {
        return leaving(sentence, tables);
    }
    if starts("The shock ") {
        return shock(sentence, &reported, tables);
    }
    if starts("For ") || sentence.contains(" support even ") {
        return Ok(());
    }
    if let Some((variant, rest)) = sentence.split_once(" against Baseline: ") {
        return difference(&variant.to_lowercase(), rest, tables);
    }
    if let Some((variant, rest)) = sentence.split_once(" changes ") {
        return attribution(&variant.to_lowercase(), rest, tables);
    }
    match sentence.split_once(": ") {
        Some((label, rest)) => outcome(label, rest, tables),
        None => Err("a sentence that nobody holds against a table".into()),
    }
}

fn held(sentence: &str, reported: &[f64], tables: &Tables) -> Held {
    let row = tables.last("people", &[BASELINE, ("place", "all_held"), ("age", "all")])?;
    if sentence.starts_with("On average") {
        return people(reported[0], row.number("mean").unwrap(), 0.0);
    }
    let (low, high) = (quantile(row, "p05"), quantile(row, "p95"));
    let numbers = match sentence.split_once(" replicate") {
        Some((how_many, rest)) => {
            let few = how_many.split_whitespace().last().and_then(|n| n.parse::<f64>().ok());
            check(few.is_none_or(|few| few == 10.0 || few == tables.replicates()), "how many replicates")?;
            numbers(rest)
        }
        None => return Err("no replicates".into()),
    };
    if low == high {
        return check(numbers[0] == low, format!("{} for {low}", numbers[0]));
    }
    let unit = libm::pow(10.0, libm::log10(2.1132 * error(row)).round()).max(1.0);
    let ends = numbers[0] <= low && numbers[1] >= high;
    check(
        ends && low - numbers[0] <= unit && numbers[1] - high <= unit,
        format!("{numbers:?} for {low}, {high}"),
    )
}

fn largest(sentence: &str, tables: &Tables) -> Held {
    let place = if sentence.contains(" at Camp ") { "camp" } else { "prison" };
    let words = [BASELINE, ("place", place), ("age", "all")];
    let first = tables.last("people", &[BASELINE, ("place", place), ("age", "all"), ("step", "0")])?;
    let last = tables.last("people", &words)?;
    let middle = |row: &Row| row.number(if tables.expected() { "mean" } else { "p50" }).unwrap();
    let reported = numbers(sentence);
    let (before, after) = (reported[0], if reported.len() > 3 { reported[2] } else { reported[0] });
    people(before, middle(first), 1.2533 * error(first))?;
    people(after, middle(last), 1.2533 * error(last))?;
    check(!sentence.contains("falls") || middle(last) < middle(first), "falls")?;
    check(!sentence.contains("rises") || middle(last) > middle(first), "rises")
}

fn leaving(sentence: &str, tables: &Tables) -> Held {
    let all = [
        ("the programme Flights ", "programmes.flights"),
        ("the move Returns ", "moves.returns"),
        ("all that counts as repatriation ", "counts_as.repatriation"),
    ];
    let Some((words, address)) = all.into_iter().find(|(words, _)| sentence.contains(words)) else {
        let row = tables.last("flows", &[BASELINE, ("mechanism", "counts_as.repatriation")])?;
        let nobody = sentence.contains("nobody is moved by what counts as repatriation");
        return check(nobody && row.number("to_date_mean") == Some(0.0), "nobody");
    };
    let row = tables.last("flows", &[BASELINE, ("mechanism", address), ("age", "all")])?;
    let reported = numbers(sentence.split_once(words).unwrap().1);
    let middle = row.number(if tables.expected() { "to_date_mean" } else { "to_date_p50" }).unwrap();
    people(reported[0], middle, 1.2533 * row.number("to_date_mc_se").unwrap_or(0.0))?;
    let rate = sentence.split_once(" months is ").or_else(|| sentence.split_once(" months averages "));
    if let Some((_, rate)) = rate {
        let row = tables.last("rates", &[BASELINE, ("counts_as", "repatriation"), ("age", "all")])?;
        return rounded(numbers(rate)[0], 100.0 * row.number("mean").unwrap(), 100.0 * error(row), 3);
    }
    Ok(())
}

fn shock(sentence: &str, reported: &[f64], tables: &Tables) -> Held {
    let events = tables.0.iter().find(|it| it.name == "events").ok_or("no events")?;
    let of = |column: &str| -> Vec<f64> {
        let rows = events.rows.iter().filter(|row| row.is(&[BASELINE, ("event", "shocks.storm")]));
        rows.filter_map(|row| row.number(column)).collect()
    };
    let times: f64 = of("probability").iter().sum();
    if sentence.contains("which is rare") {
        return check(times == 0.0, "rare");
    }
    check(times > 0.0, "it never happens")?;
    if sentence.contains("happens in June") {
        return check(times == 1.0, "once");
    }
    let error = of("probability_mc_se").iter().map(|error| error * error).sum::<f64>().sqrt();
    rounded(reported[0], 100.0 * times / 14.0, 100.0 * error / 14.0, 3)?;
    rounded(reported[1], times, error, 3)
}

/// A share of replicates, in percent.
fn percent(reported: &str, share: f64, replicates: f64) -> Held {
    if reported.starts_with("none") || reported.starts_with("all") {
        return check(
            share == if reported.starts_with("all") { 1.0 } else { 0.0 },
            format!("{reported} for {share}"),
        );
    }
    let error = 100.0 * (share * (1.0 - share) / replicates).sqrt();
    check(share < 1.0, "a part of them")?;
    match numbers(reported).first() {
        Some(reported) => rounded(*reported, 100.0 * share, error, 5),
        None => check(reported.starts_with("nearly all") && share > 0.9, format!("{reported} for {share}")),
    }
}

fn outcome(label: &str, rest: &str, tables: &Tables) -> Held {
    let row = tables.last("outcomes", &[BASELINE, ("label", label)])?;
    let replicates = tables.replicates();
    if let Some(words) = rest.strip_prefix("true in ") {
        return percent(words, row.number("probability").unwrap(), replicates);
    }
    if row.text("unit") == "months since the start" {
        let share = row.number("probability").unwrap();
        let median = row.text("median_date");
        if rest.starts_with("not by") {
            return check(share == 0.0, "it comes");
        }
        check(!rest.contains("in half") || share >= 0.5, "in half of them")?;
        if !median.is_empty() {
            check(rest.contains(&median[..4]), format!("{rest} for {median}"))?;
        }
        return match rest.rsplit_once(" in ") {
            Some((_, part)) if part.contains('%') => {
                let of = if rest.contains("; not by") { 1.0 - share } else { share };
                percent(part, of, replicates)
            }
            _ => check(tables.expected() || share == 1.0, "all of them"),
        };
    }
    let (mean, error) = (row.number("mean").unwrap(), error(row));
    rounded(numbers(rest)[0], mean, error, 5)?;
    match rest.split_once(" between ") {
        Some((_, ends)) => band(&numbers(ends), quantile(row, "p05"), quantile(row, "p95"), error),
        None => {
            let apart = quantile(row, "p05") < quantile(row, "p95");
            check(!apart || replicates == 1.0, "no band")
        }
    }
}

fn difference(variant: &str, rest: &str, tables: &Tables) -> Held {
    let variant = if variant.starts_with("without") { "without" } else { "faster" };
    let (label, words) = rest.split_once(": ").ok_or("no label")?;
    let name = tables.last("outcomes", &[BASELINE, ("label", label)])?.text("outcome");
    let row = tables.last("differences", &[("variant", variant), ("kind", "outcome"), ("subject", name)])?;
    let mean = row.number("mean");
    if words.starts_with("comes in ") || words.starts_with("comes here") || words.starts_with("no replicate")
    {
        let comes = |variant| -> Result<f64, String> {
            Ok(tables
                .last("outcomes", &[("variant", variant), ("outcome", name)])?
                .number("probability")
                .unwrap())
        };
        let (ours, theirs) = (comes(variant)?, comes("baseline")?);
        if words.starts_with("comes in no replicate") {
            return check(ours == 0.0 && theirs == 0.0, "neither");
        }
        if let Some((one, other)) =
            words.trim_start_matches("comes in ").split_once(" of the replicates instead of ")
        {
            percent(one, ours, tables.replicates())?;
            return percent(other, theirs, tables.replicates());
        }
        return Ok(());
    }
    if words.starts_with("the same") {
        return check(mean == Some(0.0), format!("{mean:?}"));
    }
    let (mean, error) = (mean.ok_or("no mean")?, error(row));
    let times = if row.text("unit") == "share of replicates" { 100.0 } else { 1.0 };
    if words.starts_with("no difference that ") {
        let reported = numbers(words);
        check(mean == 0.0 || libm::log10(error).round() > libm::log10(mean.abs()).floor(), "told from 0")?;
        return check(
            (reported[2] / (times * error) - 1.0).abs() < 0.06,
            format!("{} for {error}", reported[2]),
        );
    }
    rounded(numbers(words)[0], times * mean, times * error, 5)?;
    let less =
        ["fewer", "less", "earlier"].iter().any(|word| words.split(',').next().unwrap().contains(word));
    check(less == (mean < 0.0), format!("the sign of {mean}"))?;
    if let Some((_, part)) = words.split_once('(') {
        let error = row.number("relative_mc_se").unwrap_or(0.0);
        rounded(numbers(part)[0], 100.0 * row.number("relative").unwrap(), 100.0 * error, 3)?;
    }
    match words.split_once(" between ") {
        Some((_, ends)) => band(&numbers(ends), quantile(row, "p05"), quantile(row, "p95"), error),
        None => Ok(()),
    }
}

fn attribution(variant: &str, rest: &str, tables: &Tables) -> Held {
    let variant = if variant.starts_with("without") { "without" } else { "faster" };
    let (label, words) = rest.split_once(" by ").ok_or("no number")?;
    let row = tables.last("attribution", &[("variant", variant), ("label", label), ("part", "0")])?;
    let times = if row.text("unit") == "share of replicates" { 100.0 } else { 1.0 };
    let mean = row.number("mean").unwrap();
    check(words.starts_with('-') == (mean < 0.0), "the sign")?;
    rounded(numbers(words)[0], times * mean, times * error(row), 5)
}

#[test]
fn numbers_are_found_in_texts() {
    assert_eq!(
        numbers("In 9 of 10 replicates between 1,640 and 12.5 people, in 2028."),
        [9.0, 10.0, 1640.0, 12.5, 2028.0]
    );
}

proptest! {
    #![proptest_config(super::cases(24))]

    #[test]
    fn every_sentence_is_held_by_the_tables((text, replicates) in scenarios::tried()) {
        let answer = answer(&text, replicates);
        let tables = Tables(all(&answer));
        for sentence in of_answer(&answer) {
            if let Err(problem) = holds(&sentence, &tables) {
                prop_assert!(false, "{}\n{}\n{} replicates", sentence, problem, replicates);
            }
        }
    }
}
