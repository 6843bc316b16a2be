//! The page's numbers are the program's.

use std::path::Path;

use assert_cmd::Command;
use repatria::internals::page::downloads::{charts, tables};
use repatria::internals::page::session::PageSession;
use repatria::internals::page::setting::{NumberSetting, PageSetting};
use repatria::internals::scenario::Source;
use repatria::{Answer, Run, Scenario, sentences};

use super::{dates, keep, numbers, off, open, policy, scenario, scenarios, set};

/// Replicates in slices, as a page adds them.
fn simulated(session: &mut PageSession, slices: &[u64]) -> Answer {
    for slice in slices {
        session.add(*slice).unwrap();
    }
    assert_eq!(session.replicates(), session.planned());
    session.answer().unwrap()
}

fn assert_same(page: &Answer, program: &Answer, of: &str) {
    assert_eq!(sentences(page), sentences(program), "{of}");
    let (page_tables, program_tables) = (tables(page), tables(program));
    assert!(page_tables.keys().eq(program_tables.keys()) && !page_tables.is_empty(), "{of}");
    for (name, table) in &page_tables {
        assert!(*table == program_tables[name], "{of}: {name}");
    }
    assert!(charts(page) == charts(program), "{of}: charts");
}

/// What the program says of a text with these variants.
fn run(text: &str, variants: &[&str]) -> Answer {
    let scenario = Scenario::read(&Source::new("camp.toml", text)).unwrap();
    let mut answer = Run::of(&scenario).threads(2).compare(variants).unwrap();
    // As `repatria run` calls it.
    answer.variants[0].label = "the baseline".into();
    answer
}

#[test]
fn a_page_on_which_nothing_is_set_shows_what_a_run_shows() {
    for (name, text) in scenarios(66) {
        let mut session = open(&text);
        assert_eq!(session.planned(), 66, "{name}: {:?}", session.refused());
        let page = simulated(&mut session, &[64, 1, 1000]);
        let variants: Vec<String> = page.variants.iter().skip(1).map(|it| it.name.clone()).collect();
        let variants: Vec<&str> = variants.iter().map(String::as_str).collect();
        assert_eq!(variants.len(), session.scenario().variants.len());
        assert_same(&page, &run(&text, &variants), &name);
    }
}

#[test]
fn slices_add_up_to_the_same_answer_beyond_what_is_counted_one_by_one() {
    let text = include_str!("../../benches/camp12.toml").replace("10 years", "1 year");
    let mut session = open(&super::with_replicates(&text, 1000));
    let setting = numbers(&[(&session.levers().numbers[0].field.clone(), NumberSetting::Times(1.5))]);
    set(&mut session, &setting, &[]);
    let page = simulated(&mut session, &[64, 64, 128, 256, 512]);
    assert_same(&page, &run(session.text(), &["your_setting"]), "camp12");
}

#[test]
fn what_is_set_is_what_the_exported_text_says() {
    let text = scenario("two_prisons_and_a_camp", 70);
    let lever = numbers(&[
        ("parameters.political_will", NumberSetting::Set(2.0)),
        ("programmes.flights.seats", NumberSetting::Times(1.1)),
        ("moves.death.rate", NumberSetting::Times(0.3)),
    ]);
    for setting in [
        lever.clone(),
        policy("court", off()),
        policy("court", dates(Some("2026-03"), Some("2029-01"))),
        policy("court", dates(Some(""), None)),
        PageSetting { policies: policy("court", off()).policies, ..lever },
    ] {
        let mut session = open(&text);
        set(&mut session, &setting, &[]);
        let page = simulated(&mut session, &[64, 64]);
        assert_same(&page, &run(session.text(), &["your_setting"]), session.text());
    }
}

#[test]
fn variants_are_switched_on_together_and_kept_beside() {
    let text = scenario("two_prisons_and_a_camp", 10);
    let variants = vec!["twice_the_flights".into(), "no_pause".into()];
    let both = PageSetting { variants, ..PageSetting::default() };
    let without = PageSetting { policies: policy("court", off()).policies, ..both.clone() };
    let sooner = policy("court", dates(Some("2026-01"), None));
    let mut session = open(&text);
    set(&mut session, &without, &[keep("Both, with the court", both), keep("A court sooner", sooner)]);
    let page = simulated(&mut session, &[64]);
    let names: Vec<&str> = page.variants.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["baseline", "both_with_the_court", "a_court_sooner", "your_setting"]);
    assert_same(&page, &run(session.text(), &names[1..]), session.text());
}

