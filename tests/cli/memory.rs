//! Nothing is begun that takes more memory than it may, and it is said what to leave out.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::house::{CAMP, House};

/// Fifty what-ifs, each of them small: a few kilobytes of text, and more than eight gigabytes of tallies.
fn fifty_variants() -> String {
    let mut text = String::from(
        r#"
title = "Fifty what-ifs"
start = "2025-01"
horizon = "6 years"
step = "week"
replicates = 2000
[dimensions]
origin = ["a", "b", "c", "d"]
age = ["infants", "children", "adults", "elders"]
sex = ["women", "men"]
[record]
cells = true
[places.home]
kind = "community"
"#,
    );
    for place in ["north", "south", "east", "west"] {
        let who = r#"who = { age = "adults", sex = "women" }, split = { by = "origin", shares = { a = 0.4, b = 0.3, c = 0.2, d = 0.1 } }"#;
        writeln!(text, "[places.{place}]\nkind = \"camp\"\npeople = [{{ count = 8_000, {who} }}]").unwrap();
        writeln!(
            text,
            "[moves.leave_{place}]\nfrom = \"{place}\"\nto = \"home\"\nrate = {{ per_year = 0.2 }}"
        )
        .unwrap();
    }
    for variant in 0..50 {
        writeln!(
            text,
            "[variants.v{variant}]\nchanges = [{{ field = \"moves.leave_north.rate\", times = {} }}]",
            2 + variant
        )
        .unwrap();
    }
    text
}

/// A parameter that may be anything from a hundred to millions, so that no two replicates have the same numbers.
fn wide() -> String {
    let mut people = String::new();
    for origin in ["a", "b", "c", "d", "e", "f"] {
        let split = "split = { by = \"age\", shares = { children = 0.3, adults = 0.6, elders = 0.1 } }";
        writeln!(people, "  {{ count = \"people\", who = {{ origin = \"{origin}\" }}, {split} }},").unwrap();
    }
    format!(
        r#"
title = "A population that nobody knows"
start = "2025-01"
horizon = "24 years"
step = "day"
replicates = 20_000
[dimensions]
origin = ["a", "b", "c", "d", "e", "f"]
age = ["children", "adults", "elders"]
[parameters]
people = {{ value = 50_000, distribution = {{ lognormal = {{ median = 50_000, sigma = 2.5 }} }}, range = [100, 4_000_000] }}
[places.camp]
kind = "camp"
people = [
{people}]
[places.home]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = {{ per_year = 0.2 }}
counts_as = "return"
"#
    )
}

/// A century by day.
fn century() -> String {
    let mut text = String::from(
        r#"
title = "A century by day"
start = "2000-01"
horizon = "100 years"
step = "day"
replicates = 10_000
[dimensions]
origin = ["a", "b", "c"]
[record]
flows = "totals"
[variants.faster]
changes = [{ field = "moves.on0.rate", times = 2 }]
"#,
    );
    for place in 0..9 {
        writeln!(text, "[places.p{place}]\nkind = \"camp\"\npeople = [{{ count = 1_000_000, who = {{ origin = \"a\" }} }}]")
            .unwrap();
    }
    for place in 0..8 {
        let to = place + 1;
        writeln!(text, "[moves.on{place}]\nfrom = \"p{place}\"\nto = \"p{to}\"\nrate = {{ per_year = 0.3 }}")
            .unwrap();
    }
    text
}

#[test]
fn small_files_that_take_gigabytes_are_refused_at_once() {
    let house = House::empty();
    for (name, text, said) in [
        ("fifty.toml", fifty_variants(), "people of every place and group"),
        ("wide.toml", wide(), "people of every place and group"),
        ("century.toml", century(), "people of every place and group"),
    ] {
        assert!(text.len() < 6000, "{name} has {} bytes", text.len());
        house.write(name, &text);
        for line in [format!("run {name} --memory 1GB --charts none"), format!("check {name} --memory 1GB")] {
            let begun = Instant::now();
            let ended = house.repatria(&line);
            // One second on an idle machine with an optimised program; this one may be neither.
            assert!(begun.elapsed() < Duration::from_secs(20), "{line} took {:?}", begun.elapsed());
            assert_eq!(ended.code, 2, "{line}: {}", ended.err);
            for words in [said, "of memory; it may take 1.0 GB, as --memory says", "less with `"] {
                assert!(ended.err.contains(words), "{line}: no {words} in\n{}", ended.err);
            }
        }
        assert_eq!(house.files("."), [name], "nothing else is written");
        fs_err::remove_file(house.path(name)).unwrap();
    }
}

/// What the process may have is half of what `ulimit` leaves it.
#[cfg(target_os = "linux")]
#[test]
fn a_limit_of_the_system_is_kept() {
    let house = House::empty();
    house.write("fifty.toml", &fifty_variants());
    let shell = format!("ulimit -v 3000000; exec {} run fifty.toml", crate::house::program().display());
    let ended =
        std::process::Command::new("sh").args(["-c", &shell]).current_dir(house.path(".")).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("it may take 1.5 GB, half of what the process may have"), "{said}");
}

