//! Pages as files: of a run, beside its tables, and by themselves.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::page_args::PageLook;
use super::say::say;
use super::simulate::Task;
use crate::digest::sha256;
use crate::disk;
use crate::ensemble::answer::Answer;
use crate::files::{self, Access};
use crate::output::write::ChartFile;
use crate::page::content::{PageContent, PageOrigin};
use crate::page::document::{GENERATOR, document};
use crate::page::engine::PageEngine;
use crate::page::gallery::GalleryEntry;
use crate::page::parts::Beside;
use crate::page::words::{LANGUAGES, Words};
use crate::scenario::Source;

/// A run that a page tells of.
pub struct Simulated<'a> {
    /// What was simulated.
    pub task: &'a Task<'a>,
    /// The text that it was read from.
    pub source: &'a Source,
    /// What came out.
    pub answer: &'a Answer,
    /// The scenario's name.
    pub name: &'a str,
}

/// A page, and what an index says of it.
pub struct MadePage {
    /// The file.
    pub html: String,
    /// What an index shows.
    pub entry: GalleryEntry,
}

/// How pages look, read once for all of them.
pub struct PageMaker {
    words: Words,
    engine: Option<PageEngine>,
    lesson: bool,
}

impl PageMaker {
    /// As the arguments say.
    ///
    /// # Errors
    /// Where a file is no engine of this version, or none of words.
    pub fn new(look: &PageLook) -> Result<PageMaker, Failure> {
        Ok(PageMaker {
            words: words(&look.language)?,
            engine: engine(look.engine.as_deref())?,
            lesson: !look.no_lesson,
        })
    }

    /// Says in one line what a page without an engine lacks.
    pub fn tell(&self) {
        if self.engine.is_none() {
            say(format!(
                "Without an engine, so without levers: put {} beside the program, or name it with --engine.",
                PageEngine::FILE
            ));
        }
    }

    /// The words of the pages.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The page of a run.
    pub fn page(&self, of: &Simulated<'_>, beside: Beside) -> MadePage {
        let origin = origin(of);
        let content = PageContent {
            scenario: of.task.scenario,
            source: of.source,
            answer: of.answer,
            origin: &origin,
            words: &self.words,
            lesson: self.lesson,
        };
        MadePage {
            html: document(&content, self.engine.as_ref().map(PageEngine::text), beside),
            entry: GalleryEntry::of(&content),
        }
    }
}

fn origin(of: &Simulated<'_>) -> PageOrigin {
    PageOrigin {
        name: of.name.into(),
        seed: of.task.seed,
        replicates: of.answer.first().summary.replicates,
        options: options(of),
        fingerprint: of.task.programs.first().map(|program| program.fingerprint()).unwrap_or_default(),
        digest: sha256(&of.source.text),
    }
}

/// What was asked for that is not as the scenario says.
fn options(of: &Simulated<'_>) -> String {
    let (answer, scenario) = (of.answer, of.task.scenario);
    let (first, model) = (answer.first(), &scenario.baseline);
    let mut said = String::new();
    if first.summary.expected {
        said.push_str(" --expected");
    } else if first.summary.replicates != model.replicates {
        said.push_str(&format!(" --replicates {}", first.summary.replicates));
    }
    if of.task.seed != model.seed {
        said.push_str(&format!(" --seed {}", of.task.seed));
    }
    let names: Vec<&str> = answer.variants[1..].iter().map(|variant| variant.name.as_str()).collect();
    if names.len() < scenario.variants.len() {
        let names = if names.is_empty() { "none".into() } else { names.join(",") };
        said.push_str(&format!(" --variants {names}"));
    }
    if answer.against > 0 {
        said.push_str(&format!(" --against {}", answer.variants[answer.against].name));
    }
    said
}

