//! Formulas over parameters, in mathematics' usual order.
//!
//! From the loosest to the closest: `+` and `-` between values, `*` and `/`, a sign, a power, a function or brackets. Powers are
//! taken from the right, everything else from the left: `-2^2` is -4, `2^3^2` is 512, `2^-1` is 0.5.

mod reader;

/// The words that formulas keep for themselves: no parameter may have such a name.
pub const FUNCTIONS: [&str; 6] = ["min", "max", "exp", "ln", "sqrt", "abs"];

/// Longer formulas are refused: the depth of the work grows with them.
const LONGEST_FORMULA: usize = 500;
const DEEPEST_FORMULA: usize = 40;

/// A formula over parameters, read once and evaluated once per draw of the parameters.
///
/// `+ - * / ^ ( )` and the functions [`FUNCTIONS`]; mathematics by `libm`, the same on every machine.
#[derive(Clone)]
pub struct Formula {
    text: String,
    /// The parameters used, by index, each once, in the order of the text.
    uses: Vec<usize>,
    /// What is done, values before the operation that takes them.
    steps: Vec<Step>,
}

impl std::fmt::Debug for Formula {
    /// As it was written: what is done holds addresses of functions, which differ from run to run.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Formula").field("text", &self.text).field("uses", &self.uses).finish()
    }
}

/// Puts a value on the pile, or takes those on top and puts one back.
#[derive(Clone, Copy)]
enum Step {
    Number(f64),
    Parameter(usize),
    Of1(fn(f64) -> f64),
    Of2(fn(f64, f64) -> f64),
}

/// Why a formula could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// A name that is no parameter.
    #[error("no parameter `{0}`")]
    UnknownName(String),
    /// Not an expression.
    #[error("not an expression: {0}")]
    Syntax(String),
    /// A function without brackets.
    #[error("not an expression: expected `(` after `{0}`")]
    NoBracket(String),
    /// Longer or more deeply nested than is read.
    #[error("longer than {LONGEST_FORMULA} characters or nested deeper than {DEEPEST_FORMULA}")]
    TooLong,
}

impl Formula {
    /// The formula as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parameters that it uses, by index.
    pub fn uses(&self) -> &[usize] {
        &self.uses
    }

