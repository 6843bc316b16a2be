//! What a file that cannot be parsed most likely means, where its author wrote as one writes elsewhere: 4,000 and 0,15,
//! 15%, quotation marks of a word processor, paths of Windows, words without quotation marks, colons.
//!
//! Each such slip is reported with what to type instead, and fixed byte for byte, so that the parser can go on and the places
//! of everything else stay as they are. A fixed text only serves to find further problems.

use std::ops::Range;

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::sheet::{likely_date, likely_number};
use super::words::shortened;

/// More slips than this are not looked for.
const MOST_SLIPS: usize = 100;

/// The slips of a text, and the text without them.
pub(super) struct Slips {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) fixed: String,
}

/// Looks for slips in a text that cannot be parsed.
pub(super) fn find(text: &str) -> Slips {
    let mut search =
        Search { text, fixed: text.as_bytes().to_vec(), problems: Vec::new(), depth: 0, long: None };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if search.problems.len() >= MOST_SLIPS {
            break;
        }
        search.line(start, line.trim_end_matches(['\n', '\r']));
        start += line.len();
    }
    let Search { fixed, problems, .. } = search;
    // What is put in is ASCII in place of whole signs.
    let fixed = String::from_utf8(fixed).unwrap_or_else(|_| text.to_string());
    Slips { problems, fixed }
}

struct Search<'t> {
    text: &'t str,
    fixed: Vec<u8>,
    problems: Vec<Diagnostic>,
    /// Of brackets and braces that are open.
    depth: u32,
    /// The marks that close a text of several lines.
    long: Option<&'static str>,
}

/// Opening and closing marks of word processors.
const QUOTES: &[char] = &['“', '”', '„', '‟', '«', '»', '‘', '’'];

/// Blanks that are not the ordinary one.
const BLANKS: &[char] = &['\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}', '\u{3000}'];

