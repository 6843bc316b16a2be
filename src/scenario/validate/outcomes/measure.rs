//! Outcomes of what is measured beside people.

use super::super::draft::Draft;
use crate::model::{MeasureKind, MeasureTake, OutcomeOf, measure_kind, measures_of};
use crate::scenario::code::Code;
use crate::scenario::file::outcome::{MeasureOf, WrittenOutcome as Written};
use crate::scenario::located::Located;
use crate::scenario::words::{shortened, suggest};

impl Draft<'_> {
    /// A measure of something, and how it is taken over time.
    pub(super) fn measure_of(
        &mut self,
        measure: &Located<MeasureOf>,
        written: &Written,
    ) -> Option<OutcomeOf> {
        let (subject, name) = (measure.of.as_str(), measure.name.as_str());
        let kind = self.measure_called(measure)?;
        if !self.is_measured(measure) {
            return None;
        }
        let take = match kind {
            MeasureKind::Level => Some(MeasureTake::Level(self.level_take(written.take.as_ref(), false)?)),
            MeasureKind::Amount => Some(MeasureTake::Amount(self.amount_take(written.take.as_ref())?)),
            MeasureKind::Ratio => {
                if let Some(take) = &written.take {
                    self.error(
                        Code::WrongKind.of(&name),
                        take.span(),
                        format!("`{name}` is a ratio: it is taken over the whole replicate"),
                        "cannot be taken in another way",
                        "leave `take` out".into(),
                    );
                }
                None
            }
        };
        Some(OutcomeOf::Measure { subject: subject.into(), measure: name.into(), take })
    }

    /// What kind of measure has this name; `None` where there is none, which is then said.
    fn measure_called(&mut self, measure: &MeasureOf) -> Option<MeasureKind> {
        let (subject, name) = (measure.of.as_str(), measure.name.as_str());
        let there = subject == "costs" || self.is_at(subject) == Some("a table");
        if !there || measures_of(subject).is_empty() {
            self.error(
                Code::UnknownName.of(&subject),
                measure.of.span(),
                format!("nothing is measured of `{}`", shortened(subject)),
                "not the address of something with measures",
                "write `costs`, or an address such as `places.some_name` or `programmes.some_name`".into(),
            );
            return None;
        }
        let kind = measure_kind(subject, name);
        if kind.is_none() {
            let help = suggest(name, measures_of(subject).iter().copied(), "measures");
            let message = format!("`{}` has no measure `{}`", shortened(subject), shortened(name));
            self.error(Code::UnknownName.of(&subject), measure.name.span(), message, "unknown measure", help);
        }
        kind
    }

    /// Whether the scenario says what a measure needs; says so where it does not.
    fn is_measured(&mut self, measure: &MeasureOf) -> bool {
        let (subject, name) = (measure.of.as_str(), measure.name.as_str());
        let before = self.errors;
        if name.ends_with("cost") && !self.has_cost(subject, name) {
            let help = match name {
                "discounted_cost" => "write a `discount_rate` in [costs]".to_string(),
                _ if subject == "costs" => "write [costs] with what places and programmes cost".to_string(),
                _ => format!("write [costs] with {} = {{ ... }}", shortened(subject)),
            };
            let message = format!("`{}` has no `{name}`", shortened(subject));
            let label = "nothing says what it is";
            self.error(Code::NotMeasured.of(&subject), measure.of.span(), message, label, help);
        } else if name.starts_with("waited_over") && self.serves_anybody(subject) {
            self.error(
                Code::NotMeasured.of(&subject).and(&name),
                measure.name.span(),
                format!("`{}` has no `{name}`", shortened(subject)),
                "it serves anybody first, and nobody knows who has waited how long",
                "write `who_first = \"longest_waiting\"` at the programme".into(),
            );
        }
        self.errors == before
    }

    /// Whether `[costs]` says what something costs.
    fn has_cost(&self, subject: &str, name: &str) -> bool {
        let Some(costs) = &self.file.costs else { return false };
        match subject {
            "costs" => name == "cost" || costs.discount_rate.is_some(),
            subject => costs.has(subject),
        }
    }

    /// Whether something is a programme, or a line of one, that does not ask who has waited longest.
    fn serves_anybody(&self, subject: &str) -> bool {
        let Some(rest) = subject.strip_prefix("programmes.") else { return false };
        let name = rest.split('.').next().unwrap_or_default();
        self.file.programmes.get(name).is_some_and(|programme| !programme.serves_longest_first())
    }
}
