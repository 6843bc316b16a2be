//! Words of commands, as somebody would type them.

use std::borrow::Cow;

/// Whose words a command is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// Those of a POSIX shell.
    Posix,
    /// Those of Windows.
    Windows,
}

impl Shell {
    /// The shell of this machine.
    #[cfg(feature = "cli")]
    pub const HERE: Shell = if cfg!(windows) { Shell::Windows } else { Shell::Posix };
}

/// A word of a command, in quotation marks where a shell needs them. Letters outside of ASCII are quoted: not every locale takes
/// all of their bytes for letters.
pub fn shell_word(text: &str, shell: Shell) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./,:=+@%".contains(c);
    // A path of Windows needs no more.
    let plain = |c: char| plain(c) || (shell == Shell::Windows && c == '\\');
    match shell {
        _ if !text.is_empty() && text.chars().all(plain) => Cow::Borrowed(text),
        Shell::Windows => Cow::Owned(format!("\"{text}\"")),
        Shell::Posix => Cow::Owned(format!("'{}'", text.replace('\'', r"'\''"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_a_shell() {
        for (word, posix, windows) in [
            ("scenarios/a.toml", "scenarios/a.toml", "scenarios/a.toml"),
            ("a b", "'a b'", "\"a b\""),
            ("it's $HOME", r"'it'\''s $HOME'", "\"it's $HOME\""),
            (r"C:\a", r"'C:\a'", r"C:\a"),
            ("é", "'é'", "\"é\""),
            ("", "''", "\"\""),
        ] {
            assert_eq!(shell_word(word, Shell::Posix), posix);
            assert_eq!(shell_word(word, Shell::Windows), windows);
        }
    }
}