/// `index.html` of a run's folder. An engine that is of another version is as none.
pub fn index(of: &Simulated<'_>, beside: Beside) -> ChartFile {
    let maker = PageMaker { words: Words::default(), engine: engine(None).unwrap_or_default(), lesson: true };
    ChartFile {
        name: "index.html".into(),
        title: "The results as a page that anybody can open".into(),
        bytes: maker.page(of, beside).html.into_bytes(),
    }
}

/// Larger files are no engines.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The engine of a file, or else the one that there is.
fn engine(file: Option<&Path>) -> Result<Option<PageEngine>, Failure> {
    #[cfg(feature = "page-engine")]
    if file.is_none() {
        let bytes = include_bytes!(env!("REPATRIA_ENGINE"));
        return PageEngine::read(bytes)
            .map(Some)
            .map_err(|error| Failure::BadInput(format!("error: the engine in this program {error}")));
    }
    let found = file.map(Path::to_path_buf).or_else(|| places().into_iter().find(|path| path.is_file()));
    let Some(path) = found else { return Ok(None) };
    let bytes = files::bytes(&path, MOST_BYTES)
        .map_err(|error| Failure::BadInput(format!("error: {}: {error}", path.display())))?;
    let engine = PageEngine::read(&bytes);
    engine.map(Some).map_err(|error| Failure::BadInput(format!("error: {} {error}", path.display())))
}

/// Where an engine may be: beside the program, and in the folder of the user's data.
fn places() -> Vec<PathBuf> {
    let beside =
        std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join(PageEngine::FILE)));
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    let data = data.map(|folder| folder.join("repatria").join(PageEngine::FILE));
    beside.into_iter().chain(data).collect()
}

/// The words of a language that the program has, or of a file.
fn words(language: &Path) -> Result<Words, Failure> {
    let known = LANGUAGES.iter().find(|(code, _)| language.as_os_str() == *code).map(|(_, text)| *text);
    let text = match known {
        Some(text) => text.to_string(),
        None if language.extension().is_none() && !language.exists() => {
            let codes: Vec<&str> = LANGUAGES.iter().map(|(code, _)| *code).collect();
            return Err(Failure::BadInput(format!(
                "error: there are no words for `{}`: there are {}, or name a file of words",
                language.display(),
                codes.join(", ")
            )));
        }
        None => files::text(language, MOST_BYTES)
            .map_err(|error| Failure::BadInput(format!("error: {}: {error}", language.display())))?,
    };
    Words::read(&text).map_err(|error| {
        Failure::BadInput(format!("error: {} is no file of words:\n{error}", language.display()))
    })
}

/// Whether a file may be written: nothing has the name, or a page of ours, or `force` says so.
///
/// # Errors
/// Where something else has the name.
pub fn may_write(path: &Path, force: bool) -> Result<(), Failure> {
    let Some(there) = disk::look(path)? else { return Ok(()) };
    if there.is_file() && (force || is_ours(path)?) {
        return Ok(());
    }
    let help = if there.is_file() {
        "name another file with --out, or add --force to replace it"
    } else {
        "name another file with --out"
    };
    Err(Failure::BadInput(format!("error: {} is there and is no page of repatria: {help}", path.display())))
}

/// So early a page says that it is ours.
const HEAD: u64 = 1000;

fn is_ours(path: &Path) -> Result<bool, Failure> {
    let mut head = Vec::new();
    files::open(path, Access::Read)?.take(HEAD).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).contains(GENERATOR))
}

/// Writes a page, whole or not at all.
pub fn write(path: &Path, page: &str) -> Result<(), Failure> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".repatria-new");
    let beside = path.with_file_name(name);
    let file = match disk::create(&beside) {
        // Left by a program that was killed.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs_err::remove_file(&beside)?;
            disk::create(&beside)?
        }
        other => other?,
    };
    let put = disk::put(file, &beside, path, &mut |out| out.write_all(page.as_bytes()));
    if put.is_err() {
        // What is half a page is nobody's.
        let _ = fs_err::remove_file(&beside);
    }
    Ok(put?)
}
