//! Texts between marks: a path of Windows, the marks of a word processor.

use super::{QUOTES, Search};
use crate::scenario::code::Code;
use crate::scenario::words::shortened;

/// What a text in quotation marks has, up to the mark that closes it. Places count from its beginning.
#[derive(Default)]
struct QuotedText {
    /// Where it ends.
    end: Option<usize>,
    /// Whether a backslash begins no special sign.
    bad_escape: bool,
    /// The first closing mark of a word processor.
    typographic: Option<(usize, char)>,
}

impl QuotedText {
    /// Looks at the text that `rest` begins with.
    fn of(rest: &str) -> QuotedText {
        let mut found = QuotedText::default();
        let mut signs = rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = signs.next() {
            match c {
                '"' => {
                    found.end = Some(at + 1);
                    break;
                }
                '\\' => {
                    let next = signs.peek().map(|(_, next)| *next);
                    found.bad_escape |= !is_escape(next, &rest[at..]);
                    if next == Some('"') || next == Some('\\') {
                        signs.next();
                    }
                }
                '”' | '“' | '»' => found.typographic = found.typographic.or(Some((at, c))),
                _ => {}
            }
        }
        found
    }
}

/// Whether the backslash that `rest` begins with makes a special sign with the sign `next` behind it.
fn is_escape(next: Option<char>, rest: &str) -> bool {
    let digits = match next {
        Some('u') => 4,
        Some('U') => 8,
        Some('x') => 2,
        _ => 0,
    };
    let hex = rest.get(2..2 + digits).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    next.is_some_and(|next| "btnfre\"\\uUx".contains(next)) && hex
}

impl Search<'_> {
    /// A text in quotation marks that begins `rest`, which begins `at` in its line: how long it is.
    pub(super) fn text(&mut self, start: usize, rest: &str, at: usize) -> usize {
        let here = start + at;
        let found = QuotedText::of(rest);
        let Some(end) = found.end else {
            // One that a mark of a word processor closes.
            let Some((i, c)) = found.typographic else { return rest.len() };
            self.slip(
                Code::ForeignSign,
                here + i..here + i + c.len_utf8(),
                format!("`{c}` does not close a text"),
                "a quotation mark of a word processor",
                format!("write the straight mark: {}\"", shortened(&rest[..i])),
            );
            self.fix(here + i..here + i + c.len_utf8(), "\"");
            return i + c.len_utf8();
        };
        if found.bad_escape {
            let inside = &rest[1..end - 1];
            let with_slashes = inside.replace('\\', "/");
            self.slip(
                Code::ForeignSign,
                here..here + end,
                "a backslash in quotation marks begins a special sign",
                "paths of Windows have backslashes",
                format!(
                    "write / for each: \"{}\", or single quotation marks: '{}'",
                    shortened(&with_slashes),
                    shortened(inside)
                ),
            );
            self.fix(here..here + end, &format!("\"{with_slashes}\""));
        }
        end
    }

    /// A text between marks of a word processor: how long it is.
    pub(super) fn typographic(&mut self, start: usize, rest: &str, at: usize) -> usize {
        let here = start + at;
        let open = rest.chars().next().map_or(0, char::len_utf8);
        let close = rest[open..].char_indices().find(|(_, c)| *c == '"' || QUOTES.contains(c));
        let Some((length, close)) = close else {
            self.slip(
                Code::ForeignSign,
                here..here + open,
                "this is a quotation mark of a word processor",
                "cannot be read",
                "write straight marks: \"like this\"",
            );
            return rest.len();
        };
        let whole = open + length + close.len_utf8();
        let text = &rest[open..open + length];
        self.slip(
            Code::ForeignSign,
            here..here + whole,
            "these are quotation marks of a word processor",
            "cannot be read",
            format!("write straight marks: \"{}\"", shortened(text)),
        );
        // Blanks before and behind, so that the text stays in its place.
        let (before, behind) = (" ".repeat(open - 1), " ".repeat(close.len_utf8() - 1));
        if self.text.get(here..here + whole).is_some() && !text.contains('\\') {
            let fixed = format!("{before}\"{text}\"{behind}");
            self.fix(here..here + whole, &fixed);
        }
        whole
    }
}
