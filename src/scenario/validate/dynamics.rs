//! Arrivals, births, ageing and moves.

use std::ops::Range;

use super::draft::Draft;
use super::entries::EntrySpread;
use super::usual::OneOf;
use crate::model::{Ageing, Arrival, AtStart, Birth, Move, NumberKind, Pace, PlaceKind, Span, Varying, Who};
use crate::scenario::code::Code;
use crate::scenario::file::dynamics::WrittenAgeing;
use crate::scenario::file::stay::{BandWord, WrittenAtStart as WrittenStart};
use crate::scenario::located::Located;
use crate::scenario::words::{list, nearest, shortened};
use crate::units::TimeUnit;

/// What moves and programmes usually count as.
const COUNTED: [&str; 8] =
    ["repatriation", "release", "transfer", "death", "escape", "recapture", "return", "resettlement"];

impl Draft<'_> {
    pub(super) fn arrivals(&mut self) -> Vec<Arrival> {
        let file = self.file;
        let mut arrivals = Vec::new();
        for (key, written) in &file.arrivals {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("arrivals.{name}");
            let everybody = Who::everybody(self.groups.dimensions.len());
            let places = self.destinations(&address, &written.to, &everybody);
            for (place, _) in &places {
                self.not_an_end(*place, written.to.span());
            }
            let spread = EntrySpread {
                address: &address,
                whole: key.span(),
                who: written.who.as_ref(),
                split: written.split.as_ref(),
                at_start: false,
            };
            let into = self.entries(&places, &spread);
            // A table by a dimension must cover the values with which people come.
            let mut coming = Who::everybody(self.groups.dimensions.len());
            for (dimension, allowed) in coming.allowed.iter_mut().enumerate() {
                let mut values: Vec<usize> = into
                    .iter()
                    .map(|entry| self.group_values[entry.cell % self.groups.count()][dimension])
                    .collect();
                values.sort_unstable();
                values.dedup();
                *allowed = Some(values);
            }
            let rate = self.rate(&address, &written.rate, Some(&coming));
            if let (Varying::By(table), Some(split)) = (&rate.amount, &written.split) {
                let by = self.groups.dimensions[table.dimension].name.clone();
                if let Some((span, _)) = split.items().into_iter().find(|(_, split)| **split.by == by) {
                    self.warning(
                        Code::NoEffect.of(&by),
                        span,
                        format!("the shares of `{by}` only say which values come: their rates say how many"),
                        "the rate is a table by the same dimension",
                        "write one rate with shares, or equal shares with a rate for each value".into(),
                    );
                }
            }
            let coming = self.coming(&address, written);
            arrivals.push(Arrival { name, label, into, rate, coming });
        }
        arrivals
    }

    pub(super) fn births(&mut self) -> Vec<Birth> {
        let file = self.file;
        let mut births = Vec::new();
        for (key, written) in &file.births {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("births.{name}");
            let at = self.places_of(&written.at);
            let mothers = self.who(written.mothers.as_ref());
            // Without a word they are in the mother's group.
            let newborn = written.newborn.as_ref().map(|newborn| ("newborn", newborn));
            let newborn = self.targets(&address, (&at, &mothers), None, newborn);
            let rate = self.rate_at(&address, &written.rate, Some(&mothers), &at);
            births.push(Birth { name, label, at, mothers, newborn, rate });
        }
        births
    }

    pub(super) fn ageing(&mut self) -> Vec<Ageing> {
        let file = self.file;
        let mut ageing = Vec::new();
        for (key, written) in &file.ageing {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("ageing.{name}");
            let not_ends = |draft: &Self| {
                (0..draft.place_kinds.len())
                    .filter(|place| draft.place_kinds[*place] != PlaceKind::End)
                    .collect()
            };
            let at = match &written.at {
                Some(at) => self.places_of(at),
                None => not_ends(self),
            };
            let who = self.who(written.who.as_ref());
            let becomes = Some(("becomes", &written.becomes));
            let targets = self.targets(&address, (&at, &who), written.to.as_ref(), becomes);
            self.goes_somewhere(&at, &who, &targets, written.becomes.span());
            let pace = self.pace(&address, written, key.span(), &who);
            ageing.push(Ageing { name, label, at, who, targets, pace });
        }
        ageing
    }

    /// How fast people age: at a rate, or after a fixed time.
    fn pace(&mut self, address: &str, written: &WrittenAgeing, key: Range<usize>, who: &Who) -> Pace {
        if let (Some(start), None) = (&written.at_start, &written.after) {
            self.error(
                Code::MisplacedKey,
                start.span(),
                "`at_start` belongs to `after`".into(),
                "at a rate it makes no difference",
                "take it out, or write `after` instead of `rate`".into(),
            );
        }
        if let Some(after) = written.after.as_ref().filter(|_| written.rate.is_none()) {
            let time = self.time(format!("{address}.after"), None, NumberKind::Duration, after);
            let at_start = match written.at_start.as_ref().map(Located::get) {
                None | Some(WrittenStart::Word(BandWord::Even)) => AtStart::Even,
                Some(WrittenStart::Word(BandWord::New)) => AtStart::New,
                Some(WrittenStart::Table(table)) => {
                    self.elapsed(&format!("{address}.at_start"), &table.table)
                }
            };
            if let Some(time) = time {
                return Pace::After { time, at_start };
            }
        }
        let keys = [
            ("rate", written.rate.as_ref().map(|rate| rate.span())),
            ("after", written.after.as_ref().map(Located::span)),
        ];
        let say = OneOf {
            about: address,
            none: [
                &format!("nothing says how fast people age by `{address}`"),
                "write after = \"18 years\", or rate = { mean_stay = \"18 years\" }",
            ],
            several: ["people age at a rate or after a fixed time, not both", "take one of them out"],
        };
        self.one_of(key, &keys, &say);
        let Some(rate) = &written.rate else {
            // The model is refused: what stands in for the time is never used.
            let number = self.implied(format!("{address}.after"), 1.0);
            return Pace::After { time: Span { number, unit: TimeUnit::Year }, at_start: AtStart::New };
        };
        Pace::Rate(self.rate(address, rate, Some(who)))
    }

    pub(super) fn moves(&mut self) -> Vec<Move> {
        let file = self.file;
        let mut moves = Vec::new();
        for (key, written) in &file.moves {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("moves.{name}");
            let (from, who, targets) = self.leavers(&address, &written.leavers());
            let rate = self.rate_at(&address, &written.rate, Some(&who), &from);
            let counts_as = written.counts_as.as_ref().map(|word| self.counts_as(word));
            moves.push(Move { name, label, from, who, targets, rate, counts_as });
        }
        moves
    }

    /// What a mechanism counts as, with a warning where it is nearly a usual word.
    pub(super) fn counts_as(&mut self, word: &Located<String>) -> String {
        let good =
            !word.is_empty() && word.len() <= 60 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if !good {
            self.error(
                Code::BadName.of(&word),
                word.span(),
                format!("`{}` is not a word that something can count as", shortened(word)),
                "expected lower-case letters and `_`",
                format!("write one of {}, or a word of your own", list(COUNTED, 8)),
            );
        } else if !COUNTED.contains(&word.as_str())
            && let Some(near) = nearest(word, COUNTED)
        {
            self.warning(
                Code::NearlyTheSame.of(&word).and(&near),
                word.span(),
                format!("this counts as `{}`, which is nearly `{near}`", shortened(word)),
                "counted apart",
                format!("write \"{near}\" if that is meant"),
            );
        }
        word.to_string()
    }
}
