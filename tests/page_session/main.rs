//! Promise: what a page shows of a setting is what the program says of the scenario with that setting in it, digit for digit; what
//! comes from outside stays data, and nothing of it stops the page.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod asked;
mod composed;
mod guarded;
mod same;

use std::path::Path;

use repatria::internals::page::compose::KeptSetting;
use repatria::internals::page::session::{PageSession, SettingError};
use repatria::internals::page::setting::{NumberSetting, PageSetting, PolicySetting};
use repatria::internals::page::words::Words;
use repatria::internals::scenario::Source;

/// The scenarios of the repository, by name, with so few replicates that a test is quick.
fn scenarios(replicates: u64) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<(String, String)> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| {
            let text = fs_err::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, with_replicates(&text, replicates))
        })
        .collect();
    all.sort();
    assert!(all.len() >= 11);
    all
}

fn with_replicates(text: &str, replicates: u64) -> String {
    let lines = text.lines().map(|line| match line.starts_with("replicates = ") {
        true => format!("replicates = {replicates}\n"),
        false => format!("{line}\n"),
    });
    lines.collect()
}

/// One of them.
fn scenario(name: &str, replicates: u64) -> String {
    scenarios(replicates).into_iter().find(|(known, _)| known == name).unwrap().1
}

fn open(text: &str) -> PageSession {
    opened(Source::new("camp.toml", text))
}

fn opened(source: Source) -> PageSession {
    PageSession::open("camp", source, Words::default(), true)
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// A setting of numbers.
fn numbers(all: &[(&str, NumberSetting)]) -> PageSetting {
    let numbers = all.iter().map(|(field, amount)| (field.to_string(), *amount));
    PageSetting { numbers: numbers.collect(), ..PageSetting::default() }
}

/// A setting of a policy.
fn policy(name: &str, policy: PolicySetting) -> PageSetting {
    PageSetting { policies: [(name.to_string(), policy)].into(), ..PageSetting::default() }
}

fn dates(from: Option<&str>, until: Option<&str>) -> PolicySetting {
    PolicySetting { off: false, from: from.map(String::from), until: until.map(String::from) }
}

fn off() -> PolicySetting {
    PolicySetting { off: true, ..PolicySetting::default() }
}

fn keep(label: &str, setting: PageSetting) -> KeptSetting {
    KeptSetting { label: label.into(), setting }
}

/// Sets, and panics with what is wrong.
fn set(session: &mut PageSession, setting: &PageSetting, kept: &[KeptSetting]) {
    match session.set(setting, kept) {
        Ok(()) => {}
        Err(SettingError::Refused(sentence)) => panic!("{sentence}"),
        Err(SettingError::Invalid { source, problems }) => panic!("{problems:#?}\n{}", source.text),
    }
}
