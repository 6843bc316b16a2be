//! Letters that our font has not: pictures are in others that have them, never in boxes. Nothing here asks the machine.

use std::sync::Arc;

use super::chart_fixture::Shape;
use super::draw;
use repatria::internals::output::chart::{self, Chart, picture_with};
use resvg::usvg::fontdb::Database;

/// A chart of a scenario with this title.
fn titled(title: &str) -> Chart {
    draw(&Shape { title: title.to_string(), ..Shape::readme() }).remove(0)
}

/// Noto Sans, told that its letters are those of the Arabic block: enough of a font of somebody's machine.
fn of_the_machine() -> Database {
    let mut font = notosans::REGULAR_TTF.to_vec();
    let mut table = Vec::new();
    for word in [0u16, 1, 3, 10] {
        table.extend(word.to_be_bytes());
    }
    table.extend(12u32.to_be_bytes());
    for word in [12u16, 0] {
        table.extend(word.to_be_bytes());
    }
    // The groups of its characters: the space, and the block.
    for word in [40u32, 0, 2, 0x20, 0x20, 3, 0x600, 0x6ff, 36] {
        table.extend(word.to_be_bytes());
    }
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let record = (0..count).map(|record| 12 + 16 * record).find(|at| &font[*at..at + 4] == b"cmap").unwrap();
    let end = u32::try_from(font.len()).unwrap();
    font[record + 8..record + 12].copy_from_slice(&end.to_be_bytes());
    font[record + 12..record + 16].copy_from_slice(&u32::try_from(table.len()).unwrap().to_be_bytes());
    font.extend(table);
    let name = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (old, new) = (name("Noto"), name("Moto"));
    for at in 0..font.len() - old.len() {
        if font[at..].starts_with(&old) {
            font[at..at + new.len()].copy_from_slice(&new);
        }
    }
    let mut fonts = chart::fonts();
    fonts.load_font_data(font);
    assert_eq!(fonts.len(), 3);
    fonts
}

#[test]
fn latin_text_never_asks_for_other_fonts() {
    let chart = titled("Čamp № 1: how many – “naïve” Ελλάδα, Казахстан?");
    let picture = picture_with(&chart.svg, chart::fonts(), || panic!("asked for fonts of the machine"));
    let picture = picture.unwrap();
    assert!(picture.lacking.is_empty());
    assert_eq!(picture, chart::picture(&chart.svg).unwrap());
}

#[test]
fn letters_that_ours_lacks_are_in_another_font() {
    let chart = titled("مخيم");
    let picture = picture_with(&chart.svg, chart::fonts(), || Arc::new(of_the_machine())).unwrap();
    assert!(picture.lacking.is_empty() && picture.png.is_some(), "{:?}", picture.lacking);
}

#[test]
fn without_such_a_font_there_is_no_picture_and_the_letters_are_named() {
    let chart = titled("مخيم في 回国");
    let none = picture_with(&chart.svg, chart::fonts(), || Arc::new(chart::fonts())).unwrap();
    assert_eq!(none.png, None);
    assert!(['م', 'خ', '回'].iter().all(|letter| none.lacking.contains(letter)), "{:?}", none.lacking);
    let words = chart::letters::in_words(&none.lacking);
    assert!(words.contains("Arabic (") && words.contains("Chinese ("), "{words}");
    // The Arabic font alone is not enough.
    let some = picture_with(&chart.svg, chart::fonts(), || Arc::new(of_the_machine())).unwrap();
    assert_eq!((some.png, some.lacking), (None, vec!['回', '国']));
}

#[test]
fn signs_that_are_no_letters_are_left_out() {
    let chart = titled("A camp 🙂");
    let picture = picture_with(&chart.svg, chart::fonts(), || Arc::new(chart::fonts())).unwrap();
    assert!(picture.png.is_some());
    assert_eq!(picture.lacking, ['🙂']);
}

#[test]
fn what_is_read_from_the_right_is_set_apart() {
    let svg = titled("مخيم وسجنان: كم طفلاً يبقى في المخيم حتى عام 2030؟").svg;
    let (_, from) = svg.split_once('\u{2068}').unwrap();
    let (inside, behind) = from.split_once('\u{2069}').unwrap();
    assert!(inside.starts_with("مخيم") && inside.ends_with('؟'), "{inside}");
    assert!(!behind.trim_start().starts_with('.'), "a full stop behind a question mark");
    let svg = titled("مخيم").svg;
    assert!(svg.contains("\u{2068}مخيم\u{2069}."), "the sentence's own full stop stands outside");
}

#[test]
fn no_full_stop_follows_the_end_of_a_sentence_of_any_script() {
    for ended in ["كم؟", "多少人？", "多少人。", "कितने।", "ስንት፧", "How many?", "“How many?”", "And…"]
    {
        let svg = titled(ended).svg;
        assert!(
            !svg.contains(&format!("{ended}.")) && !svg.contains(&format!("{ended}\u{2069}.")),
            "{ended}"
        );
    }
    assert!(titled("A camp").svg.contains("A camp."));
}
