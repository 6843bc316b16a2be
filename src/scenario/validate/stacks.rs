//! Changes that meet at one number: the order in which they stack, for people to see.

use std::collections::BTreeMap;
use std::ops::Range;

use super::draft::Draft;
use crate::model::{Change, Effect, Layer, NumberId, ParameterChange, Window};
use crate::scenario::words::{list, number};

/// A change that was read, with what messages say of it.
pub(super) struct Made {
    pub(super) change: Change,
    pub(super) span: Range<usize>,
    pub(super) words: String,
}

impl Draft<'_> {
    /// Warns where several changes meet at one number and their order matters.
    pub(super) fn warn_of_stacks(&mut self, made: &[Made]) {
        // For each number the changes that act on it, itself or by its factor.
        let mut acting: BTreeMap<NumberId, Vec<usize>> = Default::default();
        for (i, made) in made.iter().enumerate() {
            for target in &made.change.targets {
                let through = self.written_of.get(target).map_or(&[][..], Vec::as_slice);
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
            let mut steps: Vec<String> = Vec::new();
            for i in involved.iter().take(8) {
                let effect = if made[*i].change.effect == Effect::Set { "set" } else { "multiplied" };
                let amount = number(self.now(made[*i].change.amount));
                let by = if effect == "set" { "to" } else { "by" };
                steps.push(format!("{effect} {by} {amount} ({})", made[*i].words));
            }
            let address = self.numbers[id].address.clone();
            let span = involved.iter().map(|i| made[*i].span.clone()).max_by_key(|span| span.start);
            self.warning(
                span.unwrap_or(0..0),
                format!("several changes meet at `{address}`"),
                "changed elsewhere too",
                format!("where they meet, it is {}", steps.join(", then ")),
            );
            said.push(involved);
        }
    }

    pub(super) fn warn_of_parameter_stacks(&mut self, made: &[(ParameterChange, Range<usize>)]) {
        for (i, (change, span)) in made.iter().enumerate() {
            let meets = |other: &&(ParameterChange, Range<usize>)| {
                other.0.parameter == change.parameter && overlap(&other.0.window, &change.window)
            };
            let before: Vec<_> = made[..i].iter().filter(meets).collect();
            if before.iter().any(|(other, _)| other.effect == Effect::Set) {
                let name = self.parameters[change.parameter].name.clone();
                let words =
                    before.iter().map(|(other, _)| other).chain([change]).map(|change| match change.effect {
                        Effect::Set => "set",
                        Effect::Times => "times",
                    });
                let order = list(words, 8);
                self.warning(
                    span.clone(),
                    format!("several changes meet at the parameter `{name}`"),
                    "changed elsewhere too",
                    format!("where they meet they are taken in this order: {order}"),
                );
            }
        }
    }
}

/// Whether two changes can hold at the same time.
fn may_meet(a: &Layer, b: &Layer) -> bool {
    match (a, b) {
        (Layer::Policy { window: a, .. }, Layer::Policy { window: b, .. }) => overlap(a, b),
        (Layer::Regime { regime: a, state: in_a }, Layer::Regime { regime: b, state: in_b }) => {
            a != b || in_a == in_b
        }
        _ => true,
    }
}

fn overlap(a: &Window, b: &Window) -> bool {
    let ends = |window: &Window| window.until.unwrap_or(u32::MAX);
    a.from < ends(b) && b.from < ends(a)
}