#[test]
fn what_was_simulated_is_kept_as_long_as_nothing_changes() {
    let mut session = open(&scenario("two_prisons_and_a_camp", 128));
    session.add(64).unwrap();
    set(&mut session, &PageSetting::default(), &[]);
    assert_eq!(session.replicates(), 64);
    // The dates that the policy has anyway are nothing that is set.
    set(&mut session, &policy("court", dates(Some("2027-01"), None)), &[]);
    assert_eq!(session.replicates(), 64);
    set(&mut session, &policy("court", off()), &[]);
    assert_eq!(session.replicates(), 0);
    session.add(64).unwrap();
    let wrong = numbers(&[("moves.nowhere.rate", NumberSetting::Set(1.0))]);
    assert!(session.set(&wrong, &[]).is_err());
    assert_eq!(session.replicates(), 64, "a mistake leaves what is there");
    assert_eq!(session.add(1000).unwrap(), 128);
    set(&mut session, &PageSetting::default(), &[]);
    assert_eq!(session.replicates(), 0, "what was begun is given up");
    session.add(3).unwrap();
    set(&mut session, &policy("court", off()), &[]);
    assert_eq!(session.replicates(), 128, "what was done is there for who goes back");
    let page = session.answer().unwrap();
    assert_same(&page, &run(session.text(), &["your_setting"]), session.text());
}

/// The whole program on the exported file.
#[test]
fn repatria_run_of_the_exported_file_writes_the_same_bytes() {
    let text = scenario("two_prisons_and_a_camp", 70);
    let mut session = open(&text);
    let setting = numbers(&[("parameters.political_will", NumberSetting::Set(2.5))]);
    set(&mut session, &setting, &[keep("No <b>court</b> \"at all\"", policy("court", off()))]);
    let page = simulated(&mut session, &[64, 64]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exported.toml");
    fs_err::write(&file, session.text()).unwrap();
    program(folder.path()).args(["check", "exported.toml"]).assert().success();
    let names = page.variants[1..].iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(",");
    program(folder.path())
        .args(["run", "exported.toml", "--variants", &names, "--out", "out", "--quiet"])
        .assert()
        .success();
    let read = |name: &str| fs_err::read_to_string(folder.path().join("out").join(name)).unwrap();
    for (name, table) in tables(&page) {
        assert!(table == read(&format!("{name}.csv")), "{name}");
    }
    for (name, svg) in charts(&page) {
        assert!(svg == read(&format!("{name}.svg")), "{name}");
    }
    let summary = read("summary.txt");
    for sentence in sentences(&page) {
        assert!(summary.contains(&sentence), "{sentence}\n{summary}");
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("repatria").unwrap();
    command.current_dir(folder);
    command
}

/// Every scenario's levers can be moved, one by one and all at once.
#[test]
fn every_lever_of_every_scenario_makes_a_valid_scenario() {
    for (name, text) in scenarios(64) {
        let mut session = open(&text);
        let levers = session.levers().clone();
        for lever in levers.sliders.iter() {
            let setting = numbers(&[(&lever.field, NumberSetting::Set(lever.max))]);
            set(&mut session, &setting, &[]);
        }
        for lever in levers.numbers.iter().take(40) {
            assert!(
                lever.min <= lever.value && lever.value <= lever.max && lever.step > 0.0,
                "{name}: {lever:?}"
            );
            let amount = lever.value + lever.step;
            let amount = match lever.kind {
                repatria::internals::page::levers::LeverKind::Set => NumberSetting::Set(amount),
                repatria::internals::page::levers::LeverKind::Times => NumberSetting::Times(amount),
            };
            // Some numbers depend on others: shares that make a whole.
            let _ = session.set(&numbers(&[(&lever.field, amount)]), &[]);
        }
        for lever in &levers.policies {
            set(&mut session, &policy(&lever.name, off()), &[]);
        }
        for lever in &levers.variants {
            set(
                &mut session,
                &PageSetting { variants: vec![lever.name.clone()], ..PageSetting::default() },
                &[],
            );
        }
    }
}
