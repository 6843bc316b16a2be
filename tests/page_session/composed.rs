//! What is set becomes TOML behind any text, and stays data.

use proptest::prelude::*;
use repatria::internals::page::compose::compose;
use repatria::internals::page::session::SettingError;
use repatria::internals::page::setting::{NumberSetting, PageSetting, PolicySetting};
use repatria::internals::scenario::{self, Source};
use toml::{Table, Value};

use super::{dates, keep, numbers, off, open, opened, policy, set};

const CAMP: &str = r#"title = "A camp"
start = "2025-01"
horizon = "2 years"
step = "month"
replicates = 10
[places.camp]
kind = "camp"
people = [{ count = 1000 }]
[places.home]
kind = "community"
[moves.leave]
label = "Leaving"
from = "camp"
to = "home"
rate = { per_year = 0.1 }
[policies.gate]
label = "The gate opens"
from = 2025-06-01
until = "2026-06"
changes = [{ field = "moves.leave.rate", times = 2 }, { field = "moves.leave.rate", times = 1.5, from = "2026-01" }]
[policies.full]
when = { people = { at = "camp" }, above = 900 }
changes = [{ field = "moves.leave.rate", times = 3 }]
"#;

/// Settings of everything.
fn all_kinds() -> PageSetting {
    PageSetting {
        variants: Vec::new(),
        policies: [("gate".to_string(), dates(Some("2025-08"), Some(""))), ("full".to_string(), off())]
            .into(),
        numbers: numbers(&[("moves.leave.rate", NumberSetting::Set(0.3))]).numbers,
    }
}

#[test]
fn what_is_set_reads_as_an_author_would_write_it() {
    let mut session = open(CAMP);
    set(&mut session, &all_kinds(), &[]);
    assert_eq!(
        session.composed()[0].toml,
        r#"[variants.your_setting]
label = "Your setting"
remove = ["policies.full", "policies.gate"]
changes = [{ field = "moves.leave.rate", set = 0.3 }]
[variants.your_setting.add.policies.gate]
label = "The gate opens"
from = "2025-08"
changes = [
  { field = "moves.leave.rate", times = 2 },
  { field = "moves.leave.rate", times = 1.5, from = "2026-01" },
]
"#
    );
    assert_eq!(session.text(), format!("{CAMP}\n{}", session.composed()[0].toml));
}

#[test]
fn any_text_of_a_scenario_takes_a_variant() {
    let open_end = CAMP.trim_end().to_string();
    let windows = CAMP.replace('\n', "\r\n");
    let own = "[variants.your_setting]\nbased_on = \"double\"\nchanges = [{ field = \"moves.leave.rate\", times = 1.1 }]\n";
    let headers =
        format!("{CAMP}[variants.double]\nchanges = [{{ field = \"moves.leave.rate\", times = 2 }}]\n{own}");
    let dotted = format!("variants.double.changes = [{{ field = \"moves.leave.rate\", times = 2 }}]\n{CAMP}");
    let inline = format!(
        "variants = {{ double = {{ changes = [{{ field = \"moves.leave.rate\", times = 2 }}] }} }}\n{CAMP}"
    );
    let many = format!(
        "\"variants\" = {{ # some\n  double = {{ changes = [{{ field = \"moves.leave.rate\", times = 2 }}] }},\n}}\n{CAMP}"
    );
    let half = format!(
        "{CAMP}[variants]\ndouble = {{ changes = [{{ field = \"moves.leave.rate\", times = 2 }}] }}\n"
    );
    let comment = format!("{CAMP}# the end");
    for text in [CAMP, &open_end, &windows, &headers, &dotted, &inline, &many, &half, &comment] {
        let mut session = open(text);
        let has_double = session.scenario().variant("double").is_some();
        let mut setting = all_kinds();
        setting.variants.extend(has_double.then(|| "double".to_string()));
        set(&mut session, &setting, &[keep("Off", policy("gate", off()))]);
        let before: Table = text.parse().unwrap();
        let mut after: Table = session.text().parse().unwrap();
        let ours: Vec<String> = session.composed().iter().map(|it| it.name.clone()).collect();
        assert_eq!(without(&mut after, &ours), before, "{text}");
        assert!(session.text().contains("\r\n") || !text.contains("\r\n"));
        assert_eq!(
            session.text().matches("\r\n").count(),
            session.text().matches('\n').count() * usize::from(text == windows)
        );
        session.add(5).unwrap();
        assert_eq!(session.answer().unwrap().variants.len(), 3);
    }
}

