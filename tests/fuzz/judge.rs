//! What must hold of any files: how commands end, what they say, and what they leave behind.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use repatria::internals::scenario::Source;
use repatria::internals::study::{self, Inputs};

use crate::seeds::{Case, SCENARIO, STUDY};
use crate::worker::PROGRAM;

/// A message is no longer: fifty problems, each with a line.
const LONGEST_MESSAGE: usize = 100_000;

/// More cells than this are planned, not simulated.
const MOST_CELLS: u64 = 24;

/// The last panic, as the hook of the worker has it.
pub static PANIC: Mutex<String> = Mutex::new(String::new());

/// How a run says that a replicate has grown beyond what can be counted.
const EXPLODES: [&str; 2] = ["a billion", "too large to be counted"];

/// How commands are run.
#[derive(Debug)]
pub enum Way {
    /// In this process, whose output goes to these files.
    Inside { out: PathBuf, err: PathBuf },
    /// As the program that users start.
    Program,
}

/// What a command came to.
struct Ended {
    code: i32,
    out: String,
    err: String,
}

/// Judges one case after the other.
#[derive(Debug)]
pub struct Judge {
    pub way: Way,
    /// A folder of its own: the case is in `case`, what is written goes to `out`, commands run in `here`.
    pub folder: PathBuf,
    /// Called before every command with its number within the case.
    pub before: fn(usize),
    commands: usize,
}

impl Judge {
    pub fn new(way: Way, folder: PathBuf, before: fn(usize)) -> Judge {
        Judge { way, folder, before, commands: 0 }
    }

    /// What is wrong with how the program treats these files: its kind in a few words, and more.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn case(&mut self, case: &Case) -> Result<bool, (String, String)> {
        self.commands = 0;
        let inputs = self.folder.join("case");
        for folder in ["case", "out", "here"] {
            let _ = fs_err::remove_dir_all(self.folder.join(folder));
            fs_err::create_dir_all(self.folder.join(folder)).unwrap();
        }
        for (name, bytes) in case {
            let path = inputs.join(name);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, bytes).unwrap();
        }
        let good = if case.contains_key(STUDY) { self.study(&inputs)? } else { self.scenario(&inputs)? };
        let left = files(&inputs);
        let same = left.len() == case.len() && left.iter().all(|(name, bytes)| case.get(name) == Some(bytes));
        if !same || !files(&self.folder.join("here")).is_empty() {
            return Err(("files outside of the results were touched".into(), format!("{:?}", left.keys())));
        }
        Ok(good)
    }

    fn scenario(&mut self, inputs: &Path) -> Result<bool, (String, String)> {
        let file = inputs.join(SCENARIO);
        let checked = self.command(&["check".as_ref(), file.as_os_str()], &[0, 2])?;
        let out = self.folder.join("out");
        let results = out.join("results");
        let run = ["run".as_ref(), file.as_os_str(), "--out".as_ref(), results.as_os_str()];
        let few = ["--replicates", "6", "--threads", "1", "--charts", "none"];
        if checked != 0 {
            return Ok(false);
        }
        let ran = self.command(&with(&run, &few), &[0, 2])?;
        if ran == 0 {
            numbers(&results)?;
        }
        let expected = out.join("expected");
        let run = ["run".as_ref(), file.as_os_str(), "--out".as_ref(), expected.as_os_str()];
        // The pictures of one in eight: they take longer than the rest.
        let drawn = if file_size(&file).is_multiple_of(8) { "svg,png" } else { "none" };
        if self.command(&with(&run, &["--expected", "--threads", "1", "--charts", drawn]), &[0, 2])? == 0 {
            numbers(&expected)?;
        }
        Ok(ran == 0)
    }

    fn study(&mut self, inputs: &Path) -> Result<bool, (String, String)> {
        let file = inputs.join(STUDY);
        let out = self.folder.join("out").join("study");
        let plan = ["study", "plan"].map(OsString::from);
        let plan = [plan[0].as_ref(), plan[1].as_ref(), file.as_os_str()];
        let (one, to) = (["--unit-points", "3", "--quiet", "--out"], [out.as_os_str()]);
        let words = [&with(&plan, &one)[..], &to.map(Into::into)].concat();
        let words: Vec<&std::ffi::OsStr> = words.iter().map(OsString::as_os_str).collect();
        if self.command(&words, &[0, 2])? != 0 {
            return Ok(false);
        }
        if !is_small(&file) {
            return Ok(true);
        }
        let folder = out.as_os_str();
        self.command(
            &with(&["study".as_ref(), "run".as_ref(), folder], &["--threads", "1", "--quiet"]),
            &[0, 2, 3],
        )?;
        self.command(&["study".as_ref(), "status".as_ref(), folder], &[0, 2, 3])?;
        let drawn = if file_size(&file).is_multiple_of(4) { "svg" } else { "none" };
        let merge = ["study".as_ref(), "merge".as_ref(), folder];
        self.command(&with(&merge, &["--partial", "--quiet", "--charts", drawn]), &[0, 2, 3])?;
        Ok(true)
    }

    /// Runs a command and gives its exit code, which is one of some.
    fn command(
        &mut self,
        words: &[impl AsRef<std::ffi::OsStr>],
        codes: &[i32],
    ) -> Result<i32, (String, String)> {
        (self.before)(self.commands);
        self.commands += 1;
        let shown: Vec<_> = words.iter().take(2).map(|word| word.as_ref().to_string_lossy()).collect();
        let shown = if shown[0] == "study" { shown.join(" ") } else { shown[0].to_string() };
        let ended = match &self.way {
            Way::Inside { out, err } => inside(words, out, err),
            Way::Program => program(words, &self.folder.join("here")),
        }
        .map_err(|panicked| (format!("panic: {panicked}"), shown.clone()))?;
        let Ended { code, out, err } = ended;
        let wrong = |kind: String| Err((format!("{shown}: {kind}"), format!("exit code {code}\n{err}")));
        // Numbers that only a draw makes too large are no mistake that could be found before.
        let explodes = code == 1 && shown == "run" && EXPLODES.iter().any(|words| err.contains(words));
        if !codes.contains(&code) && !explodes {
            return wrong(format!("ends with {code}"));
        }
        if code == 2 && err.trim().is_empty() {
            return wrong("says nothing of what is wrong".into());
        }
        if err.len() > LONGEST_MESSAGE {
            return wrong("a message is longer than anybody reads".into());
        }
        for (text, what) in [(&err, "a message"), (&out, "what is printed")] {
            if let Some(raw) = text.chars().find(|c| is_raw(*c)) {
                return wrong(format!("{what} has the raw sign {:?}", raw));
            }
        }
        Ok(code)
    }
}

