//! What would take too much is not begun.

use repatria::internals::page::guard::PageLimits;
use repatria::internals::page::session::PageSession;
use repatria::internals::page::setting::NumberSetting;
use repatria::internals::page::words::Words;
use repatria::internals::scenario::Source;

use super::{numbers, scenario};

/// As large as the language lets a scenario be, nearly.
fn large() -> String {
    let values: Vec<String> = (0..140).map(|value| format!("\"v{value}\"")).collect();
    let people: Vec<String> =
        (0..140).map(|value| format!("{{ who = {{ a = \"v{value}\" }}, count = 1_000_000 }}")).collect();
    format!(
        "title = \"Large\"\nstart = \"2025-01\"\nhorizon = \"20 years\"\nstep = \"week\"\nreplicates = 100_000_000\n\
         record = {{ cells = true }}\ndimensions.a = [{}]\nplaces.camp = {{ kind = \"camp\", people = [{}] }}\n\
         places.home = {{ kind = \"community\" }}\n\
         moves.leave = {{ from = \"camp\", to = \"home\", rate = {{ per_year = 0.3 }} }}\n",
        values.join(", "),
        people.join(", ")
    )
}

fn opened(text: &str, limits: PageLimits) -> PageSession {
    let source = Source::new("large.toml", text);
    PageSession::with_limits("large", source, Words::default(), false, limits)
        .unwrap_or_else(|it| panic!("{it:#?}"))
}

#[test]
fn too_much_memory_is_refused_in_a_sentence_and_not_simulated() {
    let unbound = PageLimits { work_at_once: u64::MAX, work: u64::MAX, ..PageLimits::default() };
    let mut session = opened(&large(), unbound);
    let sentence = session.refused().unwrap().to_string();
    assert!(
        sentence.contains("GB of memory, and a page may take 1.0 GB. Nothing was simulated"),
        "{sentence}"
    );
    assert!(sentence.contains("less with") && !sentence.contains("--"), "{sentence}");
    assert_eq!(session.add(64), Err(sentence));
    assert!(session.answer().is_none());
}

#[test]
fn replicates_are_as_many_as_there_is_time_for() {
    let limits = PageLimits { bytes: u64::MAX, ..PageLimits::default() };
    let session = opened(&large(), limits);
    assert!(session.refused().is_none());
    assert!(session.planned() >= 64 && session.planned() < 100_000 && session.planned().is_multiple_of(64));
    let sentence = session.limited().unwrap();
    assert!(
        sentence.starts_with("The scenario asks for 100,000,000 replicates; a page simulates "),
        "{sentence}"
    );
    let little = PageLimits { work_at_once: 1_000_000, ..limits };
    let sentence = opened(&large(), little).refused().unwrap().to_string();
    assert!(sentence.contains("a first picture of 64 replicates would take minutes"), "{sentence}");
}

/// What is set can be too much where the scenario is not, and the other way about.
#[test]
fn what_is_set_is_guarded_too() {
    let text = scenario("two_prisons_and_a_camp", 2000);
    let alone = PageLimits::default();
    let mut session = opened(&text, alone);
    assert!(session.refused().is_none() && session.limited().is_none());
    let setting = numbers(&[("parameters.political_will", NumberSetting::Set(2.0))]);
    session.set(&setting, &[]).unwrap();
    assert!(session.refused().is_none(), "{:?}", session.refused());
    let mut little = opened(&text, PageLimits { bytes: 40_000_000, ..alone });
    little.set(&setting, &[]).unwrap();
    assert!(
        little.refused().is_some_and(|sentence| sentence.contains("differences of a variant")),
        "{:?}",
        little.refused()
    );
}
