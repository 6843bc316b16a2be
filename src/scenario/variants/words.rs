//! The names and labels of variants.

use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::variant::WrittenVariant;
use crate::scenario::file::words::Key;
use crate::scenario::validate::{name_problem, text_problem};

/// The name that the scenario itself has in tables beside its variants.
const BASELINE: &str = "baseline";

/// What is written to simulate no variant.
const NONE: &str = "none";

/// What is wrong with the words of a variant.
pub(super) fn problems(key: &Key, written: &WrittenVariant) -> Vec<Diagnostic> {
    let name: &str = key;
    let mut problems: Vec<Diagnostic> = name_problem(name, key.span()).into_iter().collect();
    if name == BASELINE {
        problems.push(
            Diagnostic::error(Code::BadName.of(&name), format!("`{name}` cannot be the name of a variant"))
                .at(key.span())
                .label("the scenario without any variant is called so")
                .help("write another name; `label` may still say it"),
        );
    }
    if name == NONE {
        problems.push(
            Diagnostic::error(Code::BadName.of(&name), format!("`{name}` cannot be the name of a variant"))
                .at(key.span())
                .label("`--variants none` means no variant at all")
                .help("write another name; `label` may still say it"),
        );
    }
    let additions = written.add.as_ref().and_then(|add| add.part.as_ref());
    let parts = written.changes.iter().map(|change| change.part.as_ref());
    let parts = parts.chain(written.remove.iter().map(|removal| removal.part.as_ref())).chain([additions]);
    let texts = [(written.label.as_ref(), "label"), (written.question.as_ref(), "question")];
    let texts = texts.into_iter().chain(parts.map(|part| (part, "part")));
    problems.extend(texts.filter_map(|(text, what)| text_problem(text?, what)));
    if written.changes.is_empty() && written.remove.is_empty() && written.add.is_none() {
        problems.push(match (&written.based_on, written.bases().as_slice()) {
            (Some(written), [(_, base)]) => Diagnostic::warning(
                Code::SameAsBaseline.of(&name).and(base),
                format!("the variant `{name}` is `{base}` itself"),
            )
            .at(written.span())
            .label("nothing else is different")
            .help("write what it changes, or take it out"),
            (Some(_), [_, _, ..]) => return problems,
            _ => Diagnostic::error(
                Code::SameAsBaseline.of(&name),
                format!("the variant `{name}` is no different from the scenario"),
            )
            .at(key.span())
            .label("neither `changes` nor `add` nor `remove`")
            .help("write what it changes: changes = [{ field = \"moves.some_name.rate\", times = 2 }]"),
        });
    }
    problems
}
