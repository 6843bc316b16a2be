//! Corrections: recounts and new registrations.

use super::draft::Draft;
use super::limits::MOST_PEOPLE;
use crate::model::{CorrectedCount, Correction, PlaceId};
use crate::scenario::code::Code;
use crate::scenario::file::correction::WrittenCorrection;
use crate::scenario::located::Located;
use crate::scenario::words::number;

/// What results call where people are who are not in the model.
const OUTSIDE: &str = "outside";

impl Draft<'_> {
    pub(super) fn corrections(&mut self) -> Vec<Correction> {
        let file = self.file;
        let mut corrections = Vec::new();
        for (key, written) in &file.corrections {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("corrections.{name}");
            let at = self.place(written.at.get(), written.at.span());
            if let Some(at) = at {
                self.not_an_end(at, written.at.span());
            }
            let who = self.who(written.who.as_ref());
            let to = self.other_end(at, written.to.as_ref());
            let from = self.other_end(at, written.from.as_ref());
            if let (Some(from), Some(span)) = (from, written.from.as_ref().map(Located::span)) {
                self.not_an_end(from, span);
            }
            let on = self.step_of(&address, &written.on);
            // Of everybody whom it concerns there are those who are too many and those who are missing.
            self.room_for(self.size_of(&who), 2);
            let count = self.corrected_count(&address, &name, written);
            if let (Some(at), Some(count)) = (at, count) {
                corrections.push(Correction { name, label, at, who, on, count, to, from });
            }
        }
        corrections
    }

    /// Where people go, or come from; `None`: outside.
    fn other_end(&mut self, at: Option<PlaceId>, written: Option<&Located<String>>) -> Option<PlaceId> {
        let written = written.filter(|written| written.get() != OUTSIDE)?;
        let place = self.place(written.get(), written.span());
        if place.is_some() && place == at {
            self.error(
                Code::GoesNowhere.of(written.get()),
                written.span(),
                format!("the correction of `{}` moves people to where they are", written.get()),
                "the place whose people are counted",
                "name another place, or take it out: people then come from and go to outside".into(),
            );
        }
        place
    }

    /// How many people there are after it.
    fn corrected_count(
        &mut self,
        address: &str,
        name: &str,
        written: &WrittenCorrection,
    ) -> Option<CorrectedCount> {
        match (&written.people, &written.share) {
            (Some(people), None) => {
                let id = self.amount(address, "people", people);
                if let Some(now) = self.sure(id).filter(|now| *now > MOST_PEOPLE) {
                    self.error(
                        Code::TooMany.of(&name),
                        people.span(),
                        format!("`{address}.people` is {}, more than a billion", number(now)),
                        "too many people",
                        "write fewer".into(),
                    );
                }
                Some(CorrectedCount::People(id))
            }
            (None, Some(share)) => Some(CorrectedCount::Share(self.amount(address, "share", share))),
            (Some(_), Some(share)) => {
                self.error(
                    Code::ExclusiveKeys.of(&name),
                    share.span(),
                    format!("the correction `{name}` sets a number and a share at once"),
                    "a share, beside `people`",
                    "write one of them".into(),
                );
                None
            }
            (None, None) => {
                self.error(
                    Code::Incomplete.of(&name),
                    written.at.span(),
                    format!("nothing says how many people the correction `{name}` finds"),
                    "neither `people` nor `share`",
                    "write people = 11800, or share = 0.95 for a twentieth fewer".into(),
                );
                None
            }
        }
    }
}
