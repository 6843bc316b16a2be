//! The instructions that the lanes work with.

use std::fmt;
use std::str::FromStr;

/// A set of vector instructions that this machine has. Results are the same with any.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InstructionLevel(LevelKind);

/// Made by [`InstructionLevel`] only, where the machine has the instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LevelKind {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// No such level, or not on this machine.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownLevel {
    /// A name that is none.
    #[error("`{0}` is no set of instructions: write plain, avx2 or avx512")]
    Name(String),
    /// The machine has not got it.
    #[error("this machine has no {0}: leave the option out, and the best that it has is taken")]
    Missing(&'static str),
}

impl InstructionLevel {
    /// What every machine of this architecture has.
    pub const PLAIN: InstructionLevel = InstructionLevel(LevelKind::Plain);

    /// The best that this machine has.
    pub fn best() -> InstructionLevel {
        InstructionLevel::all().last().copied().unwrap_or(InstructionLevel::PLAIN)
    }

    /// All that this machine has, the narrowest first.
    pub fn all() -> Vec<InstructionLevel> {
        #[cfg(target_arch = "x86_64")]
        let wider = [(has_avx2(), LevelKind::Avx2), (has_avx2() && has_avx512(), LevelKind::Avx512)];
        #[cfg(not(target_arch = "x86_64"))]
        let wider: [(bool, LevelKind); 0] = [];
        let wider = wider.into_iter().filter(|(has, _)| *has).map(|(_, kind)| InstructionLevel(kind));
        std::iter::once(InstructionLevel::PLAIN).chain(wider).collect()
    }

    /// The name that [`from_str`](FromStr::from_str) reads.
    pub fn name(self) -> &'static str {
        match self.0 {
            LevelKind::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            LevelKind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            LevelKind::Avx512 => "avx512",
        }
    }

    pub(crate) fn kind(self) -> LevelKind {
        self.0
    }
}

impl fmt::Debug for InstructionLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for InstructionLevel {
    type Err = UnknownLevel;

    fn from_str(name: &str) -> Result<InstructionLevel, UnknownLevel> {
        if let Some(level) = InstructionLevel::all().into_iter().find(|level| level.name() == name) {
            return Ok(level);
        }
        match name {
            "avx2" => Err(UnknownLevel::Missing("AVX2")),
            "avx512" => Err(UnknownLevel::Missing("AVX-512")),
            _ => Err(UnknownLevel::Name(name.into())),
        }
    }
}

/// A function in one version for each level, as a method of [`InstructionLevel`] that chooses.
///
/// `= f, g` is of loops that the compiler makes vectors of: the first for wide registers, the second for
/// those that every machine has. `= f in vectors` is of a function over a [`Vector`](crate::random::lanes::Vector). All are
/// `#[inline(always)]`, and so is what takes time in them.
macro_rules! levels {
    ($(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $answer:ty)? = $work:ident in vectors) => {
        levels! {
            @ $(#[$about])* $visible fn $name($($argument: $type),*) $(-> $answer)? =
            $work::<$crate::random::lanes::Plain>,
            $work::<$crate::random::lanes::Avx2>,
            $work::<$crate::random::lanes::Avx512>
        }
    };
    ($(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $answer:ty)? = $fused:expr, $plain:expr) => {
        levels! {
            @ $(#[$about])* $visible fn $name($($argument: $type),*) $(-> $answer)? =
            $plain,
            $fused,
            $fused
        }
    };
    (@ $(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),*) $(-> $answer:ty)? = $plain:expr, $avx2:expr, $avx512:expr) => {
        impl $crate::random::lanes::InstructionLevel {
            $(#[$about])*
            $visible fn $name(self, $($argument: $type),*) $(-> $answer)? {
                use $crate::random::lanes::LevelKind;
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($argument: $type),*) $(-> $answer)? {
                    $avx2($($argument),*)
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
                fn avx512($($argument: $type),*) $(-> $answer)? {
                    $avx512($($argument),*)
                }
                match self.kind() {
                    LevelKind::Plain => $plain($($argument),*),
                    #[cfg(target_arch = "x86_64")]
                    // SAFETY: a level exists only where the machine was found to have its instructions.
                    #[allow(unsafe_code)]
                    LevelKind::Avx2 => unsafe { avx2($($argument),*) },
                    #[cfg(target_arch = "x86_64")]
                    // SAFETY: as above.
                    #[allow(unsafe_code)]
                    LevelKind::Avx512 => unsafe { avx512($($argument),*) },
                }
            }
        }
    };
}
pub(crate) use levels;

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_names() {
        for level in InstructionLevel::all() {
            assert_eq!(level.name().parse(), Ok(level));
        }
        assert_eq!("sse9".parse::<InstructionLevel>(), Err(UnknownLevel::Name("sse9".into())));
    }
}
