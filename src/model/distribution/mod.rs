//! Distributions that a parameter may be drawn from: one a file, and the one list of them.
//!
//! A file has the numbers of its distribution as people write them, the rules that they follow, the quantile, and what others
//! call it. To add one, write its file and a line in `every_distribution`: the compiler names what [`Univariate`] still wants,
//! and the checks of this file look at its example. The scenario file, studies, tables and packages read the list.

pub mod beta;
pub mod gamma;
pub mod lognormal;
pub mod normal;
pub mod triangular;
pub mod uniform;
mod univariate;

#[cfg(test)]
mod checks;

use crate::random::{KeyedStream, Uniform};

pub use univariate::{BrokenRule, Remainder, SalibFactor, Univariate};

/// The list: what each distribution is called in a file and what is said of it there, in the order in which messages and the
/// schema name them. It is handed to a macro that makes of each line what its place needs.
macro_rules! every_distribution {
    ($make:ident) => {
        $make! {
            /// Normal.
            normal: NormalDistribution,
            /// Lognormal: the logarithm is normal.
            lognormal: LognormalDistribution,
            /// Every value between two ends alike.
            uniform: UniformDistribution,
            /// Rising to a mode and falling from it.
            triangular: TriangularDistribution,
            /// Beta, between 0 and 1.
            beta: BetaDistribution,
            /// Gamma, above 0.
            gamma: GammaDistribution,
        }
    };
}
pub(crate) use every_distribution;

macro_rules! distributions {
    ($($(#[$about:meta])+ $name:ident: $Kind:ident,)+) => {
        /// A distribution over one number, of any kind.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum Distribution {
            $($(#[$about])+ $Kind($name::$Kind),)+
        }

        $(impl From<$name::$Kind> for Distribution {
            fn from(distribution: $name::$Kind) -> Self {
                Distribution::$Kind(distribution)
            }
        })+

        impl Distribution {
            /// What they are called in a file, in order.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// What it is called in a file.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Distribution::$Kind(_) => stringify!($name),)+
                }
            }

            /// Its numbers with their names in a file, in order.
            pub fn numbers(&self) -> Vec<(&'static str, f64)> {
                match self {
                    $(Distribution::$Kind(kind) => {
                        kind.numbers().into_iter().map(|(name, number)| (name, *number)).collect()
                    })+
                }
            }

            fn kind(&self) -> &dyn Univariate {
                match self {
                    $(Distribution::$Kind(kind) => kind,)+
                }
            }

            /// One of each kind, with its mean and its standard deviation.
            #[cfg(test)]
            pub(crate) fn examples() -> Vec<(Distribution, f64, f64)> {
                vec![$({
                    let (kind, mean, sd) = $name::$Kind::example();
                    (Distribution::$Kind(kind), mean, sd)
                }),+]
            }
        }
    };
}
every_distribution!(distributions);

impl Distribution {
    /// The rules that its numbers break.
    pub fn broken_rules(&self) -> Vec<BrokenRule> {
        self.kind().broken_rules()
    }

    /// Whether there is such a distribution, and an `f64` can hold what is computed of it.
    pub fn exists(&self) -> bool {
        let finite = self.numbers().iter().all(|(_, number)| number.is_finite());
        finite && self.broken_rules().is_empty() && self.kind().is_computable()
    }

    /// The value with probability `u` below it.
    pub fn quantile(&self, u: Uniform) -> f64 {
        self.kind().quantile(u)
    }

    /// A value by the words of a stream: the draw of a replicate.
    pub fn sample(&self, stream: &mut KeyedStream) -> f64 {
        self.kind().sample(stream)
    }

    /// The distribution as a reader would say it, with its numbers as `number` writes them.
    pub fn words(&self, number: &dyn Fn(f64) -> String) -> String {
        self.kind().words(number)
    }

    /// What is left of it as SALib describes it.
    ///
    /// # Errors
    /// What it is, where SALib has nothing like it.
    pub fn salib(&self, remainder: Remainder) -> Result<SalibFactor, &'static str> {
        self.kind().salib(remainder)
    }
}
