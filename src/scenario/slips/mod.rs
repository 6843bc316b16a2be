//! What a file that cannot be parsed most likely means, where its author wrote as one writes elsewhere: 4,000 and 0,15,
//! 15%, quotation marks of a word processor, paths of Windows, words without quotation marks, colons.
//!
//! Each such slip is reported with what to type instead, and is fixed in as many bytes, so that the parser can go on
//! and the places of everything else stay as they are. A text that was fixed so only serves to find further problems.

mod bare;
mod texts;

use std::ops::Range;

use super::code::Code;
use super::diagnostic::Diagnostic;
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
                c if BLANKS.contains(&c) => self.blank(here..here + c.len_utf8()),
                '[' | '{' if !header => self.depth += 1,
                ']' | '}' if !header => self.depth = self.depth.saturating_sub(1),
                ';' | ','
                    if self.depth == 0 && !header && equals && value_end.is_some() && at + 1 == last =>
                {
                    self.mark_at_the_end(here, c);
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

    /// A blank that is not the ordinary one.
    fn blank(&mut self, span: Range<usize>) {
        self.slip(
            Code::ForeignSign,
            span.clone(),
            "this blank is not an ordinary one",
            "as word processors and web pages write it",
            "delete it and type a blank",
        );
        self.fix(span, "");
    }

    /// `capacity = 5;`
    fn mark_at_the_end(&mut self, at: usize, mark: char) {
        self.slip(
            Code::Syntax,
            at..at + 1,
            format!("there is a `{mark}` too many"),
            "nothing follows",
            "take it out: every `key = value` stands on a line of its own",
        );
        self.fix(at..at + 1, "");
    }

    /// Puts a text in the place of something.
    fn fix_text(&mut self, span: Range<usize>) {
        if span.len() >= 2 {
            self.fix(span.clone(), &format!("\"{}\"", "x".repeat(span.len() - 2)));
        }
    }
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
