//! Numbers of a good scenario, written as one writes them elsewhere.

use repatria::internals::scenario::{Source, load};

const GOOD: &str = include_str!("../good/two_prisons_and_a_camp.toml");

/// Where plain numbers stand behind `=`, outside comments.
fn numbers() -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in GOOD.split_inclusive('\n') {
        let code = line.find(" #").map_or(line, |comment| &line[..comment]);
        if !code.starts_with('#') {
            for (at, _) in code.match_indices("= ") {
                let from = at + 2;
                let length =
                    code[from..].find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(0);
                if length > 0 && code[from..].starts_with(|c: char| c.is_ascii_digit()) {
                    found.push(start + from..start + from + length);
                }
            }
        }
        start += line.len();
    }
    found
}

/// A number, and the ways in which somebody may write it.
fn elsewhere(number: &str) -> Vec<String> {
    let plain = number.replace('_', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut ways = Vec::new();
    if !part.is_empty() {
        ways.push(format!("{whole},{part}"));
    }
    if part.is_empty() && whole.len() > 3 {
        for mark in [",", " ", "'", "\u{a0}"] {
            let (head, tail) = whole.split_at(whole.len() - 3);
            ways.push(format!("{head}{mark}{tail}"));
        }
    }
    ways
}

/// One such number is one mistake, told at its place, with the number as it is to be typed; and nothing else is wrong.
#[test]
fn every_number_may_be_written_so_and_is_reported_how() {
    let mut tried = 0;
    for span in numbers() {
        let number = &GOOD[span.clone()];
        for written in elsewhere(number) {
            let text = format!("{}{written}{}", &GOOD[..span.start], &GOOD[span.end..]);
            let problems = load(&Source::new("test.toml", text)).expect_err(&written);
            let reported: Vec<_> = problems.iter().collect();
            assert_eq!(reported.len(), 1, "{written}: {reported:#?}");
            let at = reported[0].span.clone().unwrap();
            assert_eq!(at, span.start..span.start + written.len(), "{written}: {reported:#?}");
            assert!(
                reported[0].help.contains(&number.replace('_', "").parse::<f64>().unwrap().to_string()),
                "{written}: {reported:#?}"
            );
            tried += 1;
        }
    }
    assert!(tried > 30, "only {tried}");
}

/// Long lines of slips take no time.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn many_slips_are_found_soon() {
    for line in ["a = 1,5, ", "a=", "= “", "x = 1 2 ", "a = \"\\q\" ", "k: v = 0,1 "] {
        let text = format!("title = oops\nx = {{ {}", line.repeat(20_000));
        let began = std::time::Instant::now();
        let problems = load(&Source::new("test.toml", text)).unwrap_err();
        assert!(problems.iter().count() <= 600, "{line}");
        assert!(began.elapsed().as_secs() < 10, "{line}: {:?}", began.elapsed());
    }
}

/// Tens of kilobytes of one sign, or of two by turns, anywhere in a scenario are answered at once: each would take minutes if
/// something looked at the rest of the line for every one of them, and end the program if each were a call within a call.
#[test]
fn a_long_run_of_one_sign_is_answered_at_once() {
    // Letters and digits are read alike.
    let plain = (' '..='~').filter(|c| !c.is_ascii_alphanumeric() || "01eTx".contains(*c)).map(String::from);
    let others = [
        "\t", "\n", "\r\n", "\u{a0}", "\u{202f}", "“", "”", "„", "«", "»", "‘", "’", "é", "\u{2212}", ", ",
        "= ", "a = ", "% ", "[]", "{}", "\\\"", "\"\"", "“”", "\"”",
    ];
    let good = "title = \"x\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"month\"\n[places.camp]\nkind = \"camp\"\n";
    for sign in plain.chain(others.map(String::from)) {
        let run = sign.repeat((40 << 10) / sign.len());
        for line in [
            format!("capacity = 15{run}"),
            format!("capacity = x{run}"),
            format!("capacity{run}= 15"),
            format!("capacity = \"{run}\""),
            format!("label = \"x\"{}{}", run, " ".repeat(40 << 10)),
            format!("{run}capacity = 15"),
        ] {
            // Good or not: what counts is that there is an answer.
            if let Err(problems) = load(&Source::new("test.toml", format!("{good}{line}\n"))) {
                assert!(problems.iter().count() <= 1_000, "{sign:?}");
                assert!(
                    problems.iter().all(|problem| problem.message.len() + problem.help.len() < 5_000),
                    "{sign:?}"
                );
            }
        }
    }
}
