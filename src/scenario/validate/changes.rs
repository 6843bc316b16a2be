//! Changes: what variants, policies, triggers, regimes and shocks do to numbers, in the order in which they stack.

use std::ops::Range;

use super::draft::Draft;
use super::limits::MOST_MECHANISMS;
use super::stacks::{MadeChange, MadeOfParameter};
use super::usual::OneOf;
use crate::model::{
    Change, Effect, Layer, NumberId, NumberKind, ParameterChange, Policy, StayEffect, Window,
};
use crate::scenario::address::{Acts, Meaning};
use crate::scenario::code::Code;
use crate::scenario::expression::{length_years, read_length};
use crate::scenario::file::change::PolicyChange;
use crate::scenario::file::date::{DateText, LengthText};
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::policy::WrittenPolicy;
use crate::scenario::file::trigger::WrittenTrigger;
use crate::scenario::located::Located;
use crate::units::TimeUnit;

/// What parameters may be set to and multiplied by: what a parameter may be is its own affair, and that of what uses it.
pub(super) const OF_PARAMETERS: NumberKind = NumberKind::Any;

/// A change as it is written, whatever it belongs to.
struct WrittenChange<'a> {
    address: String,
    /// What messages call its amount, where that is not its address.
    amount: Option<&'a str>,
    whole: Range<usize>,
    field: &'a Located<String>,
    set: Option<&'a Located<WrittenNumber>>,
    times: Option<&'a Located<WrittenNumber>>,
}

/// A change of a variant or of a policy, which may have dates.
pub(super) struct DatedChange<'a> {
    pub(super) address: String,
    /// What messages call its amount, where that is not its address.
    pub(super) amount: Option<&'a str>,
    pub(super) whole: Range<usize>,
    pub(super) change: &'a PolicyChange,
    pub(super) window: Window,
    pub(super) layer: Layer,
    /// Its own, or that of its policy.
    pub(super) ramp: Option<&'a Located<LengthText>>,
    pub(super) when: Option<&'a Located<WrittenTrigger>>,
    /// Whose it is, for messages.
    pub(super) words: String,
    /// Index among a variant's items.
    pub(super) item: Option<usize>,
}

/// What a change came to.
enum ChangeOutcome {
    Numbers(Vec<NumberId>, Effect, NumberId),
    Parameter(usize, Effect, NumberId),
}

impl From<(Vec<NumberId>, Effect, NumberId)> for ChangeOutcome {
    fn from((targets, effect, amount): (Vec<NumberId>, Effect, NumberId)) -> ChangeOutcome {
        ChangeOutcome::Numbers(targets, effect, amount)
    }
}

