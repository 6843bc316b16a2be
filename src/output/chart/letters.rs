//! Letters by the script that they are of, to say for which a machine has no font.

use super::format::list;

/// The first and the last character of the blocks of scripts that people write today, and what these are called.
const SCRIPTS: [(u32, u32, &str); 30] = [
    (0x0590, 0x05ff, "Hebrew"),
    (0x0600, 0x06ff, "Arabic"),
    (0x0700, 0x074f, "Syriac"),
    (0x0750, 0x077f, "Arabic"),
    (0x0780, 0x07bf, "Thaana"),
    (0x08a0, 0x08ff, "Arabic"),
    (0x0900, 0x097f, "Devanagari"),
    (0x0980, 0x09ff, "Bengali"),
    (0x0a00, 0x0a7f, "Gurmukhi"),
    (0x0a80, 0x0aff, "Gujarati"),
    (0x0b80, 0x0bff, "Tamil"),
    (0x0c00, 0x0c7f, "Telugu"),
    (0x0c80, 0x0cff, "Kannada"),
    (0x0d00, 0x0d7f, "Malayalam"),
    (0x0d80, 0x0dff, "Sinhala"),
    (0x0e00, 0x0e7f, "Thai"),
    (0x0e80, 0x0eff, "Lao"),
    (0x0f00, 0x0fff, "Tibetan"),
    (0x1000, 0x109f, "Burmese"),
    (0x10a0, 0x10ff, "Georgian"),
    (0x0530, 0x058f, "Armenian"),
    (0x1200, 0x139f, "Ethiopic"),
    (0x1780, 0x17ff, "Khmer"),
    (0x1800, 0x18af, "Mongolian"),
    (0x3040, 0x30ff, "Japanese"),
    (0x3400, 0x9fff, "Chinese"),
    (0xac00, 0xd7af, "Korean"),
    (0xfb50, 0xfdff, "Arabic"),
    (0xfe70, 0xfeff, "Arabic"),
    (0x20000, 0x3ffff, "Chinese"),
];

/// What is of none of them.
pub const OTHER: &str = "other signs";

/// So many characters of a script are named.
const MOST: usize = 6;

/// What the script of a letter is called.
pub fn script(letter: char) -> &'static str {
    let code = u32::from(letter);
    let found = SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
    found.map_or(OTHER, |(.., name)| name)
}

/// `"Arabic (ا, ب) and Chinese (回)"`.
pub fn in_words(letters: &[char]) -> String {
    let mut scripts: Vec<(&str, Vec<String>)> = Vec::new();
    for letter in letters {
        let script = script(*letter);
        let code = format!("{letter}");
        match scripts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, known)) => known.push(code),
            None => scripts.push((script, vec![code])),
        }
    }
    let words: Vec<String> =
        scripts.iter().map(|(script, letters)| format!("{script} ({})", list(letters, MOST))).collect();
    list(&words, 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_reported_by_script() {
        assert_eq!(in_words(&['ا', 'ب', '回']), "Arabic (ا and ب) and Chinese (回)");
        assert_eq!(in_words(&['☂']), "other signs (☂)");
    }
}
