//! `repatria run`: what it writes and what it says.

use crate::house::{House, README_TABLES, TABLES, ours};

/// The charts of the README's scenario, sorted.
const CHARTS: [&str; 12] = [
    "composition_by_category",
    "composition_by_origin",
    "events",
    "flows_per_step",
    "outcome_differences",
    "population_by_place",
    "release_rate",
    "release_to_date",
    "repatriation_rate",
    "repatriation_to_date",
    "variants",
    "variants_by_place",
];

fn expected_files(kinds: &[&str]) -> Vec<String> {
    let charts = CHARTS.iter().flat_map(|chart| kinds.iter().map(move |kind| format!("{chart}.{kind}")));
    let mut files: Vec<String> =
        charts.chain(TABLES.map(String::from)).chain(README_TABLES.map(String::from)).collect();
    files.push("differences.csv".into());
    files.sort();
    files
}

#[test]
fn writes_exactly_the_files_that_were_asked_for() {
    let house = House::empty();
    house.write("tour.toml", &fs_err::read_to_string(ours("scenarios/two_prisons_and_a_camp.toml")).unwrap());
    for (out, asked, kinds) in [
        ("all", "", &["svg", "png"][..]),
        ("svg", "--charts svg", &["svg"]),
        ("png", "--charts png", &["png"]),
        ("both", "--charts svg,png", &["svg", "png"]),
        ("none", "--charts none", &[]),
    ] {
        house.good(&format!("run tour.toml --replicates 3 {asked} --out output/{out}"));
        assert_eq!(house.files(&format!("output/{out}")), expected_files(kinds), "{asked}");
    }
    assert_eq!(house.files("."), ["output", "tour.toml"]);
    house.bad(
        "run tour.toml --charts jpg",
        2,
        &["`jpg` is no kind of chart: write svg, png, svg,png or none"],
    );
}

#[test]
fn says_what_it_does_on_stderr_only() {
    let house = House::new();
    let ended = house.good("run camp.toml");
    assert_eq!(ended.out, "");
    for said in [
        "A camp: 40 replicates of 24 months\n",
        "Written to output/camp:\n  tables  people.csv, flows.csv,",
        "\n  charts  population_by_place,",
        "(svg, png)\n",
        "In 9 of 10 replicates between ",
        "this is no forecast",
    ] {
        assert!(ended.err.contains(said), "no `{said}` in\n{}", ended.err);
    }
    assert!(ended.err.lines().all(|line| line.chars().count() <= 100), "{}", ended.err);
    let one = house.good("run camp.toml --replicates 1 --charts none");
    assert!(one.err.contains("A camp: 1 replicate of 24 months\n"), "{}", one.err);
}

#[test]
fn says_warnings_in_one_line() {
    let house = House::empty();
    house.write("two words.toml", &crate::house::CAMP.replace("0.3 }", "60 }"));
    let ended = house.words(&["run", "two words.toml", "--charts", "none"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let first = ended.err.lines().next().unwrap();
    assert_eq!(first, "1 warning: `repatria check 'two words.toml'` shows it");
    assert_eq!(house.files("output/two words"), TABLES);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let house = House::new();
    let ended = house.good("run camp.toml --quiet --charts none");
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", ""));
    house.bad("run none.toml -q", 2, &["there is no file `none.toml`"]);
}

#[test]
fn threads_do_not_change_a_byte_and_the_seed_does() {
    let house = House::new();
    for (out, asked) in [
        ("one", "--threads 1"),
        ("two", "--threads 2"),
        ("scenario", "--seed 1"),
        ("other", "--seed 2"),
        ("more", "--replicates 41"),
    ] {
        house.good(
            &format!("run camp.toml --charts none --out {out} --replicates 200 {asked}")
                .replace("--replicates 200 --replicates", "--replicates"),
        );
    }
    assert_eq!(house.tables("one"), house.tables("two"));
    assert_eq!(house.tables("one"), house.tables("scenario"), "the scenario's seed is 1");
    assert_ne!(house.tables("one"), house.tables("other"));
    assert_ne!(house.tables("one"), house.tables("more"));
    assert!(house.read("more/datapackage.json").contains("\"replicates\": 41"));
    assert!(house.read("other/datapackage.json").contains("\"seed\": 2"));
    house.bad("run camp.toml --threads 0", 2, &["--threads"]);
    house.bad("run camp.toml --replicates 0", 2, &["--replicates"]);
}

#[test]
fn expected_mode_has_no_spread() {
    let house = House::new();
    house.good("run camp.toml --expected --charts svg");
    let people = house.read("output/camp/people.csv");
    let mut lines = people.lines();
    assert_eq!(lines.next().unwrap(), "variant,date,step,place,age,mean,sd,mc_se,p05,p25,p50,p75,p95");
    assert!(lines.all(|line| line.ends_with(",,,,,,,")), "{people}");
    // The hazard is 0.3 a year, for two years, on 800 people.
    let last = people.lines().rfind(|line| line.contains(",all_held,all,")).unwrap();
    let mean: f64 = last.split(',').nth(5).unwrap().parse().unwrap();
    assert!((mean - 800.0 * libm::exp(-0.6)).abs() < 1.0, "{last}");
    house.bad("run camp.toml --expected --replicates 5", 2, &["--expected", "--replicates"]);
}

#[test]
fn the_package_tells_the_command_but_not_where_the_program_is() {
    let house = House::new();
    house.good("run camp.toml --charts none --seed 5");
    let package = house.read("output/camp/datapackage.json");
    assert!(package.contains("\"repatria run camp.toml --charts none --seed 5\""), "{package}");
}

#[test]
fn goes_on_when_nobody_listens() {
    use std::process::{Command, Stdio};
    let house = House::new();
    let mut child = Command::new(crate::house::program())
        .args(["run", "camp.toml", "--charts", "none"])
        .current_dir(house.path("."))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(house.files("output/camp"), TABLES);
}
