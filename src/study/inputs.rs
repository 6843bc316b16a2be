//! The files that a study is made of: its own, the scenario with what that names, and the table of its design.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use super::file::StudyFile;
use crate::files::{self, UnreadFile};
use crate::scenario::Code;
use crate::scenario::paths::{self, Reach};
use crate::scenario::schema::generate;
use crate::scenario::{Diagnostic, Diagnostics, FileKind, Readable, Source, read_as};

/// A study file, in the words of messages.
pub(super) const STUDY: FileKind =
    FileKind { name: "study", least: "write title, scenario, a [design] and at least one of [factors]" };

/// The largest table of a design that is read: a million points of ten factors.
pub const LARGEST_TABLE: u64 = 256 << 20;

impl Readable for StudyFile {}

/// The texts of a study.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The study's file name without its ending.
    pub name: String,
    /// The study.
    pub study: Source,
    /// The scenario that it names.
    pub scenario: Source,
    /// The files that the scenario names, by their paths from it. Known once the scenario was read.
    pub companions: BTreeMap<String, String>,
    /// The table of its design, if it has one: its name and text.
    pub table: Option<(String, String)>,
}

/// Where copies are kept in a folder of inputs.
const STUDY_FILE: &str = "study.toml";
const TABLE_FILE: &str = "design.csv";
const SCENARIO_FOLDER: &str = "scenario";
/// No name that a scenario would give to a file that it extends.
const SCENARIO_FILE: &str = "scenario.of.study.toml";

/// The schema of study files.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(generate::<StudyFile>)
}

/// Reads a study's text as it is written.
///
/// # Errors
/// Every problem of syntax and shape.
pub fn parse(source: &Source) -> Result<StudyFile, Diagnostics> {
    if let Some(problem) = no_study(source) {
        return Err(problem.into());
    }
    read_as(&source.text, schema(), STUDY).map_err(|unread| unread.and(|_| Ok(())))
}

/// What is said of a scenario that is given for a study.
pub(super) fn no_study(source: &Source) -> Option<Diagnostic> {
    is_scenario(&source.text).then(|| {
        Diagnostic::error(Code::WrongFile, "this is a scenario, not a study").help(format!(
            "`repatria check {0}` and `repatria run {0}` take it; a study is a file of its own that names it: scenario = \"{1}\"",
            source.name,
            suggested(&source.name)
        ))
    })
}

/// Whether a text is a scenario's rather than a study's, to all appearance.
pub fn is_scenario(text: &str) -> bool {
    let has = |words: &[&str]| paths::first_words(text).any(|word| words.contains(&word));
    has(&["places", "horizon", "extends"]) && !has(&["design", "factors", "scenario"])
}

/// Whether a text is a study's rather than a scenario's, to all appearance.
pub fn is_study(text: &str) -> bool {
    let has = |words: &[&str]| paths::first_words(text).any(|word| words.contains(&word));
    has(&["scenario"]) && has(&["design", "factors"]) && !has(&["places", "horizon", "extends"])
}

/// The name of a file as a word of a help: without its folder.
fn suggested(name: &str) -> String {
    Path::new(name).file_name().map_or_else(|| "camp.toml".into(), |name| name.to_string_lossy().into_owned())
}

