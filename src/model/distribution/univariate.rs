//! What is known of a distribution over one number.

use rand::Rng as _;

use crate::random::{KeyedStream, Uniform};

/// A distribution over one number.
///
/// Where the rules are broken, a draw or a quantile is its centre, or not a number: such a distribution was refused when the
/// scenario was read.
pub trait Univariate {
    /// The rules that its numbers break.
    fn broken_rules(&self) -> Vec<BrokenRule>;

    /// Whether an `f64` can hold what is computed on the way to a quantile, of numbers that break no rule.
    fn is_computable(&self) -> bool {
        true
    }

    /// The value with probability `u` below it.
    fn quantile(&self, u: Uniform) -> f64;

    /// A value by the words of a stream, the draw of a replicate. By inversion, unless the file of the distribution says why
    /// another sampler is used.
    fn sample(&self, stream: &mut KeyedStream) -> f64 {
        self.quantile(Uniform(stream.next_u64()))
    }

    /// The distribution as a reader would say it, with its numbers as `number` writes them.
    fn words(&self, number: &dyn Fn(f64) -> String) -> String;

    /// How SALib describes it, or what it is where SALib has nothing like it.
    fn salib(&self, remainder: Remainder) -> Result<SalibFactor, &'static str>;

    /// One to test, with its mean and its standard deviation by their closed forms.
    #[cfg(test)]
    fn example() -> (Self, f64, f64)
    where
        Self: Sized;
}

/// A rule that a distribution does not follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenRule {
    /// The number to point at, by its name in a file.
    pub number: &'static str,
    /// What it must be.
    pub rule: &'static str,
}

/// What a range leaves of a distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Remainder {
    /// The lowest and the highest value that are left. Where nothing ends them, they are as far out as 2^-65 of the probability.
    pub ends: [f64; 2],
    /// Whether the distribution is left whole.
    pub is_whole: bool,
}

/// A factor as SALib describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct SalibFactor {
    /// What SALib calls the distribution.
    pub dist: &'static str,
    /// What SALib calls its bounds: two numbers or more, whose meaning depends on the distribution.
    pub bounds: Vec<f64>,
}

/// Of rules with whether they hold, the number to point at and the text: those that do not.
pub(super) fn broken<const N: usize>(rules: [(bool, &'static str, &'static str); N]) -> Vec<BrokenRule> {
    let broken = rules.into_iter().filter(|(holds, ..)| !holds);
    broken.map(|(_, number, rule)| BrokenRule { number, rule }).collect()
}

/// The numbers of a distribution by their names in a file, as they stand in its struct.
macro_rules! numbers {
    ($Kind:ident { $($number:ident),+ }) => {
        impl<N> $Kind<N> {
            /// Each number by its name, in order.
            pub fn numbers(&self) -> Vec<(&'static str, &N)> {
                vec![$((stringify!($number), &self.$number)),+]
            }

            /// The same distribution with its numbers in another form.
            pub fn map<M>(&self, form: impl Fn(&N) -> M) -> $Kind<M> {
                $Kind { $($number: form(&self.$number)),+ }
            }
        }
    };
}
pub(super) use numbers;
