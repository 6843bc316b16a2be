//! A folder of its own for every test, with scenarios in it.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A small scenario with chance in it.
pub const CAMP: &str = r#"
title = "A camp"
start = "2025-01"
horizon = "2 years"
step = "month"
replicates = 40
seed = 1

[dimensions]
age = ["adults", "children"]

[places.camp]
kind = "camp"
people = [{ who = { age = "adults" }, count = 300 }, { who = { age = "children" }, count = 500 }]
[places.home]
kind = "community"

[moves.leave]
label = "Families leave"
from = "camp"
to = "home"
rate = { per_year = 0.3 }
counts_as = "release"
"#;

/// What every run writes beside charts, sorted.
pub const TABLES: [&str; 9] = [
    "datapackage.json",
    "events.csv",
    "flows.csv",
    "index.html",
    "parameters.csv",
    "people.csv",
    "rates.csv",
    "scenario",
    "summary.txt",
];

/// Those that the README's scenario has besides.
pub const README_TABLES: [&str; 2] = ["measures.csv", "outcomes.csv"];

/// Where one test works.
pub struct House {
    folder: TempDir,
}

/// What the program did.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl House {
    /// With the scenario `camp.toml`.
    pub fn new() -> House {
        let house = House::empty();
        house.write("camp.toml", CAMP);
        house
    }

    pub fn empty() -> House {
        House { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs_err::read_to_string(self.path(name)).unwrap()
    }

    /// Everything in a folder, hidden files too, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs_err::read_dir(self.path(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The results of earlier runs that are kept in a folder, sorted; each by its path from here.
    pub fn kept(&self, folder: &str) -> Vec<String> {
        let all = format!("{folder}/earlier");
        let names = if self.path(&all).exists() { self.files(&all) } else { Vec::new() };
        names.into_iter().map(|name| format!("{all}/{name}")).collect()
    }

    /// The bytes of every table in a folder that is the same in every run.
    pub fn tables(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let csv = self.files(folder).into_iter().filter(|name| name.ends_with(".csv"));
        csv.map(|name| (name.clone(), fs_err::read(self.path(folder).join(&name)).unwrap())).collect()
    }

    /// The program, here.
    pub fn program(&self) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).env("NO_COLOR", "1");
        command
    }

    /// Runs a command line without the program's name; its words have no spaces.
    pub fn repatria(&self, line: &str) -> Ended {
        self.words(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub fn words(&self, words: &[&str]) -> Ended {
        let output = self.program().args(words).output().unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The same, which must succeed.
    pub fn good(&self, line: &str) -> Ended {
        let ended = self.repatria(line);
        assert_eq!(ended.code, 0, "repatria {line}\n{}", ended.err);
        ended
    }

    /// The same, which must fail with `code`, have nothing on stdout, no panic, and each of `said` in its message.
    pub fn bad(&self, line: &str, code: i32, said: &[&str]) -> Ended {
        let ended = self.repatria(line);
        assert_eq!(ended.code, code, "repatria {line}\n{}", ended.err);
        assert_eq!(ended.out, "", "repatria {line}");
        assert!(!ended.err.contains("panicked"), "{}", ended.err);
        for said in said {
            assert!(ended.err.contains(said), "no `{said}` in\n{}", ended.err);
        }
        ended
    }
}

/// The built program.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_repatria"))
}

/// A file of the repository.
pub fn ours(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}
