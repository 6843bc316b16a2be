//! What is wrong where a text is not TOML, by what the parser expected there and what it found, not by its English.
//!
//! The errors of `toml` have a place and a sentence. Its parser, `toml_parser`, says more: what it expected. So the text is parsed by it
//! a second time, and its errors are those of `toml`, in the same order: first those of structure, then those of single words.

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::Expected::{Description, Literal};
use toml_parser::decoder::Encoding;
use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{Expected, ParseError, Source};

/// Brackets in brackets that `toml` follows.
const DEEPEST: u32 = 80;

/// So many words before a place are looked at for what is wrong there.
const NEAR: usize = 3;

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A key or a section that is there already.
    Repeated,
    /// Something behind a value.
    GoesOn,
    /// A word that is neither a number nor text in quotation marks; an empty one where a value is missing.
    NotText,
    /// A list that is closed where a table is open.
    NoBraceBefore,
    /// `==`
    ExtraEquals,
    /// A line without `=`.
    NoEquals,
    /// Entries without a comma between them.
    NoComma,
    /// A comma without an entry before it.
    ExtraComma,
    /// The name of a section without `]`.
    OpenSection,
    /// A table without `}`.
    OpenTable,
    /// A list without `]`.
    OpenList,
    /// `]` without `[`.
    NoBracket,
    /// `}` without `{`.
    NoBrace,
    /// A key in a table without `=`.
    NoAssignment,
    /// `=` behind a value in a table.
    ExtraAssignment,
    /// `=` or a dot without a key.
    NoKey,
    /// A text without its closing quotation mark, or with a sign that cannot stand in one.
    OpenText,
    /// A text without its opening quotation mark.
    NoMark,
    /// Something else, for which there are only the parser's own words.
    Other,
}

/// Something that is wrong with a text.
pub(super) struct Wrong {
    /// Where, if that is known.
    pub(super) span: Option<Range<usize>>,
    pub(super) mistake: Mistake,
    /// Whether the parser was within brackets and missed something there.
    pub(super) within_brackets: bool,
    /// The parser's own words.
    pub(super) said: String,
}

/// What the errors of a text are, in the order of the file.
pub(super) fn mistakes(text: &str, errors: &[toml::de::Error]) -> Vec<Wrong> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let (mut events, mut structure) = (Vec::new(), Vec::new());
    let mut spaces = ValidateWhitespace::new(&mut events, source);
    parse_document(&tokens, &mut RecursionGuard::new(&mut spaces, DEEPEST), &mut structure);

    let wrong = |error: &toml::de::Error, (mistake, within_brackets): (Mistake, bool)| Wrong {
        span: error.span(),
        mistake,
        within_brackets,
        said: error.message().to_string(),
    };
    let (of_structure, of_words) = errors.split_at(structure.len().min(errors.len()));
    let known = of_structure.iter().zip(&structure);
    let mut found: Vec<Wrong> =
        known.map(|(error, known)| wrong(error, in_structure(text, known, &events))).collect();
    // How many errors there have been at the same place.
    let mut before = (None, 0);
    for error in of_words {
        let span = error.span();
        before = (span.clone(), if before.0 == span { before.1 + 1 } else { 0 });
        let mistake = span.map_or(Mistake::Other, |span| in_word(&source, &events, &span, before.1));
        found.push(wrong(error, (mistake, false)));
    }
    found.sort_by_key(|wrong| wrong.span.as_ref().map(|span| span.start));
    found
}

