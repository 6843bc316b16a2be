//! Triggers of policies: what is measured, the thresholds, and whether they can ever be passed.

use std::ops::Range;

use super::draft::Draft;
use super::reach::reached;
use super::usual::OneOf;
use crate::model::{Expression, Mechanism, Model, NumberId, ThresholdSide, Trigger, TriggerMeasure};
use crate::scenario::code::Code;
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::policy::WrittenPolicy;
use crate::scenario::file::trigger::WrittenTrigger;
use crate::scenario::located::Located;
use crate::scenario::words::{number, shortened};

impl Draft<'_> {
    /// Reads the trigger of a policy; `address` is the policy's.
    pub(super) fn trigger(&mut self, address: &str, policy: &WrittenPolicy) -> Option<Trigger> {
        let written = policy.when.as_ref()?;
        self.only_its_own_dates(policy);
        let measure = self.measure(written);
        let thresholds = self.thresholds(&format!("{address}.when"), written);
        let lasts = written.lasts.as_ref().map(|lasts| self.steps_of(lasts));
        let (side, starts, ends) = thresholds?;
        Some(Trigger { measure: measure?, side, starts, ends, lasts: lasts.flatten().unwrap_or(0) })
    }

    /// What comes by a trigger comes at once, and with the whole policy.
    fn only_its_own_dates(&mut self, policy: &WrittenPolicy) {
        let ramps = policy.changes.iter().map(|change| &change.ramp).chain([&policy.ramp]).flatten();
        for ramp in ramps {
            self.error(
                Code::MisplacedKey,
                ramp.span(),
                "a policy with a trigger comes in at once".into(),
                "a ramp, beside `when`",
                "take out `ramp`, or `when`".into(),
            );
        }
        for date in policy.changes.iter().flat_map(|change| [&change.from, &change.until]).flatten() {
            self.error(
                Code::MisplacedKey,
                date.span(),
                "a change of a policy with a trigger has no dates of its own".into(),
                "a date, beside `when`",
                "write it for the whole policy, or make this change a policy of its own".into(),
            );
        }
    }

    fn measure(&mut self, written: &Located<WrittenTrigger>) -> Option<TriggerMeasure> {
        match (&written.people, &written.occupancy, &written.flow) {
            (Some(people), None, None) => {
                let at = self.places_named(&people.at);
                let who = self.who(people.who.as_ref());
                (!at.is_empty()).then_some(TriggerMeasure::People { at, who })
            }
            (None, Some(places), None) => {
                let at = self.places_named(places);
                at.iter().for_each(|place| self.has_capacity(*place, places.span()));
                (!at.is_empty()).then_some(TriggerMeasure::Occupancy(at))
            }
            (None, None, Some(flow)) => self.mechanism(flow).map(TriggerMeasure::Flow),
            (people, occupancy, flow) => {
                let keys = [
                    ("people", people.as_ref().map(|people| people.span())),
                    ("occupancy", occupancy.as_ref().map(Located::span)),
                    ("flow", flow.as_ref().map(Located::span)),
                ];
                let say = OneOf {
                    about: "",
                    none: [
                        "nothing says what is measured",
                        "write people = { at = \"some_place\" }, occupancy = \"some_place\" or flow = \"moves.some_name\"",
                    ],
                    several: ["this measures several things", "write one of them"],
                };
                self.not_one(written.span(), &keys, &say)
            }
        }
    }

    /// Which side it holds on, where it starts and where it ends.
    fn thresholds(
        &mut self,
        address: &str,
        written: &Located<WrittenTrigger>,
    ) -> Option<(ThresholdSide, NumberId, Option<NumberId>)> {
        let (side, words, starts, ends, wrong) = match (&written.above, &written.below) {
            (Some(above), None) => (
                ThresholdSide::Above,
                ["above", "until_below"],
                above,
                &written.until_below,
                &written.until_above,
            ),
            (None, Some(below)) => (
                ThresholdSide::Below,
                ["below", "until_above"],
                below,
                &written.until_above,
                &written.until_below,
            ),
            (above, below) => {
                let keys = [
                    ("above", above.as_ref().map(Located::span)),
                    ("below", below.as_ref().map(Located::span)),
                ];
                let say = OneOf {
                    about: "",
                    none: [
                        "this has no threshold",
                        "write `above = ...`, perhaps with `until_below`, or `below = ...` with `until_above`",
                    ],
                    several: [
                        "a policy starts above a threshold or below one, not both",
                        "take one out; `until_below` says where a policy ends that starts `above`",
                    ],
                };
                return self.not_one(written.span(), &keys, &say);
            }
        };
        if let Some(wrong) = wrong {
            let [start, end] = words;
            self.error(
                Code::ExclusiveKeys.of(&start).and(&end),
                wrong.span(),
                format!("a policy that starts `{start}` ends `{end}`"),
                "the same side",
                format!("write `{end} = ...`, or leave it out"),
            );
        }
        let start = self.amount(address, words[0], starts);
        let end = ends.as_ref().map(|ends| {
            let end = self.amount(address, words[1], ends);
            self.in_order(side, words, start, end, ends);
            end
        });
        Some((side, start, end))
    }

    /// Says so where a trigger would end where it starts, and so never come to rest, or could not end at all.
    fn in_order(
        &mut self,
        side: ThresholdSide,
        [start_word, end_word]: [&str; 2],
        start: NumberId,
        end: NumberId,
        written: &Located<WrittenNumber>,
    ) {
        let (starts, ends) = (self.now(start), self.now(end));
        let sure = self.sure(start).is_some() && self.sure(end).is_some();
        if sure && side.beyond(ends, starts) {
            let relation = if side == ThresholdSide::Above { "above" } else { "below" };
            self.error(
                Code::OutOfRange.of(&end_word).and(&start_word),
                written.span(),
                format!("`{end_word}` is {}, {relation} `{start_word}`, {}", number(ends), number(starts)),
                "it would end as soon as it starts",
                format!("write {} or a number on its other side", number(starts)),
            );
        } else if side == ThresholdSide::Above
            && ends <= 0.0
            && matches!(self.numbers[end].value, Expression::Constant(_))
        {
            self.error(
                Code::OutOfRange,
                written.span(),
                "this never ends: nothing is below 0".into(),
                "must be above 0",
                format!("write a number above 0, or leave `{end_word}` out: it ends when the measure is no longer `{start_word}`"),
            );
        }
    }

    /// The mechanism with an address; `None` when there is none, which is then said.
    fn mechanism(&mut self, address: &Located<String>) -> Option<Mechanism> {
        let found = self.file.mechanism(address);
        if found.is_none() {
            self.error(
                Code::UnknownName.of(&address),
                address.span(),
                format!("nothing that moves people is called `{}`", shortened(address)),
                "unknown mechanism",
                "write its section and its name, such as \"moves.release\" or \"shocks.mass_escape\"".into(),
            );
        }
        found
    }

    /// Warns of triggers that can never start.
    pub(super) fn warn_of_triggers(&mut self, model: &Model) {
        let triggers = (0..model.policies.len())
            .filter_map(|policy| model.policies[policy].when.as_ref().map(|trigger| (policy, trigger)));
        let triggers: Vec<_> = triggers.filter(|(_, trigger)| trigger.side == ThresholdSide::Above).collect();
        if triggers.is_empty() {
            return;
        }
        let values = model.parameter_values();
        let value = |id: NumberId| model.number(id).value.evaluate(&values);
        let everybody: f64 =
            model.places.iter().flat_map(|place| &place.people).map(|initial| value(initial.count)).sum();
        let closed = !model.mechanisms().into_iter().any(|it| model.mover(it).route.brings_people());
        let drawn = model.parameters.iter().any(|parameter| parameter.distribution.is_some());
        let reached = reached(model, &self.group_values);
        for (policy, trigger) in triggers {
            let (at, who) = match &trigger.measure {
                TriggerMeasure::People { at, who } => (at, Some(who)),
                TriggerMeasure::Occupancy(at) => (at, None),
                TriggerMeasure::Flow(_) => continue,
            };
            let somebody = at.iter().any(|place| {
                (0..model.groups.count()).any(|group| {
                    reached[model.cell(*place, group)]
                        && who.is_none_or(|who| who.includes(&self.group_values[group]))
                })
            });
            let starts = value(trigger.starts);
            let label = if !somebody {
                "nobody whom it measures can ever be there"
            } else if who.is_some() && closed && !drawn && starts >= everybody {
                "more people than there are, and nobody comes or is born"
            } else {
                continue;
            };
            self.warning(
                Code::NoEffect.of(&model.policies[policy].name),
                self.trigger_span(policy),
                format!("`{}` never starts", model.policies[policy].name),
                label,
                "lower the threshold, or measure another place".into(),
            );
        }
    }

    /// Where each trigger's measure stands, by policy.
    fn trigger_span(&self, policy: usize) -> Range<usize> {
        let written = self.file.policies.get_index(policy).and_then(|(_, policy)| policy.when.as_ref());
        written.map_or(0..0, Located::span)
    }
}
