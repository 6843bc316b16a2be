//! Where people go and what they become; how those who enter are spread.

use std::ops::Range;

use super::draft::Draft;
use super::tables::numbers_of;
use crate::model::{NumberKind, PlaceId, Target, Varying, Who};
use crate::scenario::code::Code;
use crate::scenario::file::dynamics::WrittenMove;
use crate::scenario::file::programme::WrittenProgramme;
use crate::scenario::file::rate::ByDimension;
use crate::scenario::file::shock::WrittenShock;
use crate::scenario::file::stay::WrittenStay;
use crate::scenario::file::target::{Becomes, To, WrittenWho};
use crate::scenario::file::words::OneOrMany;
use crate::scenario::located::Located;
use crate::scenario::words::list;

/// What `becomes` or `newborn` says: its key and what stands there.
type WrittenBecomes<'a> = (&'static str, &'a Located<OneOrMany<Becomes>>);

/// Whom something takes from where to where, as it is written.
pub(super) struct WrittenLeavers<'a> {
    pub(super) from: &'a Located<OneOrMany<String>>,
    pub(super) who: &'a Option<Located<WrittenWho>>,
    pub(super) to: &'a Located<To>,
    pub(super) becomes: &'a Option<Located<OneOrMany<Becomes>>>,
}

/// The values that people get on each dimension, with their share.
type NewValues = (Vec<Option<usize>>, Option<Varying>);

impl Draft<'_> {
    /// Where people go, each place with its share; the one place where only one is written.
    pub(super) fn destinations(
        &mut self,
        address: &str,
        to: &Located<To>,
        who: &Who,
    ) -> Vec<(PlaceId, Option<Varying>)> {
        match to.get() {
            To::Place(name) => self.place(name, to.span()).map(|place| (place, None)).into_iter().collect(),
            To::Shares(written) => {
                let mut places = Vec::new();
                let mut shares = Vec::new();
                for (i, destination) in written.iter().enumerate() {
                    let share = self.share_of(&format!("{address}.to.{i}.share"), &destination.share, who);
                    shares.extend(share.clone());
                    if let Some(place) = self.place(&destination.place, destination.place.span()) {
                        places.push((place, share));
                    }
                }
                self.shares_add_up(&shares, who, to.span());
                places
            }
        }
    }

    /// What people become, each with its share.
    fn new_values(&mut self, address: &str, (word, written): WrittenBecomes, who: &Who) -> Vec<NewValues> {
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
                    Code::Incomplete.of(&word),
                    span.clone(),
                    format!("`{word}` says no new value"),
                    "nothing changes",
                    "write { dimension = \"value\" }".into(),
                );
            }
            let share = match (&becomes.share, written.is_list()) {
                (Some(share), true) => self.share_of(&format!("{address}.{word}.{i}.share"), share, who),
                (Some(share), false) => {
                    self.error(
                        Code::MisplacedKey.of(&word),
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
                        Code::Incomplete.of(&word),
                        span,
                        format!("this entry of `{word}` lacks `share`"),
                        "no share",
                        "add `share = ...`".into(),
                    );
                    None
                }
                (None, _) => None,
            };
            shares.extend(share.clone());
            all.push((values, share));
        }
        if !shares.is_empty() && shares.len() == all.len() {
            self.shares_add_up(&shares, who, written.span());
        }
        all
    }

    /// The share of one destination: a number, or a table by the groups of `who`.
    fn share_of(&mut self, address: &str, written: &Located<ByDimension>, who: &Who) -> Option<Varying> {
        self.number_or_table(address, written, NumberKind::Share, Some(who))
    }

    /// Says so where shares do not add up to 1, for somebody whom they concern.
    fn shares_add_up(&mut self, shares: &[Varying], who: &Who, span: Range<usize>) {
        let tables = shares.iter().filter_map(|share| match share {
            Varying::By(table) => Some(table.dimension),
            _ => None,
        });
        let Some(dimension) = tables.clone().next() else {
            return self.add_up(&shares.iter().flat_map(numbers_of).collect::<Vec<_>>(), span);
        };
        if tables.clone().any(|other| other != dimension) {
            self.error(
                Code::WrongDimension,
                span,
                "these shares differ by several dimensions".into(),
                "their sum would have to be 1 for every group",
                "write all tables by the same dimension".into(),
            );
            return;
        }
        for value in 0..self.groups.dimensions[dimension].values.len() {
            if who.allowed[dimension].as_ref().is_some_and(|allowed| !allowed.contains(&value)) {
                continue;
            }
            let of_value: Option<Vec<_>> =
                shares.iter().map(|share| share.pick_on(dimension, value)).collect();
            let Some(of_value) = of_value else { return };
            let before = self.errors;
            self.add_up(&of_value, span.clone());
            if self.errors > before {
                return;
            }
        }
    }

    /// People who leave a place: from where, who, and where they go.
    pub(super) fn leavers(
        &mut self,
        address: &str,
        written: &WrittenLeavers,
    ) -> (Vec<PlaceId>, Who, Vec<Target>) {
        let from = self.places_of(written.from);
        let who = self.who(written.who.as_ref());
        let becomes = written.becomes.as_ref().map(|becomes| ("becomes", becomes));
        let targets = self.targets(address, (&from, &who), Some(written.to), becomes);
        self.goes_somewhere(&from, &who, &targets, written.to.span());
        (from, who, targets)
    }

    /// The targets of people who leave `from`: places and new values multiply. None of them is where they are.
    pub(super) fn targets(
        &mut self,
        address: &str,
        (from, who): (&[PlaceId], &Who),
        to: Option<&Located<To>>,
        becomes: Option<WrittenBecomes>,
    ) -> Vec<Target> {
        let errors = self.errors;
        let places: Vec<(Option<PlaceId>, Option<Varying>)> = match to {
            Some(to) => self
                .destinations(address, to, who)
                .into_iter()
                .map(|(place, share)| (Some(place), share))
                .collect(),
            None => vec![(None, None)],
        };
        let kept = vec![(vec![None; self.groups.dimensions.len()], None)];
        let values = becomes.map_or(kept, |becomes| self.new_values(address, becomes, who));
        let mut targets = Vec::new();
        // Where something is unknown nothing can be said of where people get.
        if self.errors > errors {
            return targets;
        }
        if !self.room_for(from.len() as u64 * self.size_of(who), (places.len() * values.len()) as u64) {
            return targets;
        }
        for (place, place_share) in &places {
            for (values, value_share) in &values {
                let shares = place_share.iter().chain(value_share).cloned().collect();
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
            Code::GoesNowhere.of(&place),
            span,
            format!("this goes nowhere: {people} in `{place}` stay what and where they are"),
            "the same place and the same values",
            "leave them out by `who` or `from`, or send them elsewhere".into(),
        );
    }
}

/// Implements what the mechanisms that take people from place to place have in common.
macro_rules! leavers {
    ($($written:ty: $from:ident),+) => {
        $(impl $written {
            /// Whom it takes from where to where.
            pub(super) fn leavers(&self) -> WrittenLeavers<'_> {
                WrittenLeavers { from: &self.$from, who: &self.who, to: &self.to, becomes: &self.becomes }
            }
        })+
    };
}

leavers!(WrittenMove: from, WrittenProgramme: from, WrittenStay: at, WrittenShock: at);
