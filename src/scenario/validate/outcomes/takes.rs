//! How what happens over time becomes one number.

use super::super::draft::Draft;
use super::super::usual::{MaybeKey, OneOf};
use crate::model::{AmountTake, Beyond, LevelTake};
use crate::scenario::code::Code;
use crate::scenario::file::date::DateText;
use crate::scenario::file::outcome::{TakeTable, WrittenTake};
use crate::scenario::located::Located;
use crate::scenario::words::{list, shortened};

/// The keys of a table, of which exactly one is there.
const KEYS: [&str; 6] =
    ["on", "between", "first_below", "first_above", "share_of_time_above", "share_of_time_below"];

impl Draft<'_> {
    /// How a level is taken: at the end unless written. `people`: it is known at the start and spends time.
    pub(super) fn level_take(
        &mut self,
        written: Option<&Located<WrittenTake>>,
        people: bool,
    ) -> Option<LevelTake> {
        let end = self.calendar.steps();
        let Some(written) = written else { return Some(LevelTake::At(end)) };
        match written.get() {
            WrittenTake::Word(word) => match word.as_str() {
                "end" => Some(LevelTake::At(end)),
                "mean" => Some(LevelTake::Mean),
                "max" => Some(LevelTake::Max),
                "min" => Some(LevelTake::Min),
                "start" if people => Some(LevelTake::At(0)),
                "person_years" if people => Some(LevelTake::PersonTime { unit: 1.0 }),
                "person_months" if people => Some(LevelTake::PersonTime { unit: 1.0 / 12.0 }),
                _ => self.no_take(written, word, &LEVEL_WORDS[..if people { 7 } else { 4 }]),
            },
            WrittenTake::Table(table) => {
                self.one_key(written, table)?;
                if let Some(date) = &table.on {
                    let boundary = self.boundary_on(date)?;
                    if boundary == 0 && !people {
                        self.error(
                            Code::OutsideHorizon,
                            date.span(),
                            "this is measured in steps: there is nothing on the first day".into(),
                            "before the end of the first step",
                            format!("write {} or a later date", self.calendar.date(1)),
                        );
                        return None;
                    }
                    return Some(LevelTake::At(boundary));
                }
                if let Some(limit) = &table.first_below {
                    return Some(LevelTake::First(Beyond::Below(self.limit(limit))));
                }
                if let Some(limit) = &table.first_above {
                    return Some(LevelTake::First(Beyond::Above(self.limit(limit))));
                }
                if let Some(limit) = &table.share_of_time_above {
                    return Some(LevelTake::ShareOfTime(Beyond::Above(self.limit(limit))));
                }
                if let Some(limit) = &table.share_of_time_below {
                    return Some(LevelTake::ShareOfTime(Beyond::Below(self.limit(limit))));
                }
                self.no_take(written, "between", &["on", "first_below", "first_above", "share_of_time_above"])
            }
        }
    }

    /// How what adds up is taken: in all unless written.
    pub(super) fn amount_take(&mut self, written: Option<&Located<WrittenTake>>) -> Option<AmountTake> {
        let end = self.calendar.steps();
        let Some(written) = written else { return Some(AmountTake::Between(0, end)) };
        match written.get() {
            WrittenTake::Word(word) => match word.as_str() {
                "total" => Some(AmountTake::Between(0, end)),
                "max" => Some(AmountTake::Max),
                _ => self.no_take(written, word, &["total", "max"]),
            },
            WrittenTake::Table(table) => {
                let key = self.one_key(written, table)?;
                if let Some(date) = &table.on {
                    return Some(AmountTake::Between(0, self.boundary_on(date)?));
                }
                if let Some(limit) = &table.first_above {
                    return Some(AmountTake::FirstAbove(self.limit(limit)));
                }
                if let Some(dates) = &table.between {
                    let [from, until] = dates.get().as_slice() else { return None };
                    let (a, b) = (self.boundary_on(from)?, self.boundary_on(until)?);
                    return self.ends_later(a, b, until.span()).then_some(AmountTake::Between(a, b));
                }
                self.no_take(written, key, &["on", "between", "first_above"])
            }
        }
    }

    /// The boundary that a date counts as; whose date it is says who reads the outcome.
    fn boundary_on(&mut self, date: &Located<DateText>) -> Option<u32> {
        self.boundary("", date, true)
    }

    fn one_key(&mut self, written: &Located<WrittenTake>, table: &TakeTable) -> Option<&'static str> {
        let spans = [
            table.on.as_ref().map(Located::span),
            table.between.as_ref().map(Located::span),
            table.first_below.as_ref().map(Located::span),
            table.first_above.as_ref().map(Located::span),
            table.share_of_time_above.as_ref().map(Located::span),
            table.share_of_time_below.as_ref().map(Located::span),
        ];
        let keys: Vec<MaybeKey> = KEYS.into_iter().zip(spans).collect();
        let message = "`take` is one thing";
        let help = format!("write exactly one of {}", list(KEYS, 8));
        let say = OneOf { about: "", none: [message, &help], several: [message, &help] };
        let one = self.one_of(written.span(), &keys, &say);
        KEYS.into_iter().zip(&keys).find(|(_, (_, span))| one && span.is_some()).map(|(key, _)| key)
    }

    fn no_take<T>(&mut self, written: &Located<WrittenTake>, word: &str, allowed: &[&str]) -> Option<T> {
        self.error(
            Code::WrongKind.of(&word),
            written.span(),
            format!("this cannot be taken as `{}`", shortened(word)),
            "of another kind of number",
            format!("write one of {}, or leave it out", list(allowed.iter().copied(), 8)),
        );
        None
    }
}

/// The words for levels; those from the fifth on for people only.
const LEVEL_WORDS: [&str; 7] = ["end", "mean", "max", "min", "start", "person_years", "person_months"];
