//! What variants and policies do to stays.

use std::ops::Range;

use super::changes::DatedChange;
use super::draft::Draft;
use super::made::MadeStayChange;
use super::usual::OneOf;
use crate::model::{NumberKind, StayChange, StayEffect, Window};
use crate::scenario::code::Code;
use crate::scenario::file::change::{AppliesTo, PolicyChange};
use crate::scenario::file::number::{NumberOr, WrittenNumber};
use crate::scenario::located::Located;
use crate::scenario::words::{number, shortened};

/// More changes of one stay than this are refused: each share of people doubles the lengths that are told apart.
const MOST_CHANGES: usize = 8;

impl Draft<'_> {
    /// The stay that a field names, and whether it names its minimum.
    pub(super) fn stay_named(&self, field: &str) -> Option<(usize, bool)> {
        let name = field.strip_prefix("stays.")?;
        let (name, minimum) = name.strip_suffix(".minimum").map_or((name, false), |name| (name, true));
        Some((self.file.stays.get_index_of(name)?, minimum))
    }

    /// Reads a variant's or a policy's change of a stay.
    pub(super) fn stay_change(&mut self, dated: &DatedChange, (stay, minimum): (usize, bool)) {
        let (address, written) = (dated.address.as_str(), dated.change);
        if let Some(ramp) = dated.ramp {
            self.error(
                Code::MisplacedKey,
                ramp.span(),
                "a length of stay changes at once".into(),
                "no ramp on a stay",
                "take `ramp` out, or write several changes with growing `share`".into(),
            );
        }
        if let Some(when) = dated.when {
            self.error(
                Code::MisplacedKey,
                when.span(),
                "a length of stay changes on dates only".into(),
                "a threshold cannot change it",
                "write `from` instead of `when`, or let the threshold change a rate".into(),
            );
        }
        let share = written
            .share
            .as_ref()
            .map(|share| self.unnamed(format!("{address}.share"), NumberKind::Share, share));
        let Some(effect) = self.stay_effect(dated, minimum) else { return };
        let everyone = written.applies_to.as_ref().is_some_and(|to| *to.get() == AppliesTo::Everyone);
        let words = match &effect {
            StayEffect::Length(_) => "set to another length".to_string(),
            StayEffect::Minimum(_) => "given another minimum".to_string(),
            StayEffect::Times(times) => format!("multiplied by {}", number(self.now(*times))),
        };
        let change = StayChange { effect, share, everyone, window: Window { ramp: 0.0, ..dated.window } };
        let words = format!("{words} ({})", dated.words);
        let span = written.field.span();
        self.stay_changes.push(MadeStayChange { stay, change, span, words, item: dated.item });
    }

    fn stay_effect(&mut self, dated: &DatedChange, minimum: bool) -> Option<StayEffect> {
        let (address, written) = (dated.address.as_str(), dated.change);
        let called = |word: &str| dated.amount.map_or_else(|| format!("{address}.{word}"), str::to_string);
        let field = written.field.get().clone();
        let stay = field.trim_end_matches(".minimum").to_string();
        let shown = shortened(&field);
        let (span, message, help) = match (written.set.as_ref(), written.times.as_ref()) {
            (Some(set), None) => match (set.get(), minimum) {
                (NumberOr::Table(length), false) => {
                    let length = self.stay_length(&called("set"), &stay, &set.with(length.clone()))?;
                    return Some(StayEffect::Length(length));
                }
                (NumberOr::Number(time), true) => {
                    let time = self.minimum(called("set"), &stay, &set.with(time.clone()))?;
                    return Some(StayEffect::Minimum(time));
                }
                (NumberOr::Number(_), false) => (
                    set.span(),
                    format!("`{shown}` is set to a length of stay, not to a number"),
                    "write { fixed = \"12 months\" } or another length, or `times` with a number",
                ),
                (NumberOr::Table(_), true) => (
                    set.span(),
                    format!("`{shown}` is a time, not a length with a distribution"),
                    "write set = \"6 months\"",
                ),
            },
            (None, Some(times)) if minimum => (
                times.span(),
                format!("`{shown}` is set, not multiplied"),
                "write set = \"6 months\", or multiply the stay as a whole",
            ),
            (None, Some(times)) => {
                let id = self.unnamed(called("times"), NumberKind::Amount, times);
                if self.sure(id).is_none_or(|times| times > 0.0) {
                    return Some(StayEffect::Times(id));
                }
                let help = "write a number above 0; a stay of no time is { table = { \"0 months\" = 1 } }";
                (times.span(), format!("`{shown}` cannot be multiplied by 0"), help)
            }
            (set, times) => {
                let say = OneOf {
                    about: &field,
                    none: [
                        &format!("this change of `{shown}` does nothing"),
                        "add `set = ...` or `times = ...`",
                    ],
                    several: [
                        &format!("a change sets or multiplies `{shown}`, not both"),
                        "write one of them, or two changes",
                    ],
                };
                let keys = [("set", set.map(Located::span)), ("times", times.map(Located::span))];
                return self.not_one(written.field.span(), &keys, &say);
            }
        };
        self.error(Code::StayChange.of(&field), span, message, "a change of a stay", help.into());
        None
    }

    /// What a field other than a stay is set to: a number.
    pub(super) fn number_to_set(
        &mut self,
        change: &PolicyChange,
    ) -> Result<Option<Located<WrittenNumber>>, ()> {
        let field = shortened(&change.field);
        let mut of_stays = |span: Range<usize>, what: &str| {
            self.error(
                Code::MisplacedKey.of(&field),
                span,
                format!("{what} belongs to a change of a stay, and `{field}` is none"),
                "only for stays",
                "take it out, or write `field = \"stays.some_name\"`".into(),
            );
        };
        if let Some(share) = &change.share {
            of_stays(share.span(), "`share`");
        }
        if let Some(applies_to) = &change.applies_to {
            of_stays(applies_to.span(), "`applies_to`");
        }
        match change.set.as_ref().map(|set| (set, set.get())) {
            None => Ok(None),
            Some((set, NumberOr::Number(one))) => Ok(Some(set.with(one.clone()))),
            Some((set, NumberOr::Table(_))) => {
                of_stays(set.span(), "a length");
                Err(())
            }
        }
    }

    /// Warns where a policy moves a parameter that a length of stay uses: it was read before.
    pub(super) fn warn_of_stays_that_use(&mut self, parameter: usize, span: Range<usize>) {
        // Parameters use earlier ones only.
        let mut moved = vec![false; self.parameters.len()];
        for index in parameter..self.parameters.len() {
            moved[index] =
                index == parameter || self.parameters[index].value.uses().iter().any(|used| moved[*used]);
        }
        let uses = |number: &&crate::model::Number| {
            let once = number.address.starts_with("stays.") && !number.address.contains(".to.");
            (once || number.address.ends_with(".after"))
                && number.value.uses().iter().any(|used| moved[*used])
        };
        if let Some(number) = self.numbers.all().iter().find(uses) {
            let address = number.address.clone();
            self.warning(
                Code::NoEffect.of(&address),
                span,
                format!("`{address}` does not follow this change"),
                "lengths of stay are read once, before any policy",
                "change the stay by a change of its own".into(),
            );
        }
    }

    /// Warns where several changes of one stay may hold together, and says so where there are too many.
    pub(super) fn warn_of_stay_stacks(&mut self) {
        let made = self.stay_changes.clone();
        for (stay, key) in self.file.stays.keys().enumerate() {
            let mut of_stay: Vec<&MadeStayChange> = made.iter().filter(|made| made.stay == stay).collect();
            let one_more = of_stay.get(MOST_CHANGES).map(|made| made.span.clone());
            let help = "set the stay to what several would make of it";
            self.few_enough((of_stay.len(), "changes of one stay"), MOST_CHANGES, one_more, help);
            let overlap = |a: &Window, b: &Window| {
                let end = |window: &Window| window.until.unwrap_or(u32::MAX);
                a.from < end(b) && b.from < end(a)
            };
            let meets = |one: &&MadeStayChange| {
                of_stay.iter().any(|other| {
                    !std::ptr::eq(*one, *other) && overlap(&one.change.window, &other.change.window)
                })
            };
            let mut meeting: Vec<&MadeStayChange> =
                of_stay.iter().copied().filter(|one| meets(one)).collect();
            if meeting.len() < 2 {
                continue;
            }
            of_stay.clear();
            // Sets before multiplications, each in the order of the file.
            meeting.sort_by_key(|made| matches!(made.change.effect, StayEffect::Times(_)));
            let last = meeting.iter().map(|made| made.span.clone()).max_by_key(|span| span.start);
            let steps: Vec<&str> = meeting.iter().map(|made| made.words.as_str()).collect();
            self.warning(
                Code::ChangesMeet.of(&format_args!("stays.{}", &***key)),
                last.unwrap_or(0..0),
                format!("several changes meet at `stays.{}`", &***key),
                "changed elsewhere too",
                format!("for whom several hold it is {}", steps.join(", then ")),
            );
        }
    }
}
