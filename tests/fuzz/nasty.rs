//! Values that people and programs do not expect.

use toml::Value;

use crate::chance::Chance;

const INTEGERS: [i64; 18] = [
    0,
    1,
    -1,
    2,
    3,
    7,
    12,
    50,
    100,
    1_000,
    65_536,
    1_000_000,
    1_000_000_000,
    9_007_199_254_740_993,
    1_000_000_000_000_000,
    i64::MAX,
    i64::MIN,
    -1_000,
];

const FLOATS: [f64; 22] = [
    0.0,
    -0.0,
    1e-320,
    1e-300,
    1e-12,
    1e-6,
    0.05,
    0.1,
    0.5,
    0.999_999_999,
    1.0,
    1.5,
    3.0,
    100.0,
    1e5,
    1e9,
    1e15,
    1e300,
    f64::MAX,
    f64::NAN,
    f64::INFINITY,
    -1e-9,
];

const TEXTS: [&str; 74] = [
    "",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{9b}2J",
    "\u{7f}",
    "\u{202e}desrever\u{202c}",
    "\u{2066}x\u{2069}",
    "\u{feff}",
    "\u{fffd}",
    "مرحبا",
    "你好",
    "e\u{301}\u{301}\u{301}",
    "👨‍👩‍👧‍👦",
    "../../../etc/passwd",
    "/dev/zero",
    "/dev/null",
    "/proc/self/environ",
    "C:\\Users\\a\\b.csv",
    "\\\\host\\share",
    "..",
    ".",
    "/",
    "con",
    "=1+1",
    "+1",
    "-1",
    "@x",
    "a,b;c\"d'e",
    "%s%n",
    "{}",
    "nan",
    "NaN",
    "inf",
    "1e400",
    "4,000",
    "0,15",
    "1.5.2",
    "0x10",
    "1 +",
    "((((",
    "1 / 0",
    "0 / 0",
    "exp(exp(exp(9)))",
    "log(0)",
    "-1e308 * 10",
    "1 2",
    "x = 1",
    "outside",
    "all",
    "all_held",
    "none",
    "value",
    "places",
    "places.",
    ".places",
    "a..b",
    "moves.*",
    "2025-02-30",
    "2025-13",
    "0000-01",
    "-0001-01",
    "9999-12-31",
    "99999-01",
    "2025-01-01T00:00",
    "0 months",
    "1 month",
    "19999 years",
    "4294967296 days",
    "-3 weeks",
    "every 3 months",
];

/// What may stand many times in a row, beside the signs of ASCII: blanks, marks of word processors, and pairs of signs of which
/// each asks for what follows the other.
const RUNS: [&str; 25] = [
    "\t", "\n", "\r\n", "\r", "\u{a0}", "\u{3000}", "“", "”", "„", "«", "»", "’", "é", "\u{2212}", "\\\"",
    "\"\"", ", ", "= ", "a = ", "% ", "[]", "{}", "][", "0,", "\"\n",
];

/// Tens of kilobytes of one sign, or of one pair: what goes through the rest of a line for each takes minutes.
fn run(chance: &mut Chance) -> String {
    let sign = if chance.percent(70) {
        char::from(b' ' + chance.below(95) as u8).to_string()
    } else {
        (*chance.one(&RUNS)).to_string()
    };
    let times = (20_000 + chance.below(60_000)) / sign.len();
    // Some readers only begin behind a word or a number, and some only look to where the run ends.
    let before = *chance.one(&["", "", "15", "x", "\"", "a = 15", "a = x", "a"]);
    let behind = *chance.one(&["", "", "x", "1", "\"", " "]);
    format!("{before}{}{behind}", sign.repeat(times))
}

