//! `repatria new`: a commented scenario to start from.

use std::path::PathBuf;

use super::args::NewArgs;
use super::failure::Failure;
use super::say::say;

/// A scenario that the program carries with it.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// What it is called.
    pub name: &'static str,
    /// Its file.
    pub text: &'static str,
}

/// The scenarios to start from, the short one first.
pub const TEMPLATES: [Template; 5] = [
    Template { name: "start", text: include_str!("start.toml") },
    Template {
        name: "two_prisons_and_a_camp",
        text: include_str!("../../scenarios/two_prisons_and_a_camp.toml"),
    },
    Template { name: "countries_come_back", text: include_str!("../../scenarios/countries_come_back.toml") },
    Template { name: "prison_break", text: include_str!("../../scenarios/prison_break.toml") },
    Template {
        name: "births_against_seats",
        text: include_str!("../../scenarios/births_against_seats.toml"),
    },
];

/// Where the schema is, for editors, from a scenario outside the repository's own folder.
const SCHEMA_LINE: &str = "#:schema ../schemas/scenario.schema.json\n";

/// Writes the new scenario, never over a file that is there.
pub fn new(args: &NewArgs) -> Result<(), Failure> {
    let stem = args.name.strip_suffix(".toml").unwrap_or(&args.name);
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    if stem.is_empty() || !stem.chars().all(plain) {
        return Err(Failure::BadInput(format!(
            "error: `{}` cannot be the name of a scenario: use letters, digits, `_` and `-`",
            args.name
        )));
    }
    let wanted = args.from.as_deref().unwrap_or("start");
    let Some(template) = TEMPLATES.iter().find(|template| template.name == wanted) else {
        let names: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
        return Err(Failure::BadInput(format!(
            "error: no template `{wanted}`: there are {}",
            names.join(", ")
        )));
    };
    let path = PathBuf::from(format!("{stem}.toml"));
    let mut file = fs_err::OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Failure::BadInput(format!("error: {} is already there: choose another name", path.display()))
        } else {
            Failure::from(error)
        }
    })?;
    // A schema that is not there would only trouble the editor.
    let text = template.text.strip_prefix(SCHEMA_LINE).unwrap_or(template.text);
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    say(format!("Wrote {0}. Next: repatria check {0}, then repatria run {0}", path.display()));
    Ok(())
}