    /// Its value; not a number where the arithmetic has none (0/0).
    pub fn evaluate(&self, parameters: &[f64]) -> f64 {
        let mut pile: Vec<f64> = Vec::with_capacity(self.steps.len());
        // The reader puts values before what takes them, so the pile is never too small.
        let take = |pile: &mut Vec<f64>| pile.pop().unwrap_or(f64::NAN);
        for step in &self.steps {
            let value = match step {
                Step::Number(value) => *value,
                Step::Parameter(index) => parameters[*index],
                Step::Of1(of) => of(take(&mut pile)),
                Step::Of2(of) => {
                    let (right, left) = (take(&mut pile), take(&mut pile));
                    of(left, right)
                }
            };
            pile.push(value);
        }
        take(&mut pile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_arithmetic_over_names() {
        let names = ["will", "scale"];
        let value = |text: &str| Formula::parse(text, &names).unwrap().evaluate(&[2.0, 10.0]);
        assert_eq!(value("6 * will + scale / 4 - 1"), 13.5);
        assert_eq!(value("2 - 1 - 1"), 0.0);
        assert_eq!(value("8 / 2 / 2"), 2.0);
        assert_eq!(value("-will ^ 2"), -4.0);
        assert_eq!(value("(-will) ^ 2"), 4.0);
        assert_eq!(value("2 ^ 3 ^ will"), 512.0);
        assert_eq!(value("2 ^ -1 * -will"), -1.0);
        assert_eq!(value("-(will + 1 + 1)"), -4.0);
        assert_eq!(value("min(will, 1) + max(will, 3)"), 4.0);
        assert_eq!(value("exp(0) + ln(1) + sqrt(4) + abs(-1)"), 4.0);
        assert_eq!(value("1e-3 * scale + 2.5E1 + .5e+1"), 30.01);
    }

    #[test]
    fn min_and_max_may_be_within_each_other_and_of_many() {
        let names = ["x", "min_x"];
        let value = |text: &str| Formula::parse(text, &names).unwrap().evaluate(&[3.0, 10.0]);
        assert_eq!(value("max(0, min(1, x)) * 2"), 2.0);
        assert_eq!(value("max(min(x, 5), min(min_x, 2) + 1) - 1"), 2.0);
        assert_eq!(value("min (8, (x + 1) * 2, min_x)"), 8.0);
        assert_eq!(value("2 * -min(1, x) ^ 2 + exp(max(0, ln(1)))"), -1.0);
        for wrong in [
            "min()",
            "min(,1)",
            "min(1,)",
            "min(1)",
            "sqrt(1, 2)",
            "(1, 2)",
            "min(1, 2",
            "1, 2",
            "1.2.3",
            "2 x",
            "2 ^",
            "* 2",
            "sqrt 2",
            "x(2)",
        ] {
            assert!(
                matches!(
                    Formula::parse(wrong, &names),
                    Err(FormulaError::Syntax(_) | FormulaError::NoBracket(_))
                ),
                "{wrong}"
            );
        }
    }

    #[test]
    fn names_may_begin_as_functions_do() {
        let names = ["min_x", "maximum", "e1", "exp2", "abs_"];
        let value = |text: &str| Formula::parse(text, &names).unwrap().evaluate(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(value("min_x + maximum * e1 - exp2 / abs_ + 2e1"), 26.2);
    }

    #[test]
    fn unknown_names_and_noise_are_refused() {
        assert_eq!(
            Formula::parse("2 * wil", &["will"]).unwrap_err(),
            FormulaError::UnknownName("wil".into())
        );
        assert!(matches!(Formula::parse("2 *", &[]), Err(FormulaError::Syntax(_))));
        assert!(matches!(Formula::parse("", &[]), Err(FormulaError::Syntax(_))));
        assert_eq!(Formula::parse(&"(".repeat(400), &[]).unwrap_err(), FormulaError::TooLong);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn nonsense_is_refused_and_sense_is_read(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14)
        ) {
            if let Ok(formula) = Formula::parse(&pieces.concat(), &["x", "min_x"]) {
                formula.evaluate(&[2.0, 3.0]);
            }
        }
    }

    /// What a formula comes to, by another hand: precedence climbing over its characters, without brackets or a library. And
    /// whether every number on the way is of an ordinary size, so that the order of a row of products does not matter.
    struct ReferenceFormula<'t>(&'t [u8], bool);

    impl ReferenceFormula<'_> {
        fn peek(&mut self) -> u8 {
            while let [b' ', rest @ ..] = self.0 {
                self.0 = rest;
            }
            self.0.first().copied().unwrap_or(0)
        }

        fn next(&mut self) -> u8 {
            let next = self.peek();
            self.0 = &self.0[1..];
            next
        }

        /// What binds at least so closely: 1 sums, 2 products, 3 signs, 4 powers.
        fn climb(&mut self, least: u8) -> f64 {
            let mut left = match self.peek() {
                b'-' => {
                    self.next();
                    -self.climb(3)
                }
                b'+' => {
                    self.next();
                    self.climb(3)
                }
                b'(' => {
                    self.next();
                    let inside = self.climb(1);
                    assert_eq!(self.next(), b')');
                    inside
                }
                b'x' => {
                    self.next();
                    1.5
                }
                _ => f64::from(self.next() - b'0'),
            };
            loop {
                let operator = self.peek();
                let (binds, right) = match operator {
                    b'+' | b'-' => (1, 2),
                    b'*' | b'/' => (2, 3),
                    b'^' => (4, 3),
                    _ => return left,
                };
                if binds < least {
                    return left;
                }
                self.next();
                // What follows a power may have a sign, and a power of its own.
                let next = self.climb(right);
                left = match operator {
                    b'+' => left + next,
                    b'-' => left - next,
                    b'*' => left * next,
                    b'/' => left / next,
                    _ => libm::pow(left, next),
                };
                self.1 &= left == 0.0 || (1e-4..=1e6).contains(&left.abs());
            }
        }
    }

    /// A formula without regard to what binds how: values with operators between them, signs before some, brackets around others.
    fn written() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(&["1", "2", "3", "x"][..]).prop_map(String::from);
        leaf.prop_recursive(3, 24, 4, |inner| {
            let value = (prop::sample::select(&["", "", "-", "+"][..]), prop::bool::ANY, inner).prop_map(
                |(sign, brackets, text)| {
                    if brackets { format!("{sign}({text})") } else { format!("{sign}{text}") }
                },
            );
            let operator = prop::sample::select(&[" + ", " - ", "*", "/", "^", " ^ "][..]);
            prop::collection::vec((value, operator), 1..4).prop_map(|parts| {
                let mut text = String::new();
                for (position, (value, operator)) in parts.iter().enumerate() {
                    text += value;
                    text += if position + 1 < parts.len() { operator } else { "" };
                }
                text
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]
        #[test]
        fn formulas_are_in_mathematics_usual_order(text in written()) {
            match Formula::parse(&text, &["x"]) {
                Err(FormulaError::TooLong) => {}
                read => {
                    let found = read.unwrap().evaluate(&[1.5]);
                    let mut reference = ReferenceFormula(text.as_bytes(), true);
                    let known = reference.climb(1);
                    prop_assert!(
                        !reference.1 || (found - known).abs() <= 1e-9 * (1.0 + known.abs()),
                        "{text}: {found} for {known}"
                    );
                }
            }
        }
    }

    const PIECES: [&str; 22] = [
        "x", "min_x", "min", "max", "exp", "sqrt", "(", "(", ")", ")", ",", "+", "-", "*", "/", "^", " ",
        "1", "2.5", "1e", "e3", ".",
    ];
}