/// A mistake of structure, and whether something is missing within brackets.
fn in_structure(text: &str, error: &ParseError, events: &[Event]) -> (Mistake, bool) {
    let at = error.unexpected().map_or(text.len(), |span| span.start());
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    let open = error.context().and_then(|span| opened_at(events, span.start()));
    let in_table = open == Some(EventKind::InlineTableOpen);
    let in_list = open == Some(EventKind::ArrayOpen);
    match (error.expected().unwrap_or(&[]), next) {
        ([Literal("{")], _) => (Mistake::NoBrace, true),
        ([Literal("[")], _) => (Mistake::NoBracket, false),
        ([Literal("}")], _) => (Mistake::OpenTable, false),
        ([Literal("]")], _) if open == Some(EventKind::StdTableOpen) => (Mistake::OpenSection, false),
        ([Literal("]" | "]]")], _) => (Mistake::OpenList, false),
        ([Literal("\n"), Literal("#")], _) => (Mistake::GoesOn, false),
        ([Literal("," | "=") | Description("key")], Some(']')) if in_table => (Mistake::NoBraceBefore, false),
        ([Literal(",") | Description("key")], Some('[' | '{')) if in_table => (Mistake::Other, true),
        ([_], Some(',')) if in_table || in_list => (Mistake::ExtraComma, false),
        ([Literal(",") | Description("value")], Some('=')) if in_table => (Mistake::ExtraAssignment, false),
        ([Literal(",")], _) => (Mistake::NoComma, true),
        ([Literal("=")], _) if in_table => (Mistake::NoAssignment, true),
        ([Literal("=")], _) => (Mistake::NoEquals, false),
        ([Description("value"), Literal("]")], _) => (Mistake::Other, true),
        ([], Some('=')) => (Mistake::ExtraEquals, false),
        _ => (Mistake::Other, false),
    }
}

/// The bracket that is opened at a byte.
fn opened_at(events: &[Event], at: usize) -> Option<EventKind> {
    use EventKind::{ArrayOpen, ArrayTableOpen, InlineTableOpen, StdTableOpen};
    let from = events.partition_point(|event| event.span().start() < at);
    let here = events[from..].iter().take_while(|event| event.span().start() == at);
    here.map(Event::kind)
        .find(|kind| matches!(kind, ArrayOpen | ArrayTableOpen | InlineTableOpen | StdTableOpen))
}

/// A mistake in a key or a value: the error at `span` that has so many `before` it at the same place.
fn in_word(source: &Source, events: &[Event], span: &Range<usize>, before: usize) -> Mistake {
    let is_key = |event: &Event| event.kind() == EventKind::SimpleKey;
    let after = events.partition_point(|event| event.span().start() <= span.start);
    let words =
        events[..after].iter().rev().filter(|event| is_key(event) || event.kind() == EventKind::Scalar);
    let near: Vec<&Event> = words.take(NEAR).collect();
    let unreadable: Vec<_> =
        near.iter().rev().filter_map(|event| Some((*event, expected_at(source, event, span)?))).collect();
    let Some((event, expected)) = unreadable.get(before).or(unreadable.last()) else {
        // A key that can be read, and was there before.
        let key = near.first().is_some_and(|event| is_key(event) && event.span().start() == span.start);
        return if key { Mistake::Repeated } else { Mistake::Other };
    };
    match (event.encoding(), expected) {
        (
            Some(Encoding::BasicString),
            [Literal("\"") | Description("non-double-quote visible characters"), ..],
        ) => Mistake::OpenText,
        (None, _) if is_key(event) && event.span().is_empty() => Mistake::NoKey,
        (None, [Description("literal string")] | [Literal("true" | "false")]) if !is_key(event) => {
            Mistake::NotText
        }
        (None, [Literal("\"" | "'" | "\"\"\"" | "'''")]) => Mistake::NoMark,
        _ => Mistake::Other,
    }
}

/// What is expected at `span` of a key or a value that cannot be read there.
fn expected_at(source: &Source, word: &Event, span: &Range<usize>) -> Option<&'static [Expected]> {
    let raw = source.get(word)?;
    let (mut decoded, mut wrong): (_, Vec<ParseError>) = (Cow::Borrowed(""), Vec::new());
    if word.kind() == EventKind::SimpleKey {
        raw.decode_key(&mut decoded, &mut wrong);
    } else {
        let _ = raw.decode_scalar(&mut decoded, &mut wrong);
    }
    let here = |error: &&ParseError| {
        error.unexpected().is_some_and(|it| it.start() == span.start && it.end() == span.end)
    };
    wrong.iter().find(here).map(|error| error.expected().unwrap_or(&[]))
}