/// The most memory that a run has while it lasts, in bytes, as the system tells it.
#[cfg(target_os = "linux")]
fn peak(house: &House, line: &str) -> u64 {
    let mut child = std::process::Command::new(crate::house::program())
        .args(line.split(' '))
        .current_dir(house.path("."))
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let reported = fs_err::read_to_string(&status).unwrap_or_default();
        let kilobytes = reported
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse().ok());
        most = most.max(1024 * kilobytes.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(3));
    }
    assert!(child.wait().unwrap().success());
    most
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_reported_is_near_what_is_taken() {
    use repatria::internals::ensemble::memory::Forecast;
    use repatria::internals::ensemble::{Machine, SeriesPlan, Track, Unwatched};
    let house = House::empty();
    let shorter = |text: String| {
        text.replace("horizon = \"100 years\"", "horizon = \"2 years\"")
            .replace("horizon = \"24 years\"", "horizon = \"1 year\"")
    };
    for (name, text, replicates) in [("century.toml", century(), 120), ("wide.toml", wide(), 560)] {
        let text = shorter(text);
        house.write(name, &text);
        let taken =
            peak(&house, &format!("run {name} --replicates {replicates} --threads 2 --charts none --quiet"));
        let source = repatria::internals::scenario::Source::new(name, text);
        let (scenario, _) =
            repatria::internals::scenario::load(&source).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let models =
            std::iter::once(&scenario.baseline).chain(scenario.variants.iter().map(|variant| &variant.model));
        let programs: Vec<_> = models.map(repatria::internals::engine::compile).collect();
        let tracks: Vec<Track> = programs.iter().map(|program| Track::new("variant", program)).collect();
        let forecast =
            Forecast::new(&tracks, 0, 1, Machine::from(2), Some(replicates), SeriesPlan::new).unwrap();
        let (least, likely, most) = (forecast.least(), forecast.likely(&Unwatched), forecast.most());
        let reported = [least.bytes(), likely.bytes(), most.bytes()];
        println!("{name}: {} MB taken, {:?} MB told", taken >> 20, reported.map(|bytes| bytes >> 20));
        assert!(reported[0] < reported[1] && reported[1] < reported[2], "{reported:?}");
        // The gaps that growing lists leave are not foreseen: what is likely may be half of what is taken, or twice. That is why a
        // run may take half of the memory by itself.
        assert!(taken < reported[2] && taken < 2 * reported[1], "{name}: {taken} taken, {reported:?} told");
        assert!(reported[1] < 2 * taken + (40 << 20), "{name}: {taken} taken, {reported:?} told");
    }
}

#[test]
fn an_ordinary_run_is_far_below_any_limit() {
    let house = House::empty();
    house.write("camp.toml", CAMP);
    house.good("run camp.toml --memory 100MB --charts none");
    house.bad("run camp.toml --memory 4", 2, &["is no amount of memory: write 4GB"]);
    house.bad("run camp.toml --memory 1kB", 2, &["write 100MB or more"]);
}

#[test]
fn check_looks_at_no_more_than_twelve_months() {
    let house = House::empty();
    house.write("century.toml", &century().replace("replicates = 10_000", "replicates = 10"));
    let begun = Instant::now();
    let out = house.good("check century.toml").out;
    assert!(out.contains("People expected in the first twelve months"), "{out}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// Births that multiply in a variant alone.
fn multiplying(rate: &str) -> String {
    let births = format!(
        r#"
[variants.many]
label = "Many"
changes = [{{ field = "births.babies.rate", set = {rate} }}]

[births.babies]
at = "camp"
mothers = {{ age = "adults" }}
newborn = {{ age = "adults" }}
rate = {{ per_year = 0.02 }}
"#
    );
    format!("{CAMP}{births}").replace("horizon = \"2 years\"", "horizon = \"40 years\"")
}

#[test]
fn growth_without_end_in_a_variant_is_found_by_check() {
    let house = House::empty();
    // A billion within the first twelve months.
    house.write("fast.toml", &multiplying("25"));
    let said = ["in expected mode of the variant `many`", "`births.babies`", "is written at fast.toml:29"];
    house.bad("check fast.toml", 2, &said);
    // And one that comes much later.
    house.write("slow.toml", &multiplying("1.2"));
    let ended = house.good("check slow.toml");
    let said =
        ["warning[endless-growth]: births multiply in the variant `many`", "`births.babies`", "slow.toml:29"];
    for words in said {
        assert!(ended.err.contains(words), "no {words} in\n{}", ended.err);
    }
    assert!(!house.good("check slow.toml").err.contains("births multiply:"), "not in the baseline");
}

#[test]
fn growth_that_is_found_in_the_run_names_the_mechanism_and_its_line() {
    let house = House::empty();
    house.write("slow.toml", &multiplying("1.2"));
    let said =
        ["in the variant `many`", "more than a billion people", "`births.babies` is written at slow.toml:29"];
    house.bad("run slow.toml --replicates 2 --charts none", 1, &said);
}