/// A text without some of its variants.
fn without(text: &mut Table, names: &[String]) -> Table {
    if let Some(Value::Table(variants)) = text.get_mut("variants") {
        names.iter().for_each(|name| assert!(variants.remove(name).is_some(), "{name}"));
        if variants.is_empty() {
            text.remove("variants");
        }
    }
    text.clone()
}

#[test]
fn a_file_that_extends_another_takes_a_variant() {
    let text = "extends = \"base/camp.toml\"\n[variants.double]\nchanges = [{ field = \"moves.leave.rate\", times = 2 }]";
    let source = Source::new("more.toml", text).with_file("base/camp.toml", CAMP);
    let mut session = opened(source);
    let setting = PageSetting { variants: vec!["double".into()], ..all_kinds() };
    set(&mut session, &setting, &[]);
    assert!(session.text().starts_with(text));
    session.add(10).unwrap();
    assert_eq!(session.answer().unwrap().variants.len(), 2);
}

#[test]
fn what_cannot_be_put_together_says_so() {
    let variants = "[variants.closed]\nremove = [\"policies.gate\"]\n[variants.wider]\nlabel = \"A wider gate\"\nchanges = [{ field = \"policies.gate.changes\", add = [{ field = \"moves.leave.rate\", times = 1.2 }] }]\n";
    let mut session = open(&format!("{CAMP}{variants}"));
    let with =
        |variant: &str, setting: PageSetting| PageSetting { variants: vec![variant.into()], ..setting };
    let mut refused = |setting: &PageSetting| match session.set(setting, &[]) {
        Err(SettingError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(&with("closed", policy("gate", dates(Some("2025-08"), None)))),
        "“The gate opens” has no dates to move: “Closed” is on, which takes it out."
    );
    assert_eq!(
        refused(&with("wider", policy("gate", off()))),
        "“The gate opens” can be neither switched off nor moved while “A wider gate” is on, which changes what it does."
    );
    assert_eq!(refused(&policy("wall", off())), "The scenario has no policy `wall`.");
    assert!(
        refused(&numbers(&[("moves.leave.rate", NumberSetting::Set(f64::INFINITY))]))
            .contains("ordinary number")
    );
    // What a variant has taken out is off already.
    set(&mut session, &with("closed", policy("gate", off())), &[]);
    assert!(matches!(
        session.set(&PageSetting::default(), &[keep("Nothing", PageSetting::default())]),
        Err(SettingError::Refused(_))
    ));
}

#[test]
fn what_makes_no_valid_scenario_has_a_place() {
    let mut session = open(CAMP);
    for (setting, message) in [
        (numbers(&[("moves.laeve.rate", NumberSetting::Set(1.0))]), "no field is called `moves.laeve.rate`"),
        (numbers(&[("moves.leave.rate", NumberSetting::Set(-1.0))]), "-1"),
        (policy("gate", dates(Some("2019-01"), None)), "outside the horizon"),
        (policy("gate", dates(Some("soon"), None)), "is not a date"),
        (
            PageSetting { variants: vec!["nobody".into()], ..PageSetting::default() },
            "there is no variant `nobody`",
        ),
        (PageSetting { variants: vec!["your_setting".into()], ..PageSetting::default() }, "based on itself"),
    ] {
        match session.set(&setting, &[]) {
            Err(SettingError::Invalid { source, problems }) => {
                let problem = problems.iter().find(|problem| problem.message.contains(message));
                let problem = problem.unwrap_or_else(|| panic!("{message}: {problems:#?}"));
                assert!(problem.span.as_ref().is_some_and(|span| span.start >= CAMP.len()), "{problem:?}");
                assert!(source.text.starts_with(CAMP));
            }
            other => panic!("{message}: {other:?}"),
        }
    }
}

/// Texts that would be something else where they are not written as texts.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\\",
        "\n",
        "\r\n",
        "]",
        "[",
        "}",
        "{",
        "#",
        "=",
        ".",
        ",",
        "<script>",
        "&",
        "\u{202e}",
        "\u{0}",
        "\u{7f}",
        "title",
        "[places.x]",
        "moves.leave.rate",
        "variants",
        "é",
        "𝄞",
        " ",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..6).prop_map(|all| all.concat()), any::<String>()]
}

