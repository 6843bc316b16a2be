//! Numbers with an address, and expressions over parameters.

use exmex::{BinOp, Express, FlatEx, MakeOperators, Operator};

use super::spelling::{Digits, spelt};

/// Index of a number in [`Model::numbers`](super::Model::numbers).
pub type NumberId = usize;

/// A number of the scenario that a mechanism uses and that a change can name.
#[derive(Clone, Debug)]
pub struct Number {
    /// The file's own words joined by dots: `"moves.review_release.rate.per_year"`.
    pub address: String,
    /// What values it may take.
    pub kind: NumberKind,
    /// Its value before any change, over the parameters.
    pub value: Expression,
}

impl Number {
    /// Its value before any change where the parameters have `parameters`, kept in its bounds.
    pub fn value_in(&self, parameters: &[f64]) -> f64 {
        self.kind.bound(self.value.evaluate(parameters))
    }
}

/// What a number stands for, and so what values it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// A rate, a count, seats, a capacity, a multiplier: 0 or more.
    Amount,
    /// A length of time: above 0.
    Duration,
    /// A share or probability: 0 to 1.
    Share,
}

impl NumberKind {
    /// Whether `value` is one that the number may take.
    pub fn allows(self, value: f64) -> bool {
        match self {
            NumberKind::Amount => value.is_finite() && value >= 0.0,
            NumberKind::Duration => value.is_finite() && value > 0.0,
            NumberKind::Share => (0.0..=1.0).contains(&value),
        }
    }

    /// The nearest allowed value: what a draw of a parameter, or changes that stack, can push a number to.
    pub fn bound(self, value: f64) -> f64 {
        let upper = if self == NumberKind::Share { 1.0 } else { f64::MAX };
        // A comparison that also turns "not a number" into 0.
        if value > 0.0 { value.min(upper) } else { 0.0 }
    }
}

/// A number as it was written: given, or computed from parameters.
#[derive(Clone, Debug)]
pub enum Expression {
    /// A number.
    Constant(f64),
    /// A formula over parameters.
    Formula(Box<Formula>),
}

impl Expression {
    /// Its value where the parameters have `parameters`, in the order of the names it was read with.
    pub fn evaluate(&self, parameters: &[f64]) -> f64 {
        match self {
            Expression::Constant(value) => *value,
            Expression::Formula(formula) => formula.evaluate(parameters),
        }
    }

    /// The parameters it refers to, by index.
    pub fn uses(&self) -> &[usize] {
        match self {
            Expression::Constant(_) => &[],
            Expression::Formula(formula) => &formula.uses,
        }
    }
}

/// What an expression may use.
#[derive(Clone, Debug)]
struct Operations;

impl MakeOperators<f64> for Operations {
    fn make<'a>() -> Vec<Operator<'a, f64>> {
        vec![
            Operator::make_bin("^", BinOp { apply: libm::pow, prio: 4, is_commutative: false }),
            Operator::make_bin("*", BinOp { apply: |a, b| a * b, prio: 2, is_commutative: true }),
            Operator::make_bin("/", BinOp { apply: |a, b| a / b, prio: 3, is_commutative: false }),
            Operator::make_bin_unary(
                "+",
                BinOp { apply: |a, b| a + b, prio: 0, is_commutative: true },
                |a| a,
            ),
            Operator::make_bin_unary(
                "-",
                BinOp { apply: |a, b| a - b, prio: 1, is_commutative: false },
                |a| -a,
            ),
            Operator::make_bin("min", BinOp { apply: f64::min, prio: 5, is_commutative: true }),
            Operator::make_bin("max", BinOp { apply: f64::max, prio: 5, is_commutative: true }),
            Operator::make_unary("exp", libm::exp),
            Operator::make_unary("ln", libm::log),
            Operator::make_unary("sqrt", f64::sqrt),
            Operator::make_unary("abs", f64::abs),
        ]
    }
}

/// The words that expressions keep for themselves: no parameter may have such a name.
pub const FUNCTIONS: [&str; 6] = ["min", "max", "exp", "ln", "sqrt", "abs"];

/// Longer expressions are refused: the parser's work and depth grow with them.
pub const LONGEST_FORMULA: usize = 500;
const DEEPEST_FORMULA: usize = 40;

/// A formula over parameters, read once and evaluated once per draw of the parameters.
///
/// `+ - * / ^ ( )` and the functions [`FUNCTIONS`]; mathematics by `libm`, the same on every machine. A sign binds
/// closer than a power: `-x ^ 2` is the square of `-x`.
#[derive(Clone)]
pub struct Formula {
    text: String,
    /// The parameters used, by index, in the order that the expression wants them.
    uses: Vec<usize>,
    tree: FlatEx<f64, Operations, Digits>,
}

impl std::fmt::Debug for Formula {
    /// As it was written: the parsed tree holds addresses of functions, which differ from run to run.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Formula").field("text", &self.text).field("uses", &self.uses).finish()
    }
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
    /// Longer or more deeply nested than is read.
    #[error("longer than {LONGEST_FORMULA} characters or nested deeper than {DEEPEST_FORMULA}")]
    TooLong,
}

impl Formula {
    /// Reads `text` over parameters called `names`.
    ///
    /// # Errors
    /// When it is no expression, is too long or names something that is not in `names`.
    pub fn parse(text: &str, names: &[&str]) -> Result<Formula, FormulaError> {
        // A run of signs nests as deeply as brackets do.
        let nested = text.chars().filter(|c| "([{+-".contains(*c)).count();
        if text.len() > LONGEST_FORMULA || nested > DEEPEST_FORMULA {
            return Err(FormulaError::TooLong);
        }
        let tree = FlatEx::<f64, Operations, Digits>::parse(&spelt(text))
            .map_err(|error| FormulaError::Syntax(error.msg().to_string()))?;
        let uses = tree
            .var_names()
            .iter()
            .map(|name| {
                names
                    .iter()
                    .position(|known| known == name)
                    .ok_or_else(|| FormulaError::UnknownName(name.clone()))
            })
            .collect::<Result<_, _>>()?;
        Ok(Formula { text: text.to_string(), uses, tree })
    }

    /// The formula as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its value; not a number where the arithmetic has none (0/0).
    pub fn evaluate(&self, parameters: &[f64]) -> f64 {
        let values: Vec<f64> = self.uses.iter().map(|index| parameters[*index]).collect();
        // `eval` fails only on a wrong number of values, and `uses` has one for each name.
        self.tree.eval(&values).unwrap_or(f64::NAN)
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
        assert_eq!(value("-will ^ 2"), 4.0);
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
        assert_eq!(value("2 * -min(1, x) ^ 2 + exp(max(0, ln(1)))"), 3.0);
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
        ] {
            assert!(matches!(Formula::parse(wrong, &names), Err(FormulaError::Syntax(_))), "{wrong}");
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

    const PIECES: [&str; 22] = [
        "x", "min_x", "min", "max", "exp", "sqrt", "(", "(", ")", ")", ",", "+", "-", "*", "/", "^", " ",
        "1", "2.5", "1e", "e3", ".",
    ];

    #[test]
    fn numbers_are_kept_in_their_bounds() {
        assert_eq!(NumberKind::Share.bound(1.4), 1.0);
        assert_eq!(NumberKind::Amount.bound(-3.0), 0.0);
        assert_eq!(NumberKind::Amount.bound(f64::NAN), 0.0);
    }
}