impl Inputs {
    /// The files that a study names.
    pub(super) fn of(study: Source, path: &Path, file: &StudyFile) -> Result<Inputs, Diagnostics> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut problems: Vec<Diagnostic> = Vec::new();
        let scenario = read_scenario(folder, file.scenario.get()).map_err(|found| {
            problems.extend(found.iter().cloned().map(|mut it| {
                // What is said of a scenario that a command names.
                it.help = it.help.replace("from where you are now", "from the study's folder");
                it.at(file.scenario.span()).label("named here")
            }));
        });
        let table = file.design.file.as_ref().and_then(|name| {
            let path = located(folder, name.get(), "design.csv");
            let text = path.and_then(|path| read_table(&path));
            text.map_err(|problem| problems.push(problem.at(name.span()).label("named here")))
                .map(|text| (name.get().clone(), text))
                .ok()
        });
        let name =
            path.file_stem().map_or_else(|| "study".into(), |stem| stem.to_string_lossy().into_owned());
        match (scenario, Diagnostics::new(problems)) {
            (Ok(scenario), None) => Ok(Inputs { name, study, scenario, companions: BTreeMap::new(), table }),
            (_, problems) => Err(problems.unwrap_or_else(|| {
                Diagnostic::error(Code::UnreadableFile, "the study names a file that cannot be read").into()
            })),
        }
    }

    /// The copies from which [`load`](Self::load) reads them: their paths in a folder of copies, with their texts.
    pub fn copies(&self) -> impl Iterator<Item = (String, &str)> {
        let scenario = |name: &str| format!("{SCENARIO_FOLDER}/{name}");
        let own = [
            (STUDY_FILE.to_string(), self.study.text.as_str()),
            (scenario(SCENARIO_FILE), self.scenario.text.as_str()),
        ];
        let companions = self.companions.iter().map(move |(name, text)| (scenario(name), text.as_str()));
        let table = self.table.as_ref().map(|(_, text)| (TABLE_FILE.to_string(), text.as_str()));
        own.into_iter().chain(companions).chain(table)
    }

    /// Reads the [`copies`](Self::copies) in a folder: of a study called `name`.
    ///
    /// # Errors
    /// Where a copy cannot be read.
    pub fn load(folder: &Path, name: &str) -> Result<(Inputs, StudyFile), Diagnostics> {
        let study = Source::read(folder.join(STUDY_FILE))?;
        let file = parse(&study)?;
        let scenario = Source::read(folder.join(SCENARIO_FOLDER).join(SCENARIO_FILE))?;
        let table = match &file.design.file {
            Some(named) => Some((named.get().clone(), read_table(&folder.join(TABLE_FILE))?)),
            None => None,
        };
        let inputs = Inputs { name: name.into(), study, scenario, companions: BTreeMap::new(), table };
        Ok((inputs, file))
    }

    /// What the study is made of, for its fingerprint: every name with its text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = [("study", self.study.text.as_str()), ("scenario", self.scenario.text.as_str())];
        let companions = self.companions.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let table = self.table.as_ref().map(|(_, text)| ("table", text.as_str()));
        own.into_iter().chain(companions).chain(table)
    }
}

/// Where a file is that a study in `folder` names.
fn located(folder: &Path, name: &str, example: &str) -> Result<PathBuf, Diagnostic> {
    let name = paths::named(name, Reach::Anywhere, example)?;
    match paths::letters(folder, &name) {
        Some(problem) => Err(problem),
        None => Ok(folder.join(name)),
    }
}

fn read_scenario(folder: &Path, name: &str) -> Result<Source, Diagnostics> {
    let source = Source::read(located(folder, name, "camp.toml")?)?;
    if paths::looks_like_a_scenario(&source.text) { Ok(source) } else { Err(paths::no_scenario(name).into()) }
}

fn read_table(path: &Path) -> Result<String, Diagnostic> {
    let shown = path.display();
    files::text(path, LARGEST_TABLE).map_err(|unread| match unread {
        UnreadFile::Missing => {
            Diagnostic::error(Code::UnreadableFile.of(&shown), format!("there is no file `{shown}`"))
                .help("check the path: it is read from the study's folder")
        }
        UnreadFile::Kind(_) => {
            Diagnostic::error(Code::UnreadableFile.of(&shown), format!("`{shown}` is not a regular file"))
                .help("save the table in a file and name that")
        }
        UnreadFile::TooLarge(bytes) => Diagnostic::error(
            Code::UnreadableFile.of(&shown),
            format!(
                "`{shown}` has {} MiB; a table of points has at most {} MiB",
                bytes >> 20,
                LARGEST_TABLE >> 20
            ),
        )
        .help("split the study, or check that this is the table of points"),
        unread => Diagnostic::error(Code::UnreadableFile.of(&shown), format!("`{shown}` {unread}"))
            .help("check that you may read it, and that it is text in UTF-8"),
    })
}