/// Text that is long, strange or both.
pub fn text(chance: &mut Chance) -> String {
    match chance.below(20) {
        8 => run(chance),
        0 => "x".repeat(1 + chance.below(5_000)),
        1 => "a.".repeat(1 + chance.below(200)),
        2 => "(".repeat(1 + chance.below(3_000)),
        3 => "-".repeat(1 + chance.below(3_000)) + "1",
        4 => "1 + ".repeat(1 + chance.below(2_000)) + "1",
        5 => format!(
            "{} {}",
            chance.below(100_000),
            chance.one(&["days", "weeks", "months", "quarters", "years", "year"])
        ),
        6 => format!("{:04}-{:02}", 1990 + chance.below(80), 1 + chance.below(12)),
        7 => {
            format!("{:04}-{:02}-{:02}", 2020 + chance.below(15), 1 + chance.below(12), 1 + chance.below(31))
        }
        _ => (*chance.one(&TEXTS)).to_string(),
    }
}

/// Another length of time, or another date, than `text`.
pub fn time(text: &str, chance: &mut Chance) -> String {
    const COUNTS: [&str; 16] = [
        "0",
        "1",
        "2",
        "5",
        "13",
        "30",
        "100",
        "400",
        "5000",
        "19999",
        "100000",
        "2147483648",
        "4294967297",
        "18446744073709551616",
        "1.5",
        "-1",
    ];
    const UNITS: [&str; 6] = ["day", "days", "weeks", "months", "quarters", "years"];
    const DATES: [&str; 16] = [
        "0000-01",
        "0001-01-01",
        "1582-10-15",
        "1899-12-31",
        "1970-01-01",
        "2024-02-29",
        "2025-02-29",
        "2024-12-31",
        "2025-01-01",
        "2025-01-02",
        "2026-06-15",
        "2030-12-31",
        "2262-04-12",
        "9999-01",
        "9999-12-31",
        "10000-01",
    ];
    match text.split_once(' ') {
        Some((_, unit)) if chance.percent(60) => format!("{} {unit}", chance.one(&COUNTS)),
        Some(_) => format!("{} {}", chance.one(&COUNTS), chance.one(&UNITS)),
        None => (*chance.one(&DATES)).to_string(),
    }
}

/// A number, most often an extreme one.
pub fn number(chance: &mut Chance) -> Value {
    if chance.percent(50) {
        Value::Integer(*chance.one(&INTEGERS))
    } else {
        Value::Float(*chance.one(&FLOATS))
    }
}

/// Anything.
pub fn value(chance: &mut Chance) -> Value {
    match chance.below(12) {
        0..3 => number(chance),
        3..6 => Value::String(text(chance)),
        6 => Value::Boolean(chance.percent(50)),
        7 => (*chance.one(&["2025-01-01", "9999-12-31", "0000-01-01", "1979-05-27T07:32:00Z", "07:32:00"]))
            .parse()
            .map_or(Value::Boolean(true), Value::Datetime),
        8 => Value::Array(Vec::new()),
        9 => Value::Table(toml::Table::new()),
        10 => {
            let item = Value::String(text(chance));
            Value::Array(vec![item; chance.below(4)])
        }
        _ => nested(chance),
    }
}

/// A value within a value within a value.
fn nested(chance: &mut Chance) -> Value {
    let mut value = number(chance);
    for _ in 0..1 + chance.below(70) {
        value = match chance.percent(50) {
            true => Value::Array(vec![value]),
            false => Value::Table([("value".to_string(), value)].into_iter().collect()),
        };
    }
    value
}

/// A number near another one.
pub fn near(value: &Value, chance: &mut Chance) -> Value {
    const FACTORS: [f64; 10] = [0.0, -1.0, 0.5, 2.0, 10.0, 0.1, 1e3, 1e-3, 1e6, 1e12];
    match value {
        Value::Integer(whole) if chance.percent(60) => {
            let by = *chance.one(&[-1, 1, 0, 2, 10, 1_000, 1_000_000]);
            Value::Integer(if by < 2 { whole.saturating_add(by) } else { whole.saturating_mul(by) })
        }
        Value::Integer(whole) => Value::Float(*whole as f64 * chance.one(&FACTORS)),
        Value::Float(number) => Value::Float(number * chance.one(&FACTORS)),
        other => other.clone(),
    }
}
