//! The pages of all scenarios, each simulated a few times, and what is true of every one.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use repatria::internals::page::content::{PageContent, PageOrigin};
use repatria::internals::page::document::document;
use repatria::internals::page::parts::{Beside, ORDER};
use repatria::internals::page::words::Words;
use repatria::internals::scenario::{self, ScenarioVariants};
use repatria::{Answer, Run, Scenario, Source};

use crate::markup::Checked;

/// A page may have so many bytes without an engine, and with one.
const MOST: usize = 400_000;
const MOST_WITH_ENGINE: usize = 2_500_000;

/// So many bytes may an engine have as text: 1.74 MB in gzip.
const ENGINE: usize = 2_140_000;

/// A scenario with its answer.
pub struct Told {
    pub name: String,
    pub source: Source,
    pub scenario: ScenarioVariants,
    pub answer: Answer,
}

impl Told {
    /// Of a text, simulated a few times.
    pub fn of(name: &str, source: Source) -> Told {
        let read = Scenario::read(&source).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let names: Vec<&str> = read.variants().iter().map(|variant| variant.name.as_str()).collect();
        let mut answer = Run::of(&read).replicates(40).compare(&names).unwrap();
        // As the program calls it.
        answer.variants[0].label = "the baseline".into();
        let (scenario, _) = scenario::load(&source).unwrap();
        Told { name: name.into(), source, scenario, answer }
    }

    pub fn page(&self, lesson: bool, engine: Option<&str>) -> String {
        let origin = PageOrigin {
            name: self.name.clone(),
            seed: 7,
            replicates: 40,
            options: " --replicates 40 --seed 7".into(),
            fingerprint: "f".repeat(64),
            digest: "d".repeat(64),
        };
        let content = PageContent {
            scenario: &self.scenario,
            source: &self.source,
            answer: &self.answer,
            origin: &origin,
            words: &Words::default(),
            lesson,
        };
        document(&content, engine, Beside::Nothing)
    }
}

pub fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<PathBuf> =
        fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

/// All scenarios of the project.
pub static ALL: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let told = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        Told::of(&name, Source::read(path).unwrap())
    };
    scenarios().iter().map(told).collect()
});

#[test]
fn every_page_is_well_formed_and_can_be_used_by_everybody() {
    for told in ALL.iter() {
        let page = told.page(true, None);
        let checked = Checked::of(&page).unwrap_or_else(|problem| panic!("{}: {problem}", told.name));
        assert_eq!(checked.problems(), Vec::<String>::new(), "{}", told.name);
        let parts = checked.ids().filter(|id| id.starts_with("part-"));
        assert_eq!(parts.collect::<Vec<_>>(), ORDER, "{}", told.name);
    }
}

#[test]
fn pages_are_as_small_as_a_mail_takes() {
    let engine = "A".repeat(ENGINE);
    for told in ALL.iter() {
        let (without, with) = (told.page(true, None).len(), told.page(true, Some(&engine)).len());
        println!("{}: {without} bytes", told.name);
        assert!(without <= MOST, "{}: {without} bytes", told.name);
        assert!(with <= MOST_WITH_ENGINE, "{}: {with} bytes with an engine", told.name);
    }
}

#[test]
fn nothing_is_asked_of_the_network() {
    for told in ALL.iter() {
        let page = told.page(true, None);
        for link in Checked::of(&page).unwrap().addresses() {
            assert!(link.starts_with('#') || link.starts_with('?'), "{}: {link}", told.name);
        }
        let ours =
            page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "").replace(&escaped(&told.source.text), "");
        let data = ours.find("id=\"page-data\"").unwrap();
        let ours = format!("{}{}", &ours[..data], &ours[data + ours[data..].find("</script>").unwrap()..]);
        for word in ["http:", "https:", "//cdn", "url(", "@import"] {
            assert!(!ours.contains(word), "{}: {word}", told.name);
        }
    }
}

/// A text as it stands in markup.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn a_page_without_the_lesson_has_it_nowhere() {
    let mut keys = 0;
    for told in ALL.iter() {
        let page = told.page(false, None);
        let lesson = told.scenario.baseline.lesson.clone();
        let answers = told.scenario.exercises.iter().map(|exercise| exercise.answer.clone());
        for secret in lesson.into_iter().chain(answers) {
            keys += 1;
            // Words of it may be in the question; a long piece of it is not.
            let piece: String = secret.chars().take(60).collect();
            assert!(told.page(true, None).contains(&escaped(&piece)), "{}: {piece}", told.name);
            assert!(!page.contains(&escaped(&piece)) && !page.contains(&piece), "{}: {piece}", told.name);
        }
        assert!(!page.contains("class=\"key\""), "{}", told.name);
    }
    assert!(keys >= ALL.len(), "lessons are there to be left out");
}

#[test]
fn a_page_is_cited_as_the_project_is() {
    let cff = fs_err::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CITATION.cff")).unwrap();
    let page = ALL[0].page(true, None);
    let field = |key: &str| {
        let line =
            cff.lines().find_map(|line| line.trim_start_matches([' ', '-']).strip_prefix(key)).unwrap();
        line.trim().trim_matches('"').to_string()
    };
    for said in [field("title:"), field("name:"), format!("version {}", field("version:"))] {
        assert!(page.contains(&escaped(&said)), "{said}");
    }
}
