//! Words for people, the same in messages, sentences and charts: numbers with thousands separated, numbers of things, lists.

#[cfg(any(feature = "cli", feature = "study"))]
mod shell;

#[cfg(any(feature = "cli", feature = "study"))]
pub use shell::{Shell, shell_word};

/// To the nearest whole number, with thousands separated: `"12,345"`.
pub fn thousands(number: f64) -> String {
    decimals(number, 0)
}

/// With so many digits after the point and thousands separated before it: `"12,345.7"`.
pub fn decimals(number: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", number.abs());
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    // What rounds to 0 has no sign.
    let sign = if number < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { "-" } else { "" };
    format!("{sign}{}{fraction}", separated(whole))
}

/// A whole number, to the last digit, with thousands separated.
pub fn whole(number: u64) -> String {
    separated(&number.to_string())
}

/// Digits with a comma before every third from the end.
fn separated(digits: &str) -> String {
    let mut separated = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digit.is_ascii_digit() {
            separated.push(',');
        }
        separated.push(digit);
    }
    separated
}

/// A number of things: `"1 month"`, `"18 months"`.
pub fn count(number: u64, singular: &str) -> String {
    count_of(number, singular, &format!("{singular}s"))
}

/// A number of things whose plural is no mere `s`: `"1 box"`, `"2,000 boxes"`.
pub fn count_of(number: u64, singular: &str, plural: &str) -> String {
    format!("{} {}", whole(number), if number == 1 { singular } else { plural })
}

/// "a", "a and b", "a, b and c"; after `most` of them "and 4 more".
pub fn list(items: &[impl AsRef<str>], most: usize) -> String {
    let (shown, hidden) = items.split_at(items.len().min(most));
    list_and_more(shown, hidden.len())
}

/// The same of items of which `more` are not shown.
pub fn list_and_more(shown: &[impl AsRef<str>], more: usize) -> String {
    let joined = |items: &[_]| items.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ");
    match (shown, more) {
        ([], _) => String::new(),
        ([one], 0) => one.as_ref().to_string(),
        ([most @ .., last], 0) => format!("{} and {}", joined(most), last.as_ref()),
        (shown, more) => format!("{} and {more} more", joined(shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_separated_numbers() {
        for (number, text) in [
            (0.0, "0"),
            (-0.4, "0"),
            (999.4, "999"),
            (999.5, "1,000"),
            (1_234_567.0, "1,234,567"),
            (-1234.0, "-1,234"),
        ] {
            assert_eq!(thousands(number), text);
        }
        assert_eq!(decimals(1234.56, 1), "1,234.6");
        assert_eq!(decimals(-0.04, 1), "0.0");
        assert_eq!(thousands(f64::INFINITY), "inf");
        assert_eq!(whole(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn things_are_counted() {
        assert_eq!(count(1, "step"), "1 step");
        assert_eq!(count_of(1, "box", "boxes"), "1 box");
        assert_eq!(count_of(2000, "box", "boxes"), "2,000 boxes");
    }

    #[test]
    fn lists_end() {
        let items = ["a", "b", "c", "d"];
        assert_eq!(list(&items, 9), "a, b, c and d");
        assert_eq!(list(&items, 2), "a, b and 2 more");
        assert_eq!(list(&items[..1], 9), "a");
        assert_eq!(list(&items[..0], 9), "");
    }
}