impl Draft<'_> {
    pub(super) fn policies(&mut self) -> Vec<Policy> {
        let file = self.file;
        let mut policies = Vec::new();
        for (key, written) in &file.policies {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("policies.{name}");
            let (from, until) = self.window(&address, written.from.as_ref(), written.until.as_ref());
            let when = self.trigger(&address, written);
            policies.push(Policy { name, label, when, from, until });
        }
        policies
    }

    /// Every change in the order in which they stack, and the changes of parameters.
    pub(super) fn changes(&mut self) -> (Vec<Change>, Vec<ParameterChange>) {
        let mut made = Vec::new();
        let mut of_parameters = Vec::new();
        self.by_policies(&mut made, &mut of_parameters);
        self.by_regimes(&mut made);
        self.by_shocks(&mut made);
        // Read last, so that a variant leaves every number where it is; it stacks first.
        self.by_variant(&mut made, &mut of_parameters);
        self.stay_changes.sort_by_key(|made| made.item.is_none());
        self.warn_of_stay_stacks();
        // Multiplications commute: by name, so that what is told apart and drawn does not depend on the order of the file.
        self.stay_changes.sort_by_cached_key(|made| match made.change.effect {
            StayEffect::Times(times) => (made.item.is_none(), Some(self.numbers[times].address.clone())),
            _ => (made.item.is_none(), None),
        });
        let n = made.len() + of_parameters.len() + self.stay_changes.len();
        let help = "change a parameter that many fields use, instead of each field";
        self.few_enough((n, "changes"), MOST_MECHANISMS, None, help);
        // Sets before multiplications, then variants, policies, triggers, regimes, aftermaths: the sort keeps the order of the
        // file within.
        made.sort_by_key(|made| (made.change.effect == Effect::Times, rank(&made.change.layer)));
        of_parameters.sort_by_key(|made| (made.change.effect == Effect::Times, made.item.is_none()));
        self.warn_of_stacks(&made);
        self.warn_of_parameter_stacks(&of_parameters);
        self.look_for_idle(&made, &of_parameters);
        (
            made.into_iter().map(|made| made.change).collect(),
            of_parameters.into_iter().map(|made| made.change).collect(),
        )
    }

    fn by_policies(&mut self, made: &mut Vec<MadeChange>, of_parameters: &mut Vec<MadeOfParameter>) {
        let file = self.file;
        for (policy, (key, written)) in file.policies.iter().enumerate() {
            for (i, change) in written.changes.iter().enumerate() {
                let window = self.policy_window(key, written, change);
                let kind = if written.when.is_some() { "trigger" } else { "policy" };
                let dated = DatedChange {
                    address: format!("policies.{}.changes.{i}", &***key),
                    amount: None,
                    whole: change.span(),
                    change,
                    window,
                    layer: match written.when {
                        Some(_) => Layer::Trigger { policy },
                        None => Layer::Policy { policy, window },
                    },
                    ramp: change.ramp.as_ref().or(written.ramp.as_ref()),
                    when: written.when.as_ref(),
                    words: format!("the {kind} `{}`", &***key),
                    item: None,
                };
                self.dated_change(&dated, made, of_parameters);
            }
        }
    }

    /// Reads a change of a variant or of a policy.
    pub(super) fn dated_change(
        &mut self,
        dated: &DatedChange,
        made: &mut Vec<MadeChange>,
        of_parameters: &mut Vec<MadeOfParameter>,
    ) {
        let field = &dated.change.field;
        if let Some(stay) = self.stay_named(field) {
            self.stay_change(dated, stay);
            return;
        }
        let Ok(set) = self.number_to_set(dated.change) else { return };
        let outcome = self.change(&WrittenChange {
            address: dated.address.clone(),
            amount: dated.amount,
            whole: dated.whole.clone(),
            field,
            set: set.as_ref(),
            times: dated.change.times.as_ref(),
        });
        let outcome = match (dated.when, outcome) {
            (Some(_), outcome) => self.only_numbers(outcome, field, "trigger").map(ChangeOutcome::from),
            (None, outcome) => outcome,
        };
        let (span, words, item) = (field.span(), dated.words.clone(), dated.item);
        match outcome {
            Some(ChangeOutcome::Numbers(targets, effect, amount)) => {
                let change = Change { targets, effect, amount, layer: dated.layer.clone() };
                made.push(MadeChange { change, span, words, item });
            }
            Some(ChangeOutcome::Parameter(parameter, effect, amount)) => {
                let throughout = dated.item.is_some() && self.is_throughout(dated.change, parameter);
                if !throughout {
                    self.warn_of_stays_that_use(parameter, field.span());
                }
                let change = ParameterChange { parameter, effect, amount, window: dated.window, throughout };
                of_parameters.push(MadeOfParameter { change, span, words, item });
            }
            None => {}
        }
    }

    fn by_regimes(&mut self, made: &mut Vec<MadeChange>) {
        let file = self.file;
        for (regime, (key, written)) in file.regimes.iter().enumerate() {
            for (state_name, within) in &written.within {
                // Unknown states have been reported.
                let state = written.states.iter().position(|state| **state == **state_name.get());
                for (i, change) in within.changes.iter().enumerate() {
                    let outcome = self.change(&WrittenChange {
                        address: format!("regimes.{}.in.{}.changes.{i}", &***key, &***state_name),
                        amount: None,
                        whole: change.span(),
                        field: &change.field,
                        set: change.set.as_ref(),
                        times: change.times.as_ref(),
                    });
                    let Some((targets, effect, amount)) = self.only_numbers(outcome, &change.field, "regime")
                    else {
                        continue;
                    };
                    let Some(state) = state else { continue };
                    made.push(MadeChange {
                        change: Change { targets, effect, amount, layer: Layer::Regime { regime, state } },
                        span: change.field.span(),
                        words: format!("the regime `{}` in `{}`", &***key, &***state_name),
                        item: None,
                    });
                }
            }
        }
    }

    fn by_shocks(&mut self, made: &mut Vec<MadeChange>) {
        let file = self.file;
        for (shock, (key, written)) in file.shocks.iter().enumerate() {
            for (i, change) in written.then.iter().enumerate() {
                let outcome = self.change(&WrittenChange {
                    address: format!("shocks.{}.then.{i}", &***key),
                    amount: None,
                    whole: change.span(),
                    field: &change.field,
                    set: change.set.as_ref(),
                    times: change.times.as_ref(),
                });
                let lasts = self.steps_of(&change.lasts);
                let Some((targets, effect, amount)) = self.only_numbers(outcome, &change.field, "shock")
                else {
                    continue;
                };
                let Some(lasts) = lasts else { continue };
                made.push(MadeChange {
                    change: Change { targets, effect, amount, layer: Layer::Aftermath { shock, lasts } },
                    span: change.field.span(),
                    words: format!("the aftermath of `{}`", &***key),
                    item: None,
                });
            }
        }
    }

    /// Reads a change: what it acts on, how, and by how much.
    fn change(&mut self, written: &WrittenChange) -> Option<ChangeOutcome> {
        let (effect, amount, word) = match (written.set, written.times) {
            (Some(amount), None) => (Effect::Set, amount, "set"),
            (None, Some(amount)) => (Effect::Times, amount, "times"),
            (set, times) => {
                let keys = [("set", set.map(Located::span)), ("times", times.map(Located::span))];
                let say = OneOf {
                    about: "",
                    none: ["this change does nothing", "add `set = ...` or `times = ...`"],
                    several: ["a change sets or multiplies, not both", "write one of them, or two changes"],
                };
                return self.not_one(written.whole.clone(), &keys, &say);
            }
        };
        let field = written.field;
        let acts = self.addresses.resolve(field, effect, field.span(), &|address| self.is_at(address));
        let acts = acts.map_err(|problem| self.report(problem)).ok();
        let address = written.amount.map_or_else(|| format!("{}.{word}", written.address), str::to_string);
        let id = match (&acts, effect) {
            (Some(Acts::On(numbers)), Effect::Set) => self.amount_to_set(address.clone(), amount, numbers),
            (Some(Acts::OnParameter(_)), _) => self.unnamed(address.clone(), OF_PARAMETERS, amount),
            _ => self.unnamed(address.clone(), NumberKind::Amount, amount),
        };
        if written.amount.is_none() {
            self.addresses.insert(address, Meaning::OfChange);
        }
        match acts? {
            Acts::On(numbers) => Some(ChangeOutcome::Numbers(numbers, effect, id)),
            Acts::OnParameter(name) => {
                let parameter = self.parameters.iter().position(|parameter| parameter.name == name)?;
                self.parameter_used[parameter] = true;
                Some(ChangeOutcome::Parameter(parameter, effect, id))
            }
        }
    }

    /// What numbers are set to: something that they may be, in their own unit where they are lengths of time.
    fn amount_to_set(
        &mut self,
        address: String,
        amount: &Located<WrittenNumber>,
        numbers: &[NumberId],
    ) -> NumberId {
        let kind = numbers.first().map_or(NumberKind::Amount, |id| self.numbers[*id].kind);
        let unit = numbers.first().and_then(|id| self.numbers.unit(*id));
        if let (Some(unit), WrittenNumber::Text(text)) = (unit, amount.get())
            && let Some(word) = text.split_whitespace().last()
            && let Some(written) = TimeUnit::from_name(word)
        {
            if written != unit {
                self.error(
                    Code::MixedUnits,
                    amount.span(),
                    format!("this is in {}s, the field in {}s", written.name(), unit.name()),
                    "another unit",
                    format!("write it in {}s", unit.name()),
                );
            }
            let value = read_length(amount, &self.parameter_names()).map(|(value, _)| value);
            return self.push(address, kind, value, amount);
        }
        self.unnamed(address, kind, amount)
    }

    /// A change by something that cannot change parameters.
    fn only_numbers(
        &mut self,
        outcome: Option<ChangeOutcome>,
        field: &Located<String>,
        what: &str,
    ) -> Option<(Vec<NumberId>, Effect, NumberId)> {
        match outcome? {
            ChangeOutcome::Numbers(targets, effect, amount)
                if !targets.iter().any(|target| self.is_of_wandering(*target)) =>
            {
                Some((targets, effect, amount))
            }
            ChangeOutcome::Numbers(..) | ChangeOutcome::Parameter(..) => {
                self.error(
                    Code::NotChangeable,
                    field.span(),
                    format!("a {what} cannot change a parameter"),
                    "only variants and policies without `when` can",
                    "name the fields that use it, or change it by a policy on dates".into(),
                );
                None
            }
        }
    }

    fn policy_window(&mut self, name: &str, policy: &WrittenPolicy, change: &PolicyChange) -> Window {
        let (from, until) = self.window(
            &format!("policies.{name}"),
            change.from.as_ref().or(policy.from.as_ref()),
            change.until.as_ref().or(policy.until.as_ref()),
        );
        let ramp = change.ramp.as_ref().or(policy.ramp.as_ref()).and_then(|ramp| self.ramp_of(ramp));
        Window { from, until, ramp: ramp.unwrap_or(0.0) }
    }

    /// The first step and the first step after, of a spell that ends after it has begun.
    pub(super) fn window(
        &mut self,
        what: &str,
        from: Option<&Located<DateText>>,
        until: Option<&Located<DateText>>,
    ) -> (u32, Option<u32>) {
        let first = from.map_or(Some(0), |from| self.boundary(what, from, false));
        let last = until.map(|until| self.boundary(what, until, true));
        // What begins at the very end never does, which is said.
        if let (Some(until), Some(first), Some(Some(last))) = (until, first, last)
            && first < self.calendar.steps()
        {
            self.ends_later(first, last, until.span());
        }
        (first.unwrap_or(0), last.flatten())
    }

    /// A length of time in steps, which need not be whole.
    pub(super) fn ramp_of(&mut self, written: &Located<LengthText>) -> Option<f64> {
        match length_years(written) {
            Ok(years) => Some(self.calendar.length_in_steps(years)),
            Err(problem) => {
                self.report(problem);
                None
            }
        }
    }

    /// A length of time in whole steps, at least one.
    pub(super) fn steps_of(&mut self, written: &Located<LengthText>) -> Option<u32> {
        match length_years(written) {
            Ok(years) => Some(self.calendar.steps_in(years)),
            Err(problem) => {
                self.report(problem);
                None
            }
        }
    }
}

/// The order of what brings changes about.
fn rank(layer: &Layer) -> u8 {
    match layer {
        Layer::Variant { .. } => 0,
        Layer::Policy { .. } => 1,
        Layer::Trigger { .. } => 2,
        Layer::Regime { .. } => 3,
        Layer::Aftermath { .. } => 4,
    }
}
