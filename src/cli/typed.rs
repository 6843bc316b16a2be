//! What was typed, as packages of results keep it.

use std::ffi::OsString;
use std::path::Path;

use crate::wording::{Shell, shell_word};

/// What was typed, without where the program is installed, and without where on this machine things are: the scenario is named
/// from its own folder, and of other paths that start at a root the last part is left.
pub(super) fn command_line(scenario: Option<&Path>) -> String {
    words(std::env::args_os().skip(1), scenario)
}

fn words(typed: impl Iterator<Item = OsString>, scenario: Option<&Path>) -> String {
    let mut line = String::from("repatria");
    let mut is_out = false;
    for typed in typed {
        let text = typed.to_string_lossy();
        let (option, value) = match text.split_once('=') {
            Some((option, value)) if option.starts_with("--") => (format!("{option}="), value),
            _ => (String::new(), &*text),
        };
        let is_scenario = scenario.is_some_and(|scenario| scenario.as_os_str() == typed) && !is_out;
        is_out = typed == "--out";
        let path = Path::new(value);
        let said = match path.file_name() {
            Some(name) if is_scenario || path.has_root() || path.is_absolute() => name.to_string_lossy(),
            _ => value.into(),
        };
        line.push_str(&format!(" {option}{}", shell_word(&said, Shell::HERE)));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str, scenario: &str) -> String {
        words(line.split(' ').map(OsString::from), Some(Path::new(scenario)))
    }

    #[test]
    fn commands_name_no_place_of_the_machine() {
        assert_eq!(said("run camp.toml --seed 5", "camp.toml"), "repatria run camp.toml --seed 5");
        assert_eq!(said("run a/../camp.toml -q", "a/../camp.toml"), "repatria run camp.toml -q");
        assert_eq!(
            said("run /home/me/camp.toml --out /home/me/out", "/home/me/camp.toml"),
            "repatria run camp.toml --out out"
        );
        assert_eq!(said("run --out=/home/me/out camp.toml", "camp.toml"), "repatria run --out=out camp.toml");
        assert_eq!(said("run results --out results", "results"), "repatria run results --out results");
        assert_eq!(
            said("run camp.toml --precision all_held=5%", "camp.toml"),
            "repatria run camp.toml --precision all_held=5%"
        );
    }
}
