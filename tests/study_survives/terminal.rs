//! No file commands a terminal: what would is spelt out, whatever prints it.

use crate::desk::{desk, plan};
use crate::house::{Ended, House};

/// What terminals obey, and what turns the direction of a line.
const COMMANDS: [&str; 12] = [
    "\u{1b}[2J",
    "\u{1b}]0;pwned\u{7}",
    "\u{9b}31m",
    "\u{8}",
    "\r",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{200f}",
    "\u{61c}",
    "\u{2028}",
];

fn is_harmless(line: &str, ended: &Ended) {
    for text in [&ended.out, &ended.err] {
        let found = text.chars().find(|c| {
            (c.is_control() && !matches!(c, '\n' | '\t'))
                || matches!(
                    c,
                    '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}'
                )
                || matches!(c, '\u{2066}'..='\u{2069}')
        });
        assert_eq!(found, None, "repatria {line}\n{text}");
        assert!(!text.contains("panicked"), "repatria {line}\n{text}");
    }
}

/// As TOML and as JSON both write it.
fn escaped(command: &str) -> String {
    command.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect()
}

const LINES: [&str; 13] = [
    "list .",
    "check camp.toml",
    "run camp.toml --charts none --replicates 5 --out results",
    "run camp.toml --charts none --replicates 5 --out results --force --attribution",
    "study plan study.toml --unit-points 2",
    "study plan study.toml --out new --unit-points 2",
    "study run study",
    "study status study",
    "study script study --engine slurm",
    "study script study --engine dask",
    "study merge study --charts none",
    "check study.toml",
    "study run study.toml",
];

fn all_are_harmless(house: &House) {
    for line in LINES {
        is_harmless(line, &house.repatria(line));
    }
}

#[test]
fn scenarios_and_studies_do_not_command_a_terminal() {
    let all = COMMANDS.concat();
    let direction = COMMANDS[6..].concat();
    // As it is, which TOML allows of some; and escaped, which a check of texts refuses later.
    for written in [all.clone(), direction.clone(), escaped(&all), escaped(&direction)] {
        for (file, from, to) in [
            ("camp.toml", "title = \"A camp\"", format!("title = \"A camp {written}\"")),
            ("camp.toml", "start = \"2025-01\"", format!("start = \"2025{written}\"")),
            ("camp.toml", "[moves.leave]", format!("[moves.leave]\nlabel = \"Leave{written}\"")),
            (
                "camp.toml",
                "kind = \"camp\"",
                format!("kind = \"camp\" # {written}\nlabel = \"{written}\"\nx = 1"),
            ),
            ("camp.toml", "[variants.slower]", format!("[variants.slower]\nlabel = \"S{written}\"")),
            ("study.toml", "title = \"How", format!("title = \"{written}How")),
            ("study.toml", "[factors.rate]", format!("[factors.rate]\nlabel = \"{written}\"")),
            ("study.toml", "moves.leave.rate", format!("moves.{written}.rate")),
            ("study.toml", "camp.toml", format!("camp{written}.toml")),
        ] {
            let house = desk(4, 5);
            let text = house.read(file);
            assert!(text.contains(from), "{from}");
            house.write(file, &text.replacen(from, &to, 1));
            let lines: &[&str] = if file == "camp.toml" { &LINES[..2] } else { &LINES[4..5] };
            for line in lines {
                is_harmless(line, &house.repatria(line));
            }
        }
    }
}

#[test]
fn plans_and_units_do_not_command_a_terminal() {
    let command = &COMMANDS.concat();
    let house = desk(4, 5);
    plan(&house, "study", 2);
    house.good("study run study --shard 1/2 --quiet");
    let text = house.read("study/plan.json");
    for (from, to) in [
        ("\"title\": \"How", format!("\"title\": \"{}How", escaped(command))),
        ("\"engine\": \"", format!("\"engine\": \"{}", escaped(command))),
        ("\"title\"", format!("\"{command}\"")),
    ] {
        house.write("study/plan.json", &text.replacen(from, &to, 1));
        for line in ["study status study", "study run study", "study script study --engine slurm", LINES[5]] {
            is_harmless(line, &house.repatria(line));
        }
        is_harmless("study plan", &house.repatria("study plan study.toml --out study --unit-points 2"));
    }
}

/// Every command once, with all of it at once where that is allowed.
#[test]
fn no_command_is_forgotten() {
    let house = desk(4, 5);
    plan(&house, "study", 2);
    let text = house.read("camp.toml");
    house.write("camp.toml", &text.replacen("A camp", "A camp \u{202e}\u{2067}", 1));
    let text = house.read("study.toml");
    house.write("study.toml", &text.replacen("How fast", "How \u{202e}fast", 1));
    let text = house.read("study/plan.json");
    house.write("study/plan.json", &text.replacen("How fast", "How \\u001b[31m\u{202e}fast", 1));
    all_are_harmless(&house);
    // Names of files, which whoever packed an archive has chosen.
    for name in ["\u{1b}[31m.toml", "\u{202e}lmot.toml", "a\rb.toml"] {
        house.write(name, &house.read("camp.toml"));
        house.write(&format!("bad {name}"), "title = 3");
        for words in [
            &["check", name][..],
            &["list", "."],
            &["run", name, "--charts", "none", "--replicates", "5", "--out", "again", "--force"],
            &["study", "plan", name],
            &["study", "run", name],
            &["study", "merge", name],
            &["check", &format!("bad {name}")],
            &["check", "camp.toml", name],
            &["run", "camp.toml", "--variants", name],
            &["new", name],
        ] {
            is_harmless(&words.join(" "), &house.words(words));
        }
    }
}

/// Scripts that are written from right to left are letters and no commands.
#[test]
fn right_to_left_text_is_readable() {
    let house = desk(4, 5);
    let text = house.read("camp.toml");
    house.write("camp.toml", &text.replacen("A camp", "مخيم בית", 1));
    assert!(house.good("list .").out.contains("    مخيم בית\n"));
    assert!(house.good("check camp.toml").out.starts_with("مخيم בית\n"));
    house.write("camp.toml", &text.replacen("A camp", "\u{202e}مخيم", 1));
    assert!(house.good("list .").out.contains("    \\u{202e}مخيم\n"), "{}", house.good("list .").out);
}

/// What a spreadsheet would compute is text, and numbers are numbers.
#[test]
fn cells_are_not_formulas() {
    let house = desk(4, 5);
    let formula = "=HYPERLINK(1)";
    let text = house.read("camp.toml");
    let labelled = text
        .replacen("[outcomes.left]", &format!("[outcomes.left]\nlabel = \"{formula}\""), 1)
        .replacen("[places.camp]", "[parameters.x]\nvalue = -1\nlabel = \"+1 and more\"\n[parameters.y]\nvalue = \"-x * 2\"\n[places.camp]", 1);
    house.write("camp.toml", &labelled);
    house.good("run camp.toml --charts none --out results --replicates 5");
    let outcomes = house.read("results/outcomes.csv");
    assert!(outcomes.contains(&format!(",'{formula},")), "{outcomes}");
    let parameters = house.read("results/parameters.csv");
    assert!(parameters.contains(",'+1 and more,") && parameters.contains(",'-x * 2,"), "{parameters}");
    assert!(parameters.contains(",-1"), "{parameters}");
}