fn amounts() -> impl Strategy<Value = NumberSetting> {
    prop_oneof![any::<f64>().prop_map(NumberSetting::Set), any::<f64>().prop_map(NumberSetting::Times)]
}

fn policies() -> impl Strategy<Value = PolicySetting> {
    let date = || prop::option::of(prop_oneof![hostile(), Just("2025-09".to_string())]);
    (any::<bool>(), date(), date()).prop_map(|(off, from, until)| PolicySetting { off, from, until })
}

fn settings() -> impl Strategy<Value = PageSetting> {
    let name = || prop_oneof![hostile(), Just("gate".to_string()), Just("double".to_string())];
    let field = prop_oneof![hostile(), Just("moves.leave.rate".to_string())];
    (
        prop::collection::vec(name(), 0..3),
        prop::collection::btree_map(name(), policies(), 0..3),
        prop::collection::vec((field, amounts()), 0..4),
    )
        .prop_map(|(variants, policies, numbers)| PageSetting {
            variants,
            policies,
            numbers: numbers.into_iter().collect(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever is set, the scenario itself is untouched, and what is added is a variant and nothing else.
    #[test]
    fn nothing_that_is_set_gets_out_of_its_variant(setting in settings(), kept in prop::collection::vec((hostile(), settings()), 0..3), inline in any::<bool>()) {
        let double = "changes = [{ field = \"moves.leave.rate\", times = 2 }]";
        let text = if inline { format!("variants = {{ double = {{ {double} }} }}\n{CAMP}") } else { format!("{CAMP}[variants.double]\n{double}") };
        let source = Source::new("camp.toml", text.clone());
        let (scenario, _) = scenario::load(&source).unwrap();
        let kept: Vec<_> = kept.into_iter().map(|(label, setting)| keep(&label, setting)).collect();
        if let Ok(composed) = compose(&scenario, &source, &kept, &setting, "Your setting") {
            let mut after: Table = composed.text.parse().unwrap_or_else(|error| panic!("{error}\n{}", composed.text));
            let names: Vec<String> = composed.variants.iter().map(|it| it.name.clone()).collect();
            for variant in &composed.variants {
                let known = ["label", "based_on", "remove", "changes", "add"];
                let table = after["variants"][&variant.name].as_table().unwrap();
                prop_assert!(table.keys().all(|key| known.contains(&key.as_str())));
                prop_assert_eq!(table["label"].as_str(), Some(variant.label.as_str()));
                prop_assert!(table.get("add").is_none_or(|add| add.as_table().unwrap().keys().eq(["policies"])));
                let alone: Table = variant.toml.parse().unwrap();
                prop_assert_eq!(&alone["variants"][&variant.name], &after["variants"][&variant.name]);
                prop_assert!(!variant.label.is_empty() && !variant.label.contains(char::is_control));
            }
            prop_assert_eq!(without(&mut after, &names), text.parse::<Table>().unwrap());
            // Read as any scenario: with problems or without, in any case not with a panic.
            let _ = scenario::load(&Source::new("camp.toml", composed.text));
        }
    }
}