impl Search<'_> {
    fn slip(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.problems.push(Diagnostic::error(code, message).at(span).label(label).help(help));
    }

    /// Puts `words` in the place of `span`, with blanks up to its length; nothing where they are longer.
    fn fix(&mut self, span: Range<usize>, words: &str) {
        if words.len() <= span.len() {
            let place = &mut self.fixed[span];
            place.fill(b' ');
            place[..words.len()].copy_from_slice(words.as_bytes());
        }
    }

    fn line(&mut self, start: usize, line: &str) {
        if let Some(close) = self.long {
            if line.contains(close) {
                self.long = None;
            }
            return;
        }
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if let Some(open) = ["\"\"\"", "'''"].into_iter().find(|open| line.contains(open)) {
            if line.matches(open).count() % 2 == 1 {
                self.long = Some(open);
            }
            return;
        }
        if self.depth == 0 && bare.starts_with("//") {
            let at = start + indent;
            self.slip(
                Code::ForeignSign,
                at..at + 2,
                "a comment begins with #",
                "not with //",
                "write # instead of //",
            );
            self.fix(at..at + bare.len(), "#");
            return;
        }
        let header = self.depth == 0 && bare.starts_with('[');
        if header {
            self.header(start + indent, bare);
        }
        if self.depth == 0 && !header {
            self.colon(start + indent, bare);
        }
        self.values(start, line, header);
    }

    /// `[places.my home]`
    fn header(&mut self, start: usize, line: &str) {
        let Some(close) = line.find(']') else { return };
        let name = line[..close].trim_start_matches('[');
        let open = close - name.len();
        let good = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        let inside = name.trim();
        // Blanks around dots are none of a name.
        let blank = inside.split('.').any(|part| part.trim().contains(' '));
        if !blank || !inside.chars().all(good) {
            return;
        }
        let fixed: Vec<String> = inside.split('.').map(|part| part.trim().replace(' ', "_")).collect();
        let fixed = fixed.join(".");
        let span = start + open..start + close;
        self.slip(
            Code::BadName,
            span.clone(),
            "a name has no blanks",
            "letters, digits, `_` and `-`",
            format!("write [{}]; `label` may have blanks", shortened(&fixed)),
        );
        self.fix(span, &fixed);
    }

    /// `title: My camp`
    fn colon(&mut self, start: usize, line: &str) {
        let key = line.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).unwrap_or(0);
        let rest = line[key..].trim_start();
        if key == 0 || !rest.starts_with(':') {
            return;
        }
        let at = start + line.len() - rest.len();
        self.slip(
            Code::ForeignSign,
            at..at + 1,
            "a key and its value have `=` between them",
            "not a colon",
            "write = instead of :",
        );
        self.fix(at..at + 1, "=");
    }

    /// Goes through a line: texts, brackets, and what stands behind each `=`.
    fn values(&mut self, start: usize, line: &str, header: bool) {
        let mut at = 0;
        // The end of the last value at the top of the file.
        let mut value_end = None;
        let mut equals = false;
        // Behind its last sign nothing follows.
        let last = line.trim_end().len();
        while let Some(c) = line[at..].chars().next() {
            if self.problems.len() >= MOST_SLIPS {
                return;
            }
            let here = start + at;
            match c {
                '#' => break,
                '"' => {
                    at += self.text(start, &line[at..], at);
                    value_end = Some(at);
                    continue;
                }
                '\'' => {
                    let close = line[at + 1..].find('\'').map_or(line.len() - at, |close| close + 2);
                    at += close;
                    value_end = Some(at);
                    continue;
                }
                c if QUOTES.contains(&c) => {
                    at += self.typographic(start, &line[at..], at);
                    value_end = Some(at);
                    continue;
                }
                c if BLANKS.contains(&c) => {
                    self.slip(
                        Code::ForeignSign,
                        here..here + c.len_utf8(),
                        "this blank is not an ordinary one",
                        "as word processors and web pages write it",
                        "delete it and type a blank",
                    );
                    self.fix(here..here + c.len_utf8(), "");
                }
                '[' | '{' if !header => self.depth += 1,
                ']' | '}' if !header => self.depth = self.depth.saturating_sub(1),
                ';' | ','
                    if self.depth == 0 && !header && equals && value_end.is_some() && at + 1 == last =>
                {
                    let help = "take it out: every `key = value` stands on a line of its own";
                    self.slip(
                        Code::Syntax,
                        here..here + 1,
                        format!("there is a `{c}` too many"),
                        "nothing follows",
                        help,
                    );
                    self.fix(here..here + 1, "");
                }
                // As the sign between a key and its value, or behind a colon that was fixed to it.
                '=' => equals = true,
                ':' if self.fixed[here] == b'=' => equals = true,
                _ => {}
            }
            at += c.len_utf8();
            if c == '=' || (c == ':' && self.fixed[here] == b'=') {
                let blanks = line[at..].len() - line[at..].trim_start_matches([' ', '\t']).len();
                at += blanks;
                let taken = self.bare(start + at, &line[at..]);
                if taken > 0 {
                    at += taken;
                    value_end = Some(at);
                }
            } else if matches!(c, ']' | '}') {
                value_end = Some(at);
            }
        }
    }

    /// A value without quotation marks: how long it is, or 0 where none begins here.
    fn bare(&mut self, start: usize, rest: &str) -> usize {
        let Some(first) = rest.chars().next() else { return 0 };
        let digit = first.is_ascii_digit() || matches!(first, '-' | '+' | '.') || first == '\u{2212}';
        if !digit && !first.is_alphabetic() {
            return 0;
        }
        // Within brackets a comma may end it; one between digits belongs to a number.
        let mut end = rest.len();
        let mut before = None;
        let mut signs = rest.char_indices().peekable();
        while let Some((at, c)) = signs.next() {
            let digits = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
            let within = digits(before) && digits(signs.peek().map(|(_, next)| *next));
            before = Some(c);
            let ends = match c {
                '#' | '"' | '=' => true,
                '}' | ']' => true,
                ',' => !(within && digit),
                ';' => true,
                _ => false,
            };
            if ends {
                end = at;
                break;
            }
        }
        let word = rest[..end].trim_end();
        // `count = 4000 split = ...` in braces.
        if rest[end..].starts_with('=')
            && self.depth > 0
            && let Some((number, key)) = word.rsplit_once(' ')
            && toml::de::DeValue::parse(number.trim_end()).is_ok()
        {
            let at = start + number.len();
            let message = format!("a comma is missing before `{}`", shortened(key));
            self.slip(Code::Syntax, at..at + 1, message, "`,` expected", "write a comma between the entries");
            self.fix(at..at + 1, ",");
            return number.len();
        }
        if rest[end..].starts_with('=') || word.is_empty() {
            return 0;
        }
        let span = start..start + word.len();
        if toml::de::DeValue::parse(word).is_ok() {
            return word.len();
        }
        let shown = shortened(word);
        if let Some(sure) = matches!(word, "True" | "TRUE" | "yes" | "Yes")
            .then_some("true")
            .or_else(|| matches!(word, "False" | "FALSE" | "no" | "No").then_some("false"))
        {
            self.slip(
                Code::NumberSpelling,
                span.clone(),
                format!("`{shown}` is neither text nor true or false"),
                "cannot be read",
                format!("write {sure}"),
            );
            self.fix(span, "true");
        } else if let Some(number) = digit.then(|| likely_number(word)).flatten() {
            let message = if word.contains('%') {
                format!("`{shown}` has a percent sign")
            } else {
                format!("`{shown}` is not written as a number")
            };
            self.slip(
                Code::NumberSpelling,
                span.clone(),
                message,
                "cannot be read",
                number_help(word, &number),
            );
            let zero = if word.contains('%') || number.len() > span.len() { "0" } else { &number };
            self.fix(span, zero);
        } else if digit && likely_date(word).is_some() {
            let date = likely_date(word).unwrap_or_default();
            self.slip(
                Code::NumberSpelling,
                span.clone(),
                format!("the date `{shown}` needs quotation marks"),
                "cannot be read",
                format!("write \"{date}\""),
            );
            self.fix_text(span);
        } else {
            // A mark may stand behind it.
            let whole = if rest[end..].starts_with('"') { end + 1 } else { word.len() };
            self.slip(
                Code::Syntax,
                start..start + whole,
                format!("`{shown}` is neither a number nor text in quotation marks"),
                "cannot be read",
                format!("text stands between quotation marks: \"{shown}\""),
            );
            self.fix_text(start..start + whole);
            return whole;
        }
        word.len()
    }

    /// Puts a text in the place of something.
    fn fix_text(&mut self, span: Range<usize>) {
        if span.len() >= 2 {
            self.fix(span.clone(), &format!("\"{}\"", "x".repeat(span.len() - 2)));
        }
    }

    /// A text in quotation marks that begins `rest`, which begins `at` in its line: how long it is.
    fn text(&mut self, start: usize, rest: &str, at: usize) -> usize {
        let here = start + at;
        let mut signs = rest.char_indices().skip(1).peekable();
        let mut wrong = None;
        let mut marks = None;
        let mut end = None;
        while let Some((i, c)) = signs.next() {
            match c {
                '"' => {
                    end = Some(i + 1);
                    break;
                }
                '\\' => {
                    let next = signs.peek().map(|(_, next)| *next);
                    let digits = match next {
                        Some('u') => 4,
                        Some('U') => 8,
                        Some('x') => 2,
                        _ => 0,
                    };
                    let hex = rest
                        .get(i + 2..i + 2 + digits)
                        .is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
                    let good = next.is_some_and(|next| "btnfre\"\\uUx".contains(next)) && hex;
                    if !good {
                        wrong = wrong.or(Some(i));
                    }
                    if next == Some('"') || next == Some('\\') {
                        signs.next();
                    }
                }
                '”' | '“' | '»' => marks = marks.or(Some((i, c))),
                _ => {}
            }
        }
        let Some(end) = end else {
            // One that a mark of a word processor closes.
            let Some((i, c)) = marks else { return rest.len() };
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
        if wrong.is_some() {
            let inside = &rest[1..end - 1];
            self.slip(
                Code::ForeignSign,
                here..here + end,
                "a backslash in quotation marks begins a special sign",
                "paths of Windows have backslashes",
                format!(
                    "write / for each: \"{}\", or single quotation marks: '{}'",
                    shortened(&inside.replace('\\', "/")),
                    shortened(inside)
                ),
            );
            let fixed = format!("\"{}\"", inside.replace('\\', "/"));
            self.fix(here..here + end, &fixed);
        }
        end
    }

    /// A text between marks of a word processor: how long it is.
    fn typographic(&mut self, start: usize, rest: &str, at: usize) -> usize {
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

/// What to write for a number as it is written elsewhere.
fn number_help(word: &str, number: &str) -> String {
    if word.contains('%') {
        return format!("write a share of 1: {number}");
    }
    let mark = word.chars().filter(|c| matches!(c, ',' | '.')).collect::<String>();
    // 4,000 and 1,234 may be meant with a decimal comma.
    let decimal = word.replace(',', ".");
    if mark == "," && decimal.parse::<f64>().is_ok_and(|decimal| super::words::number(decimal) != number) {
        return format!("write {number} for thousands, or {decimal} for a decimal mark");
    }
    // Behind a mark between thousands are three digits.
    let thousands = word.rsplit_once(',').is_some_and(|(_, part)| part.len() == 3);
    if word.contains(',') && (number.contains('.') || !thousands) {
        return format!("write {number}: the decimal mark is a point");
    }
    format!("write {number}, without marks between thousands (10_000 may have one)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helps(text: &str) -> Vec<String> {
        find(text).problems.into_iter().map(|problem| problem.help).collect()
    }

    #[test]
    fn a_fixed_text_is_as_long_and_can_be_parsed() {
        for (text, help) in [
            (
                "people = [{ count = 4,000, who = {} }]",
                "write 4000 for thousands, or 4.000 for a decimal mark",
            ),
            ("share = 0,15", "write 0.15: the decimal mark is a point"),
            ("share = 15%", "write a share of 1: 0.15"),
            ("count = 1 234 567", "write 1234567, without marks between thousands (10_000 may have one)"),
            (
                "count = 1.234.567 # many",
                "write 1234567, without marks between thousands (10_000 may have one)",
            ),
            (
                "file = \"C:\\Users\\me\\x.csv\"",
                "write / for each: \"C:/Users/me/x.csv\", or single quotation marks: 'C:\\Users\\me\\x.csv'",
            ),
            ("title = “My camp”", "write straight marks: \"My camp\""),
            ("title = \"My camp”", "write the straight mark: \"My camp\""),
            ("kind = camp", "text stands between quotation marks: \"camp\""),
            ("a = { kind = camp, b = 1 }", "text stands between quotation marks: \"camp\""),
            ("title = My camp\"", "text stands between quotation marks: \"My camp\""),
            ("start = 01/2025", "write \"2025-01\""),
            ("start = 2025-01", "write \"2025-01\""),
            ("on = True", "write true"),
            ("title: \"My camp\"", "write = instead of :"),
            ("title = \"x\",", "take it out: every `key = value` stands on a line of its own"),
            ("capacity = 5;", "take it out: every `key = value` stands on a line of its own"),
            ("// a comment", "write # instead of //"),
            ("[places.my home]", "write [places.my_home]; `label` may have blanks"),
            ("p = [{ count = 4000 split = {} }]", "write a comma between the entries"),
            ("capacity =\u{a0}5", "delete it and type a blank"),
        ] {
            let found = find(text);
            assert_eq!(found.fixed.len(), text.len(), "{text}");
            assert_eq!(helps(text), [help], "{text}");
            assert!(toml::de::DeTable::parse(&found.fixed).is_ok(), "{text}: {}", found.fixed);
        }
    }

    #[test]
    fn what_is_right_has_no_slips() {
        let text = "title = \"It's 4,000; a = b\" # 0,15\nstart = \"2025-01\"\nday = 2025-01-15\nx = [1,2, 3.5]\n\
                    y = { a = 1, b = -2e3, c = true }\n[places.camp]\nz = '''\n“long” = 1,5\n'''\npath = 'C:\\x'\nn = 10_000\n\
                    e = \"a \\\"quoted\\\" \\u00e9\"\nl = [\n  1,\n  2,\n]\n";
        assert_eq!(helps(text), [""; 0]);
        assert_eq!(find(text).fixed, text);
    }

    /// Each would take minutes if the rest of its line were looked at anew for each sign.
    #[test]
    fn long_runs_of_signs_are_gone_through_once() {
        let long = 1 << 20;
        let commas = format!("a = \"x\"{}{}", ",".repeat(long), " ".repeat(long));
        assert_eq!(helps(&commas), ["take it out: every `key = value` stands on a line of its own"]);
        for sign in ["\u{a0}", "“", "“x”", "= ", "a = b ", "';", "\"\\x\" "] {
            let problems = find(&format!("a = 1 {}", sign.repeat(long / sign.len()))).problems;
            assert!(problems.len() <= MOST_SLIPS, "{sign}: {}", problems.len());
        }
    }
}
