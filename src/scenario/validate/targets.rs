//! Where people go and what they become; how those who enter are spread.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{NumberId, NumberKind, PlaceId, Target, Who};
use crate::scenario::file::target::{Becomes, To};
use crate::scenario::file::words::OneOrMany;
use crate::scenario::located::Located;
use crate::scenario::words::list;

/// What `becomes` or `newborn` says: its key and what stands there.
pub(super) type WrittenBecomes<'a> = (&'static str, &'a Located<OneOrMany<Becomes>>);

/// The values that people get on each dimension, with their share.
type NewValues = (Vec<Option<usize>>, Option<NumberId>);

impl Draft<'_> {
    /// Where people go, each place with its share; the one place where only one is written.
    pub(super) fn destinations(
        &mut self,
        address: &str,
        to: &Located<To>,
    ) -> Vec<(PlaceId, Option<NumberId>)> {
        match to.get() {
            To::Place(name) => self.place(name, to.span()).map(|place| (place, None)).into_iter().collect(),
            To::Shares(written) => {
                let mut places = Vec::new();
                let mut shares = Vec::new();
                for (i, destination) in written.iter().enumerate() {
                    let share =
                        self.number(format!("{address}.to.{i}.share"), NumberKind::Share, &destination.share);
                    shares.push(share);
                    if let Some(place) = self.place(&destination.place, destination.place.span()) {
                        places.push((place, Some(share)));
                    }
                }
                self.add_up(&shares, to.span());
                places
            }
        }
    }

    /// What people become, each with its share.
    fn new_values(&mut self, address: &str, (word, written): WrittenBecomes) -> Vec<NewValues> {
        let mut all = Vec::new();
        let mut shares = Vec::new();
        for (i, (span, becomes)) in written.items().into_iter().enumerate() {
            let mut values = vec![None; self.groups.dimensions.len()];
            for (key, value) in &becomes.values {
                let Some(dimension) = self.dimension(key, key.span()) else { continue };
                values[dimension] = self.value_of(dimension, value, value.span());
            }
            if becomes.values.is_empty() {
                self.error(
                    span.clone(),
                    format!("`{word}` says no new value"),
                    "nothing changes",
                    "write { dimension = \"value\" }".into(),
                );
            }
            let share = match (&becomes.share, written.is_list()) {
                (Some(share), true) => {
                    Some(self.number(format!("{address}.{word}.{i}.share"), NumberKind::Share, share))
                }
                (Some(share), false) => {
                    self.error(
                        share.span(),
                        format!("`{word}` has a share but is no list"),
                        "a share of what?",
                        "take the share out, or write a list: [ { ..., share = 0.5 }, { ..., share = 0.5 } ]"
                            .into(),
                    );
                    None
                }
                (None, true) if written.items().len() > 1 => {
                    self.error(
                        span,
                        format!("this entry of `{word}` lacks `share`"),
                        "no share",
                        "add `share = ...`".into(),
                    );
                    None
                }
                (None, _) => None,
            };
            shares.extend(share);
            all.push((values, share));
        }
        if !shares.is_empty() && shares.len() == all.len() {
            self.add_up(&shares, written.span());
        }
        all
    }

    /// The targets of people who leave `from`: places and new values multiply. None of them is where they are.
    pub(super) fn targets(
        &mut self,
        address: &str,
        (from, who): (&[PlaceId], &Who),
        to: Option<&Located<To>>,
        becomes: Option<WrittenBecomes>,
    ) -> Vec<Target> {
        let places: Vec<(Option<PlaceId>, Option<NumberId>)> = match to {
            Some(to) => self
                .destinations(address, to)
                .into_iter()
                .map(|(place, share)| (Some(place), share))
                .collect(),
            None => vec![(None, None)],
        };
        let kept = vec![(vec![None; self.groups.dimensions.len()], None)];
        let values = becomes.map_or(kept, |becomes| self.new_values(address, becomes));
        let mut targets = Vec::new();
        if !self.room_for(from.len() as u64 * self.size_of(who), (places.len() * values.len()) as u64) {
            return targets;
        }
        for (place, place_share) in &places {
            for (values, value_share) in &values {
                let shares = place_share.iter().chain(value_share).copied().collect();
                targets.push(Target { place: *place, becomes: values.clone(), shares });
            }
        }
        targets
    }

    /// Says so where some target is the cell that people leave; `span` is what says the targets.
    pub(super) fn goes_somewhere(
        &mut self,
        from: &[PlaceId],
        who: &Who,
        targets: &[Target],
        span: Range<usize>,
    ) {
        if self.edges > super::MOST_EDGES {
            return;
        }
        let stays = |values: &[usize]| {
            targets.iter().find_map(|target| {
                let place = from.iter().find(|place| target.place.is_none_or(|to| to == **place))?;
                (target.apply(values) == values).then_some(*place)
            })
        };
        let found = self.members(who).into_iter().find_map(|values| Some((stays(values)?, values.to_vec())));
        let Some((place, values)) = found else { return };
        let words = self.groups.dimensions.iter().zip(&values).map(|(d, v)| d.values[*v].as_str());
        let group: Vec<&str> = words.collect();
        let people =
            if group.is_empty() { "people".into() } else { format!("people who are {}", list(group, 8)) };
        let place = self.place_names[place].clone();
        self.error(
            span,
            format!("this goes nowhere: {people} in `{place}` stay what and where they are"),
            "the same place and the same values",
            "leave them out by `who` or `from`, or send them elsewhere".into(),
        );
    }
}
