//! The program `repatria`: reads the command line, hands over, and says how it ended.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(repatria::main(std::env::args_os()))
}
