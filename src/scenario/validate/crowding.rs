//! Crowding of rates: whose occupancy counts, and how strongly.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{Crowding, PlaceId};
use crate::scenario::code::Code;
use crate::scenario::file::crowding::WrittenCrowding;
use crate::scenario::located::Located;
use crate::scenario::words::number;

/// The largest factor unless written.
const USUAL_AT_MOST: f64 = 100.0;

impl Draft<'_> {
    pub(super) fn crowding(
        &mut self,
        address: &str,
        written: &Located<WrittenCrowding>,
        places: &[PlaceId],
    ) -> Option<Crowding> {
        let above = self.amount_or(address, "above", written.above.as_ref(), 1.0);
        let elasticity = self.amount(address, "elasticity", &written.elasticity);
        let at_most = self.amount_or(address, "at_most", written.at_most.as_ref(), USUAL_AT_MOST);
        if let Some(now) = self.sure(at_most).filter(|now| *now < 1.0) {
            self.error(
                Code::OutOfRange,
                self.numbers.span(at_most),
                format!("crowding cannot multiply by at most {}", number(now)),
                "below 1",
                "write 1 or more: a full place makes the rate larger, not smaller".into(),
            );
        }
        let at = match &written.at {
            Some(name) => {
                let place = self.place(name, name.span())?;
                self.has_capacity(place, name.span());
                Some(place)
            }
            None => {
                places.iter().for_each(|place| self.has_capacity(*place, written.span()));
                None
            }
        };
        Some(Crowding { at, above, elasticity, at_most })
    }

    /// Says so where a place has no capacity, and so is never crowded.
    pub(super) fn has_capacity(&mut self, place: PlaceId, span: Range<usize>) {
        let file = self.file;
        if let Some((key, written)) = file.places.get_index(place)
            && written.capacity.is_none()
        {
            self.error(
                Code::NoCapacity.of(&***key),
                span,
                format!("`{}` has no capacity, and so no occupancy", &***key),
                "how full is it?",
                format!("add `capacity = ...` to [places.{}], or name another place", &***key),
            );
        }
    }

    /// Says why a rate cannot feel crowding.
    pub(super) fn not_crowded(&mut self, address: &str, written: &Located<WrittenCrowding>) {
        let (label, help) = match address.split('.').next() {
            Some("arrivals") => (
                "those who arrive are in no place yet",
                "take it out; a policy with `when = { occupancy = ..., above = ... }` can change arrivals",
            ),
            Some("programmes") => (
                "occasions are in no place",
                "take it out; a policy with `when = { occupancy = ..., above = ... }` can change occasions",
            ),
            Some("regimes") => (
                "a context is in no place",
                "take it out; crowding can multiply the rates of moves, births and shocks",
            ),
            _ => (
                "time does not pass sooner in a full place",
                "take it out; crowding can multiply the rates of moves, births and shocks",
            ),
        };
        self.error(
            Code::MisplacedKey.of(&address),
            written.span(),
            format!("`{address}` cannot differ by crowding"),
            label,
            help.into(),
        );
    }
}
