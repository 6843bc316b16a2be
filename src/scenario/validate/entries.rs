//! How people who enter the model are spread over cells.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{EntryShare, NumberId, NumberKind, PlaceId, Varying, Who};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::target::{Split, WrittenWho};
use crate::scenario::file::words::OneOrMany;
use crate::scenario::located::Located;

/// The values that people may have on a dimension, with shares where they are split.
type Options = Vec<(usize, Option<NumberId>)>;

/// How people who enter the model are spread over groups, as it is written.
pub(super) struct EntrySpread<'a> {
    /// Of what has it.
    pub(super) address: &'a str,
    /// What to mark where something is missing.
    pub(super) whole: Range<usize>,
    pub(super) who: Option<&'a Located<WrittenWho>>,
    pub(super) split: Option<&'a Located<OneOrMany<Split>>>,
    /// Whether its numbers only count at the start.
    pub(super) at_start: bool,
}

impl Draft<'_> {
    /// The cells over which people who enter `places` spread, with their shares. Every dimension must be settled.
    pub(super) fn entries(
        &mut self,
        places: &[(PlaceId, Option<Varying>)],
        spread: &EntrySpread,
    ) -> Vec<EntryShare> {
        let before = self.errors;
        let who = self.who(spread.who);
        // For each dimension the values that people may have, with shares.
        let mut options: Vec<Option<Options>> = who
            .allowed
            .iter()
            .map(|allowed| match allowed.as_deref() {
                Some([only]) => Some(vec![(*only, None)]),
                _ => None,
            })
            .collect();
        if let Some(splits) = spread.split {
            for (address, span, split) in splits.addressed(&format!("{}.split", spread.address)) {
                self.split(&address, (split, span), &who, &mut options, spread.at_start);
            }
        }
        for (dimension, option) in options.iter_mut().enumerate() {
            // A dimension with one value has nothing to settle.
            if option.is_none() && self.groups.dimensions[dimension].values.len() == 1 {
                *option = Some(vec![(0, None)]);
            }
            let empty = self.groups.dimensions[dimension].values.is_empty();
            if option.is_none() && self.errors == before && !empty {
                self.unsettled(dimension, &who, spread.whole.clone());
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

    /// Says that it is not known which values of a dimension people have.
    fn unsettled(&mut self, dimension: usize, who: &Who, span: Range<usize>) {
        let known = &self.groups.dimensions[dimension];
        let (name, first) = (known.name.clone(), known.values.first().cloned().unwrap_or_default());
        let message = if who.allowed[dimension].is_some() {
            format!("these people have several values of `{name}`, without shares")
        } else {
            format!("nothing says which `{name}` these people have")
        };
        self.error(
            Code::UnsettledPeople.of(&name),
            span,
            message,
            "every dimension must be settled",
            format!(
                "write who = {{ {name} = \"{first}\" }}, or split = {{ by = \"{name}\", shares = {{ ... }} }}"
            ),
        );
    }

    /// One entry for each place and each choice of a value on every dimension.
    fn product(&self, places: &[(PlaceId, Option<Varying>)], options: &[Options]) -> Vec<EntryShare> {
        let mut spread: Vec<(Vec<usize>, Vec<NumberId>)> = vec![(vec![0; options.len()], Vec::new())];
        // Not in the order of the file, so that what is rounded and drawn entry after entry does not depend on it.
        for dimension in self.groups.by_name() {
            spread = spread
                .into_iter()
                .flat_map(|(values, shares)| {
                    options[dimension].iter().map(move |(value, share)| {
                        let mut next = (values.clone(), shares.clone());
                        next.0[dimension] = *value;
                        next.1.extend(share);
                        next
                    })
                })
                .collect();
        }
        let groups = self.groups.count();
        let entry = |place: PlaceId, share: &Option<Varying>, values: &[usize], shares: &[NumberId]| {
            let share = share.as_ref().and_then(|share| share.pick(values));
            let shares = share.into_iter().chain(shares.iter().copied()).collect();
            EntryShare { cell: place * groups + self.groups.group(values), shares }
        };
        places
            .iter()
            .flat_map(|(place, share)| {
                spread.iter().map(move |(values, shares)| entry(*place, share, values, shares))
            })
            .collect()
    }

    /// Settles a dimension by shares.
    fn split(
        &mut self,
        address: &str,
        (split, span): (&Split, Range<usize>),
        who: &Who,
        options: &mut [Option<Options>],
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
                Code::Duplicate.of(&split.by.get()),
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
                    Code::MisplacedKey.of(&***key),
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

    fn share(&mut self, address: String, written: &Located<WrittenNumber>, at_start: bool) -> NumberId {
        let id = self.unnamed(address.clone(), NumberKind::Share, written);
        let meaning = if at_start { Meaning::AtStart } else { Meaning::Numbers(vec![id]) };
        self.addresses.insert(address, meaning);
        id
    }
}
