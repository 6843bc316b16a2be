//! `--tables`: in which formats tables are written.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::failure::Failure;
use crate::output::known_formats::{KNOWN, Known};
use crate::output::table_format::TableFormat;

/// Reads the name of a format.
pub fn table_formats() -> impl TypedValueParser<Value = Known> {
    let names = KNOWN.map(|known| PossibleValue::new(known.name).help(known.title));
    PossibleValuesParser::new(names)
        .try_map(|name| KNOWN.into_iter().find(|known| known.name == name).ok_or("no format has this name"))
}

/// The formats that were asked for, each once.
pub fn wanted(asked: &[Known]) -> Result<Vec<&'static dyn TableFormat>, Failure> {
    let mut formats: Vec<&dyn TableFormat> = Vec::new();
    for known in asked {
        let Some(format) = known.format else { return Err(Failure::BadInput(lacking(known.name))) };
        if formats.iter().all(|other| other.name() != format.name()) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// What is said of a format that this program was built without.
fn lacking(name: &str) -> String {
    let mut letters = name.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    format!(
        "error: this program was built without {title}: build it with `cargo install --path . --features {name}`, \
         or leave `{name}` out of --tables"
    )
}
