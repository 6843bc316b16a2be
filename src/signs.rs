//! Signs that nobody sees and that act: on the order of letters, or on a screen.
//!
//! Texts of others are shown in messages, on charts, in scripts and in tables. What each of these does with such a sign is
//! its own affair; which signs they are is said here alone.

/// Whether a sign only says in which direction others are read: the marks, embeddings, overrides and isolates of Unicode's
/// bidirectional algorithm (UAX 9). Letters that are written from right to left are none of these.
pub fn turns(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign ends a line or is a command to a screen: control characters (the line feed and the tabulator among them) and
/// the separators of lines and paragraphs.
pub fn controls(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_controls_of_direction_are_known_and_no_letter_is_one() {
        // Bidi_Control of Unicode's property list, which has been the same since version 6.3.
        let known =
            [0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069];
        let found: Vec<u32> = ('\0'..=char::MAX).filter(|sign| turns(*sign)).map(u32::from).collect();
        assert_eq!(found, known);
        assert!(!"aéمשN 1\u{200d}\u{feff}".contains(turns));
        assert!(['\0', '\n', '\u{1b}', '\u{7f}', '\u{9b}', '\u{2028}', '\u{2029}'].into_iter().all(controls));
        assert!(!"a م\u{a0}".contains(controls));
    }
}
