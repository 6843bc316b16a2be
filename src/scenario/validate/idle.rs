//! Changes of a variant that make no difference, or contradict each other.

use std::ops::Range;

use super::draft::Draft;
use super::stacks::{MadeChange, MadeOfParameter, overlap};
use crate::model::{Effect, Layer, Parameter, StayEffect, Window};
use crate::scenario::code::Code;
use crate::scenario::words::{number, shortened};

/// Why a change makes no difference.
enum Idle {
    /// It multiplies by 1.
    TimesOne,
    /// It multiplies what is 0.
    OfNothing,
    /// It sets what has this value already.
    SetTo(f64),
    /// Something sets the same afterwards, whenever it holds.
    Hidden(String),
}

/// A dated change, of numbers or of a parameter.
struct SeenChange {
    item: Option<usize>,
    effect: Effect,
    /// `None`: not on dates alone.
    window: Option<Window>,
    targets: Vec<usize>,
    /// Its amount, where that is a plain number.
    amount: Option<f64>,
    words: String,
    span: Range<usize>,
}

impl Draft<'_> {
    /// Says where a variant's change makes no difference, or contradicts another of the same variant. The changes are
    /// in the order in which they stack.
    pub(super) fn look_for_idle(&mut self, made: &[MadeChange], of_parameters: &[MadeOfParameter]) {
        if self.variant.changes.is_empty() {
            return;
        }
        let numbers: Vec<SeenChange> = made.iter().map(|made| self.seen(made)).collect();
        let before: Vec<Option<f64>> = (0..self.numbers.all().len()).map(|id| self.plain(id)).collect();
        self.look_among(&numbers, &before);
        let parameters: Vec<SeenChange> =
            of_parameters.iter().map(|made| self.seen_of_parameter(made)).collect();
        let constant = |parameter: &Parameter| {
            let given = parameter.distribution.is_none() && parameter.value.uses().is_empty();
            given.then(|| parameter.value.evaluate(&[]))
        };
        let before: Vec<Option<f64>> = self.parameters.iter().map(constant).collect();
        self.look_among(&parameters, &before);
        let one = |draft: &Self, effect: &StayEffect| match effect {
            StayEffect::Times(id) => draft.plain(*id) == Some(1.0),
            _ => false,
        };
        let stays: Vec<_> =
            self.stay_changes.iter().filter(|made| one(self, &made.change.effect)).cloned().collect();
        for made in stays {
            let Some(item) = made.item else { continue };
            self.idle(item, made.span, &Idle::TimesOne);
        }
    }

    fn seen(&self, made: &MadeChange) -> SeenChange {
        let window = match &made.change.layer {
            Layer::Variant { window } | Layer::Policy { window, .. } => Some(*window),
            _ => None,
        };
        SeenChange {
            item: made.item,
            effect: made.change.effect,
            window,
            targets: made.change.targets.clone(),
            amount: self.plain(made.change.amount),
            words: made.words.clone(),
            span: made.span.clone(),
        }
    }

    fn seen_of_parameter(&self, made: &MadeOfParameter) -> SeenChange {
        SeenChange {
            item: made.item,
            effect: made.change.effect,
            window: Some(made.change.window),
            targets: vec![made.change.parameter],
            amount: self.plain(made.change.amount),
            words: made.words.clone(),
            span: made.span.clone(),
        }
    }

    /// The value of a number that no parameter moves.
    fn plain(&self, id: usize) -> Option<f64> {
        let plain = self.numbers[id].value.uses().is_empty() && !self.numbers.is_broken(id);
        plain.then(|| self.now(id))
    }

    fn look_among(&mut self, seen: &[SeenChange], before: &[Option<f64>]) {
        for (i, one) in seen.iter().enumerate() {
            let Some(item) = one.item else { continue };
            if let Some(idle) = self.why_idle(seen, i, before) {
                self.idle(item, one.span.clone(), &idle);
            }
            let again = seen[..i].iter().find(|other| {
                one.effect == Effect::Set
                    && other.effect == Effect::Set
                    && other.words == one.words
                    && other.targets.iter().any(|target| one.targets.contains(target))
                    && meet(other, one)
            });
            if again.is_some() {
                let field = self.field_of(item);
                self.error(
                    Code::ChangedTwice.of(&field),
                    one.span.clone(),
                    format!("`{field}` is set twice for the same time"),
                    "set again",
                    "give each its dates with `from` and `until`, or take one of them out".into(),
                );
            }
        }
    }

    fn why_idle(&self, seen: &[SeenChange], i: usize, before: &[Option<f64>]) -> Option<Idle> {
        let one = &seen[i];
        let all = |value: f64| one.targets.iter().all(|target| before[*target] == Some(value));
        let touched = |other: &&SeenChange| other.targets.iter().any(|target| one.targets.contains(target));
        let first = !seen[..i].iter().any(|other| touched(&other) && meet(other, one));
        match (one.effect, one.amount) {
            (Effect::Times, Some(1.0)) => return Some(Idle::TimesOne),
            (Effect::Times, _) if first && all(0.0) => return Some(Idle::OfNothing),
            (Effect::Times, _) => return None,
            (Effect::Set, Some(amount)) if first && all(amount) => return Some(Idle::SetTo(amount)),
            (Effect::Set, _) => {}
        }
        let hides = |other: &&SeenChange| {
            other.effect == Effect::Set
                && one.targets.iter().all(|target| other.targets.contains(target))
                && other.words != one.words
                && covers(other, one)
        };
        seen[i + 1..].iter().find(hides).map(|other| Idle::Hidden(other.words.clone()))
    }

    fn idle(&mut self, item: usize, span: Range<usize>, idle: &Idle) {
        self.idle.push(item);
        let field = self.field_of(item);
        let (message, label, help) = match idle {
            Idle::TimesOne => (
                format!("this change of `{field}` makes no difference"),
                "multiplied by 1".to_string(),
                "write another number, or take the change out",
            ),
            Idle::OfNothing => (
                format!("this change of `{field}` makes no difference"),
                "0 stays 0, whatever multiplies it".to_string(),
                "write `set` instead of `times`, or take the change out",
            ),
            Idle::SetTo(value) => (
                format!("this change of `{field}` makes no difference"),
                format!("it is {} already", number(*value)),
                "write another number, or take the change out",
            ),
            Idle::Hidden(by) => (
                format!("{by} sets `{field}` after this, whenever this holds"),
                "never seen".to_string(),
                "take this out, give it dates of its own, or change what hides it",
            ),
        };
        self.warning(Code::NoEffect.of(&field), span, message, &label, help.into());
    }

    /// The field that one of the variant's items changes.
    fn field_of(&self, item: usize) -> String {
        let change = self.variant.changes.iter().find(|change| change.item == item);
        change.map(|change| shortened(&change.written.field)).unwrap_or_default()
    }
}

/// Whether two changes can hold at the same time.
fn meet(a: &SeenChange, b: &SeenChange) -> bool {
    match (&a.window, &b.window) {
        (Some(a), Some(b)) => overlap(a, b),
        _ => true,
    }
}

/// Whether `over` holds in full whenever `under` does.
fn covers(over: &SeenChange, under: &SeenChange) -> bool {
    let (Some(over), Some(under)) = (over.window, under.window) else { return false };
    let end = |window: Window| window.until.unwrap_or(u32::MAX);
    over.ramp == 0.0 && over.from <= under.from && end(over) >= end(under)
}
