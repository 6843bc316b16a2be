//! How the page's script asks the engine: a request as JSON, and the response as JSON.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::compose::KeptSetting;
use super::downloads;
use super::parts::{self, PagePart};
use super::problems::{as_html, shown};
use super::session::{PageSession, SettingError};
use super::setting::PageSetting;
use super::words::{LANGUAGES, Words};
use crate::engine::fingerprint::ENGINE_VERSION;
use crate::ensemble::answer::Answer;
use crate::output::page::page;
use crate::output::sentences::of_answer;
use crate::scenario::source::LARGEST_FILE;
use crate::scenario::{Diagnostics, Source};

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum PageRequest {
    /// Opens a scenario, in place of that which was open.
    Open(OpenRequest),
    /// Lays what is set over it.
    Set(SetRequest),
    /// Simulates replicates.
    Add { replicates: u64 },
    /// The parts of the page that change, with the charts of these names.
    Show {
        #[serde(default)]
        open: Vec<String>,
    },
    /// A table or the numbers of a chart.
    Csv { table: Option<String>, chart: Option<String> },
    /// The scenario's text with what is set.
    Scenario {},
    /// All tables, charts and sentences.
    Tables {},
    /// The program's version.
    Version {},
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenRequest {
    name: String,
    text: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// The code of a language, or texts by their keys.
    #[serde(default)]
    words: Option<Value>,
    #[serde(default)]
    lesson: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetRequest {
    #[serde(default)]
    setting: PageSetting,
    #[serde(default)]
    kept: Vec<KeptSetting>,
}

/// A part, as the script takes it.
#[derive(Serialize)]
struct ShownPart {
    id: &'static str,
    html: String,
}

thread_local! {
    /// The scenario that is open.
    static SESSION: RefCell<Option<PageSession>> = const { RefCell::new(None) };
}

/// Answers one request. What cannot be answered says so: `{"error": "a sentence"}`.
pub fn request(json: &str) -> String {
    let response = match serde_json::from_str::<PageRequest>(json) {
        Err(error) => refused(format!("This is no request: {error}.")),
        Ok(request) => SESSION.with_borrow_mut(|session| answered(session, request)),
    };
    response.to_string()
}

fn refused(sentence: impl Into<String>) -> Value {
    json!({ "ok": false, "error": sentence.into() })
}

fn answered(session: &mut Option<PageSession>, request: PageRequest) -> Value {
    let request = match request {
        PageRequest::Open(request) => return open(session, request),
        PageRequest::Version {} => {
            return json!({ "ok": true, "version": env!("CARGO_PKG_VERSION"), "fingerprint": ENGINE_VERSION });
        }
        other => other,
    };
    let Some(session) = session else { return refused("No scenario is open.") };
    match request {
        PageRequest::Set(SetRequest { setting, kept }) => set(session, &setting, &kept),
        PageRequest::Add { replicates } => match session.add(replicates) {
            Ok(replicates) => json!({ "ok": true, "replicates": replicates }),
            Err(sentence) => refused(sentence),
        },
        PageRequest::Scenario {} => {
            let changed = if session.composed().is_empty() { "" } else { "_with_settings" };
            json!({
                "ok": true,
                "name": format!("{}{changed}.toml", session.name()),
                "text": session.text(),
                "files": session.files(),
            })
        }
        other => match session.answer() {
            Some(answer) => of_answer_so_far(session, &answer, other),
            None => refused(session.refused().unwrap_or("Nothing was simulated yet.")),
        },
    }
}

fn of_answer_so_far(session: &PageSession, answer: &Answer, request: PageRequest) -> Value {
    match request {
        PageRequest::Show { open } => {
            let origin = session.origin();
            let parts = parts::live(&session.content(answer, &origin), &open);
            json!({ "ok": true, "replicates": session.replicates(), "parts": for_script(parts) })
        }
        PageRequest::Csv { table: Some(name), chart: None } => csv(&name, downloads::table(answer, &name)),
        PageRequest::Csv { table: None, chart: Some(name) } => {
            csv(&name, downloads::chart_numbers(answer, &name))
        }
        PageRequest::Csv { .. } => refused("Name a table or a chart."),
        PageRequest::Tables {} => json!({
            "ok": true,
            "replicates": session.replicates(),
            "tables": downloads::tables(answer),
            "charts": downloads::charts(answer),
            "sentences": of_answer(answer),
            "summary": page(answer, session.origin().seed),
        }),
        _ => refused("This is no request."),
    }
}

fn csv(name: &str, text: Option<String>) -> Value {
    match text {
        Some(text) => json!({ "ok": true, "name": format!("{name}.csv"), "text": text }),
        None => refused(format!("There are no numbers of `{name}`.")),
    }
}

fn for_script(parts: Vec<PagePart>) -> Vec<ShownPart> {
    parts.into_iter().map(|PagePart { id, html }| ShownPart { id, html }).collect()
}

fn open(session: &mut Option<PageSession>, request: OpenRequest) -> Value {
    let OpenRequest { name, text, files, words, lesson } = request;
    let size = |text: &String| text.len() as u64;
    let all = files.values().map(size).sum::<u64>() + size(&text);
    if size(&text) > LARGEST_FILE || all > 8 * LARGEST_FILE {
        return refused("This is too large for a scenario: no scenario comes near 4 MB.");
    }
    let words = match words.map(words_of) {
        None => Words::default(),
        Some(Ok(words)) => words,
        Some(Err(sentence)) => return refused(sentence),
    };
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = Some(file.strip_suffix(".toml").unwrap_or(file))
        .filter(|stem| !stem.is_empty())
        .unwrap_or("scenario");
    let file = format!("{stem}.toml");
    let source =
        files.into_iter().fold(Source::new(file, text), |source, (name, text)| source.with_file(name, text));
    match PageSession::open(stem, source.clone(), words, lesson) {
        Err(problems) => with_problems(&source, &problems),
        Ok(opened) => {
            let response = opening(&opened);
            *session = Some(opened);
            response
        }
    }
}

/// The words of a page: those of a language that the program has, or those that the page has.
fn words_of(words: Value) -> Result<Words, String> {
    match words {
        Value::String(code) => {
            let known = LANGUAGES.into_iter().find(|(known, _)| *known == code);
            let (_, text) = known.ok_or_else(|| "There are no words of this language.".to_string())?;
            Words::read(text).map_err(|error| error.to_string())
        }
        other => {
            let texts = serde_json::from_value(other);
            let texts =
                texts.map_err(|_| "Words are the code of a language, or texts by their keys.".to_string())?;
            Words::of(texts).map_err(|error| error.to_string())
        }
    }
}

fn opening(session: &PageSession) -> Value {
    let (model, levers, origin) = (&session.scenario().baseline, session.levers(), session.origin());
    json!({
        "ok": true,
        "title": model.title,
        "replicates": session.planned(),
        "seed": model.seed,
        "guard": session.refused(),
        "limited": session.limited(),
        "problems": shown(session.source(), session.warnings()),
        "warnings_html": as_html(session.source(), session.warnings()),
        "levers": levers.sliders,
        "addresses": levers.numbers,
        "variants": levers.variants,
        "policies": levers.policies,
        "parts": for_script(parts::before(&session.before(&origin))),
    })
}

fn with_problems(source: &Source, problems: &Diagnostics) -> Value {
    json!({
        "ok": false,
        "error": "The scenario has mistakes.",
        "problems": shown(source, problems),
        "problems_html": as_html(source, problems),
    })
}

fn set(session: &mut PageSession, setting: &PageSetting, kept: &[KeptSetting]) -> Value {
    match session.set(setting, kept) {
        Err(SettingError::Refused(sentence)) => refused(sentence),
        Err(SettingError::Invalid { source, problems }) => with_problems(&source, &problems),
        Ok(()) => {
            let composed = session.composed();
            let yours = composed.get(kept.len()).map_or("", |yours| yours.toml.as_str());
            let kept: Vec<Value> = composed
                .iter()
                .take(kept.len())
                .map(|kept| json!({ "name": kept.name, "label": kept.label, "toml": kept.toml }))
                .collect();
            json!({
                "ok": true,
                "toml": yours,
                "kept": kept,
                "planned": session.planned(),
                "replicates": session.replicates(),
                "guard": session.refused(),
                "limited": session.limited(),
            })
        }
    }
}
