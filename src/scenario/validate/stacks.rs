//! Changes that meet at one number: the order in which they stack, for people to see.

use std::collections::BTreeMap;
use std::ops::Range;

use super::draft::Draft;
use crate::model::{Change, Effect, Layer, NumberId, ParameterChange, Window};
use crate::scenario::code::Code;
use crate::scenario::words::number;

/// A change that was read, with what messages say of it.
pub(super) struct MadeChange {
    pub(super) change: Change,
    pub(super) span: Range<usize>,
    pub(super) words: String,
    /// Index among a variant's items.
    pub(super) item: Option<usize>,
}

/// A change of a parameter that was read, with what messages say of it.
pub(super) struct MadeOfParameter {
    pub(super) change: ParameterChange,
    pub(super) span: Range<usize>,
    pub(super) words: String,
    /// Index among a variant's items.
    pub(super) item: Option<usize>,
}

impl Draft<'_> {
    /// Warns where several changes meet at one number and their order matters.
    pub(super) fn warn_of_stacks(&mut self, made: &[MadeChange]) {
        // For each number the changes that act on it, itself or by its factor.
        let mut acting: BTreeMap<NumberId, Vec<usize>> = Default::default();
        for (i, made) in made.iter().enumerate() {
            for target in &made.change.targets {
                let through = self.numbers.multiplied_by(*target);
                for number in std::iter::once(target).chain(through) {
                    acting.entry(*number).or_default().push(i);
                }
            }
        }
        let mut said: Vec<Vec<usize>> = Vec::new();
        for (id, indices) in acting {
            let meet =
                |a: &usize, b: &usize| a != b && may_meet(&made[*a].change.layer, &made[*b].change.layer);
            let involved: Vec<usize> =
                indices.iter().copied().filter(|a| indices.iter().any(|b| meet(a, b))).collect();
            let sets = involved.iter().any(|i| made[*i].change.effect == Effect::Set);
            if involved.len() < 2 || !sets || said.contains(&involved) {
                continue;
            }
            let involved_made = involved.iter().take(8).map(|i| &made[*i]);
            let steps: Vec<String> = involved_made
                .map(|made| self.step_of_stack(made.change.effect, made.change.amount, &made.words))
                .collect();
            let address = self.numbers[id].address.clone();
            let span = involved.iter().map(|i| made[*i].span.clone()).max_by_key(|span| span.start);
            self.warning(
                Code::ChangesMeet.of(&address),
                span.unwrap_or(0..0),
                format!("several changes meet at `{address}`"),
                "changed elsewhere too",
                format!("where they meet, it is {}", steps.join(", then ")),
            );
            said.push(involved);
        }
    }

    pub(super) fn warn_of_parameter_stacks(&mut self, made: &[MadeOfParameter]) {
        for (i, one) in made.iter().enumerate() {
            let meets = |other: &&MadeOfParameter| {
                other.change.parameter == one.change.parameter
                    && overlap(&other.change.window, &one.change.window)
            };
            let before: Vec<_> = made[..i].iter().filter(meets).collect();
            if before.iter().any(|other| other.change.effect == Effect::Set) {
                let name = self.parameters[one.change.parameter].name.clone();
                let steps: Vec<String> = before
                    .into_iter()
                    .chain([one])
                    .take(8)
                    .map(|made| self.step_of_stack(made.change.effect, made.change.amount, &made.words))
                    .collect();
                self.warning(
                    Code::ChangesMeet.of(&name),
                    one.span.clone(),
                    format!("several changes meet at the parameter `{name}`"),
                    "changed elsewhere too",
                    format!("where they meet, it is {}", steps.join(", then ")),
                );
            }
        }
    }

    /// "set to 3 (the policy `court`)".
    fn step_of_stack(&self, effect: Effect, amount: NumberId, words: &str) -> String {
        let how = if effect == Effect::Set { "set to" } else { "multiplied by" };
        format!("{how} {} ({words})", number(self.now(amount)))
    }
}

/// Whether two changes can hold at the same time.
fn may_meet(a: &Layer, b: &Layer) -> bool {
    let dates = |layer: &Layer| match layer {
        Layer::Variant { window } | Layer::Policy { window, .. } => Some(*window),
        _ => None,
    };
    if let (Some(a), Some(b)) = (dates(a), dates(b)) {
        return overlap(&a, &b);
    }
    match (a, b) {
        (Layer::Regime { regime: a, state: in_a }, Layer::Regime { regime: b, state: in_b }) => {
            a != b || in_a == in_b
        }
        _ => true,
    }
}

pub(super) fn overlap(a: &Window, b: &Window) -> bool {
    let ends = |window: &Window| window.until.unwrap_or(u32::MAX);
    a.from < ends(b) && b.from < ends(a)
}
