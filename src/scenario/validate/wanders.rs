//! How parameters wander.

use super::draft::Draft;
use crate::model::{LARGEST_SD, NumberKind, Wander, WanderScale};
use crate::scenario::code::Code;
use crate::scenario::file::parameter::Wanders as WrittenWanders;
use crate::scenario::located::Located;
use crate::scenario::words::number;

impl<'a> Draft<'a> {
    /// Reads how parameters wander. All of them are known, so that what is written of one may use any.
    pub(super) fn wanderings(&mut self) {
        let file = self.file;
        for index in 0..self.parameters.len() {
            let written = file.parameters.get(self.parameters[index].name.as_str());
            if let Some(wanders) = written.and_then(|written| written.wanders.as_ref()) {
                self.parameters[index].wanders = self.wanders(index, wanders);
            }
        }
    }

    fn wanders(&mut self, parameter: usize, written: &Located<WrittenWanders>) -> Option<Wander> {
        let name = self.parameters[parameter].name.clone();
        let address = format!("parameters.{name}.wanders");
        let scale = WanderScale::of_range(self.parameters[parameter].range);
        let value = self.parameter_values[parameter];
        if !value.is_nan() && !scale.allows(value) {
            let (label, help) = match scale {
                WanderScale::Log => (
                    "by factors: there must be something above 0",
                    "write a value above 0; for a share, a `range` within 0 and 1",
                ),
                WanderScale::Logit => (
                    "a share wanders between 0 and 1, its range says",
                    "write a value above 0 and below 1, or a wider `range`",
                ),
            };
            let message = format!("`{name}` cannot wander about {}", number(value));
            self.error(Code::OutOfRange.of(&name), written.span(), message, label, help.into());
        }
        let sd = self.amount(&address, "sd", &written.sd);
        self.within(sd, (0.0, LARGEST_SD), "write 0.3 for changes by some 30 %");
        let halves_in =
            self.time(format!("{address}.halves_in"), None, NumberKind::Duration, &written.halves_in)?;
        Some(Wander { sd, halves_in, scale })
    }

    /// Warns of lengths of stay that use a parameter that wanders.
    pub(super) fn warn_of_stays_that_wander(&mut self) {
        let file = self.file;
        for index in 0..self.parameters.len() {
            let written = file.parameters.get(self.parameters[index].name.as_str());
            if let Some(wanders) = written.and_then(|written| written.wanders.as_ref()) {
                self.warn_of_stays_that_use(index, wanders.span());
            }
        }
    }

    /// Whether a number says how far a parameter wanders.
    pub(super) fn is_of_wandering(&self, number: usize) -> bool {
        let of = |wander: &Wander| wander.sd == number;
        self.parameters.iter().any(|parameter| parameter.wanders.as_ref().is_some_and(of))
    }
}
