//! Colours of a terminal.

use std::io::IsTerminal;

/// Whether messages may be coloured: on a terminal whose user has not said no (<https://no-color.org>).
pub fn colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
