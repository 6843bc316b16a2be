//! `repatria explain`: what the code of a problem means, with what is wrong and how it is right.

use std::io::{self, Write};

use super::args::ExplainArgs;
use super::failure::Failure;
use super::say::out;
use crate::scenario::{Code, suggest};

/// Prints the page of a code, or all codes where none is asked for.
pub fn explain(args: &ExplainArgs) -> Result<(), Failure> {
    let mut out = out();
    let Some(asked) = &args.code else { return Ok(list(&mut out)?) };
    let Some(code) = Code::from_name(asked) else {
        let names = Code::ALL.iter().map(|code| code.name());
        let help = suggest(asked, names, "codes");
        return Err(Failure::BadInput(format!(
            "error: no problem has the code `{asked}`\n  help: {help}\n  `repatria explain` alone lists them"
        )));
    };
    Ok(page(&mut out, code)?)
}

fn list(out: &mut impl Write) -> io::Result<()> {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    for code in Code::ALL {
        writeln!(out, "{code:width$}  {}", code.meaning())?;
    }
    writeln!(out, "\n`repatria explain CODE` says more of one, with an example.")
}

/// The page as plain text: what stands between fences is set in.
fn page(out: &mut impl Write, code: Code) -> io::Result<()> {
    writeln!(out, "{code}: {}\n", code.meaning())?;
    let mut inside = false;
    for line in code.page().lines() {
        match line.strip_prefix("```") {
            Some(mark) => {
                inside = !inside;
                if let Some(name) = mark.strip_prefix("csv ") {
                    writeln!(out, "    {name}:")?;
                }
            }
            None if inside && !line.is_empty() => writeln!(out, "    {line}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}
