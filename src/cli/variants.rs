//! Which variants a run simulates, and with which one it compares them.

use std::collections::BTreeSet;

use super::failure::Failure;
use crate::ensemble::answer::BASELINE;
use crate::scenario::{ScenarioVariants, Variant, suggest};

/// The variants of a run: those that were asked for, in the order of the scenario.
#[derive(Debug)]
pub struct ChosenVariants<'w> {
    /// The variants.
    pub variants: Vec<&'w Variant>,
    /// The variant that the others are compared with: 0 is the baseline, 1 the first of the variants.
    pub against: usize,
}

/// What `--variants` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    #[default]
    All,
    /// None of them.
    None,
    /// These.
    Named(Vec<String>),
}

impl std::str::FromStr for Which {
    type Err = String;

    fn from_str(text: &str) -> Result<Which, String> {
        match text.trim() {
            "all" => Ok(Which::All),
            "none" => Ok(Which::None),
            names => {
                let names: Vec<String> = names.split(',').map(|name| name.trim().to_string()).collect();
                match names.iter().find(|name| ["", "all", "none"].contains(&name.as_str())) {
                    None => Ok(Which::Named(names)),
                    Some(word) if word.is_empty() => {
                        Err("write all, none, or the names of variants with commas".into())
                    }
                    Some(word) => Err(format!("`{word}` stands alone: no names of variants beside it")),
                }
            }
        }
    }
}

/// Chooses variants. That which the others are compared with is among them, asked for or not.
///
/// # Errors
/// Where a name is not that of a variant.
pub fn choose<'w>(
    scenario: &'w ScenarioVariants,
    which: &Which,
    against: Option<&str>,
) -> Result<ChosenVariants<'w>, Failure> {
    let against = against.filter(|name| *name != BASELINE);
    let mut names: BTreeSet<&str> = match which {
        Which::All => scenario.variants.iter().map(|variant| variant.name.as_str()).collect(),
        Which::None => BTreeSet::new(),
        // The baseline is always simulated.
        Which::Named(names) => names.iter().map(String::as_str).filter(|name| *name != BASELINE).collect(),
    };
    names.extend(against);
    for name in &names {
        if scenario.variant(name).is_none() {
            return Err(unknown(scenario, name));
        }
    }
    let variants: Vec<&Variant> =
        scenario.variants.iter().filter(|variant| names.contains(variant.name.as_str())).collect();
    let position = |name| variants.iter().position(|variant| variant.name == name).map(|index| index + 1);
    let against = against.and_then(position).unwrap_or(0);
    Ok(ChosenVariants { variants, against })
}

/// The failure of a name that is not that of a variant: with what was meant, or with all there are.
pub fn unknown(scenario: &ScenarioVariants, name: &str) -> Failure {
    let all: Vec<&str> = scenario.variants.iter().map(|variant| variant.name.as_str()).collect();
    let help = match all.as_slice() {
        [] => "the scenario has no variants".to_string(),
        _ => suggest(name, all, "variants"),
    };
    Failure::BadInput(format!("error: there is no variant `{name}`: {help}"))
}
