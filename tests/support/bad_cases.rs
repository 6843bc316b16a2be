//! Files that are wrong, told as the few lines that differ from a file that is right, with the exact message that their author reads.
//!
//! `FOLDER/CODE/NAME.case` is a case whose first problem has that code:
//!
//! ```text
//! over camp
//! - rate = { per_year = 0.2 }
//! + rate = { per_yaer = 0.2 }
//! =====
//! error[unknown-key]: ...
//! ```
//!
//! Its first line names the file in `FOLDER/over/`; `nothing` is one without lines. Then that file is gone through from the top: `- `
//! takes out the next line that is the same, `+ ` puts one in where one is, two blanks go on behind the next line that is the same, and
//! `...` goes on to the end. What was not gone through stays as it is. Below the line of `=` stands what is drawn, of a file called
//! `NAME.toml`. `REPATRIA_BLESS=1 cargo test --test diagnostics --test study_diagnostics` writes that anew: read the difference before
//! you commit it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "each test uses its own part")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What stands between the lines of a case and its message.
const RULE: &str = "\n=====\n";

/// A file that is wrong.
pub struct BadCase {
    path: PathBuf,
    /// The code in whose folder it is.
    pub code: String,
    /// `NAME.toml`.
    pub name: String,
    /// The file as a whole.
    pub text: String,
    /// Its lines, as far as the message.
    lines: String,
    expected: String,
}

impl BadCase {
    fn read(path: &Path, over: &Path) -> BadCase {
        let written = fs_err::read_to_string(path).unwrap();
        let (lines, expected) = written.split_once(RULE).expect("a line of = before the message");
        let mut edits = lines.lines();
        let base = edits.next().and_then(|line| line.strip_prefix("over ")).expect("`over` and a name");
        let base = match base {
            "nothing" => String::new(),
            base => fs_err::read_to_string(over.join(base).with_extension("toml")).unwrap(),
        };
        BadCase {
            path: path.to_path_buf(),
            code: path.parent().and_then(Path::file_name).unwrap().to_string_lossy().into_owned(),
            name: path.with_extension("toml").file_name().unwrap().to_string_lossy().into_owned(),
            text: edited(&base, edits)
                .unwrap_or_else(|line| panic!("{}: no line is `{line}`", path.display())),
            lines: lines.to_string(),
            expected: expected.to_string(),
        }
    }

    /// The table that it names, which stands beside it under its name.
    pub fn table(&self) -> PathBuf {
        self.path.with_extension("csv")
    }

    /// What is wrong with what is drawn, if it is not what is expected; written where `REPATRIA_BLESS` is set.
    pub fn judge(&self, drawn: Option<String>) -> Vec<String> {
        let shown = self.path.display();
        let Some(drawn) = drawn else { return vec![format!("{shown} is accepted")] };
        let mut wrong = Vec::new();
        if !drawn.contains("help: ") {
            wrong.push(format!("{shown} says no help:\n{drawn}"));
        }
        if codes(&drawn).next() != Some(&self.code) {
            wrong.push(format!("{shown} does not begin with the code of its folder:\n{drawn}"));
        }
        if drawn != self.expected {
            if std::env::var_os("REPATRIA_BLESS").is_some() {
                fs_err::write(&self.path, format!("{}{RULE}{drawn}", self.lines)).unwrap();
            } else {
                wrong.push(format!("{shown} now says:\n{drawn}"));
            }
        }
        wrong
    }

    /// The codes that it shows.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        codes(&self.expected)
    }
}

/// A file with lines put in and taken out; or the line that it does not have.
fn edited<'e>(base: &str, edits: impl Iterator<Item = &'e str>) -> Result<String, &'e str> {
    let mut rest = base.lines();
    let mut text = String::new();
    let mut put = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    for edit in edits {
        let (mark, line) = edit.split_at(edit.len().min(2));
        match mark {
            ".." => rest.by_ref().for_each(&mut put),
            "+ " | "+" => put(line),
            _ => {
                loop {
                    let next = rest.next().ok_or(edit)?;
                    if next == line {
                        break;
                    }
                    put(next);
                }
                if mark != "- " && mark != "-" {
                    put(line);
                }
            }
        }
    }
    rest.for_each(&mut put);
    Ok(text)
}

/// The codes of problems in what is drawn.
pub fn codes(drawn: &str) -> impl Iterator<Item = &str> {
    drawn.lines().filter_map(|line| {
        let code = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
        code.split_once("]:").map(|(code, _)| code)
    })
}

/// Every case of a folder, in the order of their names.
pub fn bad_cases(folder: &Path) -> Vec<BadCase> {
    let entries = |folder: &Path| -> BTreeSet<PathBuf> {
        fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let folders = entries(folder).into_iter().filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| entries(&folder));
    let cases = files.filter(|path| path.extension().is_some_and(|extension| extension == "case"));
    cases.map(|path| BadCase::read(&path, &folder.join("over"))).collect()
}