/// Whether a sign would change a terminal or the direction of what follows.
fn is_raw(c: char) -> bool {
    let turns =
        matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && !matches!(c, '\n' | '\t'))
}

fn with(words: &[&std::ffi::OsStr], more: &[&str]) -> Vec<OsString> {
    words.iter().map(|word| word.to_os_string()).chain(more.iter().map(OsString::from)).collect()
}

fn file_size(path: &Path) -> u64 {
    fs_err::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Whether a study has few cells of few replicates.
fn is_small(file: &Path) -> bool {
    let Ok(source) = Source::read(file) else { return false };
    let Ok((mut inputs, written)) = Inputs::read(source, file) else { return false };
    let study = panic::catch_unwind(AssertUnwindSafe(|| study::read(&mut inputs, &written)));
    study.is_ok_and(|study| study.is_ok_and(|study| study.cells() <= MOST_CELLS && study.replicates <= 20))
}

/// Every number of every table is one.
fn numbers(folder: &Path) -> Result<(), (String, String)> {
    for (name, bytes) in files(folder) {
        if !name.ends_with(".csv") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        let strange = |cell: &&str| matches!(*cell, "NaN" | "-NaN" | "inf" | "-inf" | "infinity");
        if let Some(line) = text.lines().find(|line| line.split(',').any(|cell| strange(&cell))) {
            return Err((format!("{name} has a number that is none"), line.to_string()));
        }
    }
    Ok(())
}

/// The files of a folder with what they hold.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, before: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs_err::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs_err::read(entry.path()).unwrap_or_default());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// Runs a command in this process.
fn inside(words: &[impl AsRef<std::ffi::OsStr>], out: &Path, err: &Path) -> Result<Ended, String> {
    // Both are open to append: emptied, they begin anew.
    for path in [out, err] {
        fs_err::OpenOptions::new().write(true).truncate(true).open(path).unwrap();
    }
    let words =
        std::iter::once("repatria".into()).chain(words.iter().map(|word| word.as_ref().to_os_string()));
    let ended = panic::catch_unwind(AssertUnwindSafe(|| repatria::main(words)));
    let code = ended.map_err(|_| PANIC.lock().map(|reported| reported.clone()).unwrap_or_default())?;
    std::io::Write::flush(&mut std::io::stdout()).unwrap();
    let read = |path: &Path| String::from_utf8_lossy(&fs_err::read(path).unwrap()).into_owned();
    Ok(Ended { code: code.into(), out: read(out), err: read(err) })
}

/// Runs the program in a folder.
fn program(words: &[impl AsRef<std::ffi::OsStr>], here: &Path) -> Result<Ended, String> {
    let given = std::env::var_os(PROGRAM);
    let program = given.unwrap_or_else(|| env!("CARGO_BIN_EXE_repatria").into());
    let output = Command::new(program).args(words).current_dir(here).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let err = text(&output.stderr);
    match output.status.code() {
        Some(101) => Err(err.lines().take(2).collect::<Vec<_>>().join(" ")),
        code => Ok(Ended { code: code.unwrap_or(-1), out: text(&output.stdout), err }),
    }
}
