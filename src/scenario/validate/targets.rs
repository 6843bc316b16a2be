//! Where people go and what they become; how those who enter are spread.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{Entry, NumberId, NumberKind, PlaceId, Target, Who};
use crate::scenario::address::Meaning;
use crate::scenario::file::target::{Becomes, Split, To, Who as WrittenWho};
use crate::scenario::file::words::{OneOrMany, Written};
use crate::scenario::located::Located;
use crate::scenario::words::list;

/// How people who enter the model are spread over groups, as it is written.
pub(super) struct Spread<'a> {
    /// Of what has it.
    pub(super) address: &'a str,
    /// What to mark where something is missing.
    pub(super) whole: Range<usize>,
    pub(super) who: Option<&'a Located<WrittenWho>>,
    pub(super) split: Option<&'a Located<OneOrMany<Split>>>,
    /// Whether its numbers only count at the start.
    pub(super) at_start: bool,
}

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

    /// The cells over which people who enter `places` spread, with their shares. Every dimension must be settled.
    pub(super) fn entries(&mut self, places: &[(PlaceId, Option<NumberId>)], spread: &Spread) -> Vec<Entry> {
        let before = self.errors;
        let who = self.who(spread.who);
        // For each dimension the values that people may have, with shares.
        let mut options: Vec<Option<Vec<(usize, Option<NumberId>)>>> = who
            .allowed
            .iter()
            .map(|allowed| match allowed.as_deref() {
                Some([only]) => Some(vec![(*only, None)]),
                _ => None,
            })
            .collect();
        if let Some(splits) = spread.split {
            for (i, (span, split)) in splits.items().into_iter().enumerate() {
                let word = if splits.is_list() { format!("split.{i}") } else { "split".into() };
                self.split(
                    &format!("{}.{word}", spread.address),
                    split,
                    span,
                    &who,
                    &mut options,
                    spread.at_start,
                );
            }
        }
        for dimension in 0..options.len() {
            // A dimension with one value has nothing to settle.
            if options[dimension].is_none() && self.groups.dimensions[dimension].values.len() == 1 {
                options[dimension] = Some(vec![(0, None)]);
            }
            let empty = self.groups.dimensions[dimension].values.is_empty();
            if options[dimension].is_none() && self.errors == before && !empty {
                let known = &self.groups.dimensions[dimension];
                let (name, first) = (known.name.clone(), known.values.first().cloned().unwrap_or_default());
                let message = if who.allowed[dimension].is_some() {
                    format!("these people have several values of `{name}`, without shares")
                } else {
                    format!("nothing says which `{name}` these people have")
                };
                self.error(
                    spread.whole.clone(),
                    message,
                    "every dimension must be settled",
                    format!("write who = {{ {name} = \"{first}\" }}, or split = {{ by = \"{name}\", shares = {{ ... }} }}"),
                );
            }
        }
        if self.errors > before || options.iter().any(Option::is_none) {
            return Vec::new();
        }
        let cells: usize = options.iter().map(|option| option.as_ref().map_or(0, Vec::len)).product();
        if !self.room_for(places.len() as u64, cells as u64) {
            return Vec::new();
        }
        self.product(places, &options.into_iter().flatten().collect::<Vec<_>>())
    }

    /// One entry for each place and each choice of a value on every dimension.
    fn product(
        &self,
        places: &[(PlaceId, Option<NumberId>)],
        options: &[Vec<(usize, Option<NumberId>)>],
    ) -> Vec<Entry> {
        let mut spread: Vec<(Vec<usize>, Vec<NumberId>)> = vec![(Vec::new(), Vec::new())];
        for option in options {
            spread = spread
                .into_iter()
                .flat_map(|(values, shares)| {
                    option.iter().map(move |(value, share)| {
                        let mut next = (values.clone(), shares.clone());
                        next.0.push(*value);
                        next.1.extend(share);
                        next
                    })
                })
                .collect();
        }
        let groups = self.groups.count();
        let entry = |place: PlaceId, share: Option<NumberId>, values: &[usize], shares: &[NumberId]| Entry {
            cell: place * groups + self.groups.group(values),
            shares: share.into_iter().chain(shares.iter().copied()).collect(),
        };
        places
            .iter()
            .flat_map(|(place, share)| {
                spread.iter().map(move |(values, shares)| entry(*place, *share, values, shares))
            })
            .collect()
    }

    /// Settles a dimension by shares.
    fn split(
        &mut self,
        address: &str,
        split: &Split,
        span: Range<usize>,
        who: &Who,
        options: &mut [Option<Vec<(usize, Option<NumberId>)>>],
        at_start: bool,
    ) {
        let mut shares = Vec::new();
        let dimension = self.dimension(&split.by, split.by.span());
        for (key, written) in split.shares.iter() {
            let address = format!("{address}.shares.{}", &***key);
            let share = self.share(address, written, at_start);
            shares.push((key, share));
        }
        let ids: Vec<NumberId> = shares.iter().map(|(_, share)| *share).collect();
        self.add_up(&ids, split.shares.span());
        let Some(dimension) = dimension else { return };
        if options[dimension].is_some() {
            self.error(
                span,
                format!("`{}` is settled twice", split.by.get()),
                "settled by `who` or another split already",
                "take one of them out".into(),
            );
            return;
        }
        let mut values = Vec::new();
        for (key, share) in shares {
            let Some(value) = self.value_of(dimension, key, key.span()) else { continue };
            if who.allowed[dimension].as_ref().is_some_and(|allowed| !allowed.contains(&value)) {
                self.error(
                    key.span(),
                    format!("`{}` has a share but is not in `who`", &***key),
                    "not among these people",
                    "take the share out, or add the value to `who`".into(),
                );
            }
            values.push((value, Some(share)));
        }
        options[dimension] = Some(values);
    }

    fn share(&mut self, address: String, written: &Located<Written>, at_start: bool) -> NumberId {
        let id = self.unnamed(address.clone(), NumberKind::Share, written);
        let meaning = if at_start { Meaning::AtStart } else { Meaning::Numbers(vec![id]) };
        self.addresses.insert(address, meaning);
        id
    }
}
