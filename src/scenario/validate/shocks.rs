//! Shocks; what they set off elsewhere is with the changes.

use super::draft::Draft;
use super::tables::{WrittenTable, numbers_of};
use super::usual::OneOf;
use crate::model::{Hits, NumberKind, PlaceId, Shock, ShockSeverity, Varying, Who};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::date::DateText;
use crate::scenario::file::number::{NumberOr, WrittenNumber};
use crate::scenario::file::shock::{Beta, ShareAffected, ShareTable, WrittenShock};
use crate::scenario::file::words::OneOrMany;
use crate::scenario::located::Located;
use crate::scenario::words::{number, shortened};

impl Draft<'_> {
    pub(super) fn shocks(&mut self) -> Vec<Shock> {
        let file = self.file;
        let mut shocks = Vec::new();
        for (key, written) in &file.shocks {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("shocks.{name}");
            let (at, who, targets) = self.leavers(&address, &written.leavers());
            let severity = self.severity(&format!("{address}.share"), &written.share, &who);
            let hits = self.hits(&address, written, &at);
            let same_share = written.same_share.as_ref().is_none_or(|same| *same.get());
            let rate = written.rate.as_ref().map(|rate| self.rate_at(&address, rate, None, &at));
            let on = written.on.as_ref().map(|on| self.dates(&address, on)).unwrap_or_default();
            let keys = [
                ("rate", written.rate.as_ref().map(|rate| rate.span())),
                ("on", written.on.as_ref().map(Located::span)),
            ];
            let say = OneOf {
                about: &name,
                none: [
                    &format!("nothing says when the shock `{name}` comes"),
                    "write rate = { per_year = 0.1 }, or on = \"2027-03\"",
                ],
                several: [
                    &format!("the shock `{name}` comes at random and on dates at once"),
                    "write one of them, or two shocks",
                ],
            };
            self.one_of(key.span(), &keys, &say);
            shocks.push(Shock { name, label, at, hits, same_share, who, rate, on, severity, targets });
        }
        shocks
    }

    /// The steps at whose start dates are, each once.
    fn dates(&mut self, address: &str, written: &Located<OneOrMany<DateText>>) -> Vec<u32> {
        let mut steps = Vec::new();
        for (span, date) in written.items() {
            let located = match written.get() {
                OneOrMany::One(_) => written.with(date.clone()),
                OneOrMany::Many(items) => match items.iter().find(|item| item.span() == span) {
                    Some(item) => item.clone(),
                    None => continue,
                },
            };
            let Some(step) = self.step_of(address, &located) else { continue };
            if steps.contains(&step) {
                self.error(
                    Code::Duplicate,
                    span,
                    "two of these dates are at the start of one step".into(),
                    "the same as another date",
                    "take one out, or use a shorter `step`: a shock comes at most once in a step".into(),
                );
            } else {
                steps.push(step);
            }
        }
        steps.sort_unstable();
        steps
    }

    /// Which of its places an event hits.
    fn hits(&mut self, address: &str, written: &WrittenShock, at: &[PlaceId]) -> Hits {
        if let Some(same) = &written.same_share
            && (at.len() < 2
                || !matches!(written.share.get(), NumberOr::Table(ShareTable { beta: Some(_), .. })))
        {
            self.warning(
                Code::NoEffect,
                same.span(),
                "`same_share` does nothing here".into(),
                "it needs several places and a share that is drawn",
                "take it out, or write share = { beta = { mean = ..., sd = ... } } and a list of places"
                    .into(),
            );
        }
        let Some(hits) = &written.hits else { return Hits::All };
        match hits.get() {
            WrittenNumber::Text(word) if word == "all" => Hits::All,
            WrittenNumber::Text(word) if word == "one" => Hits::One,
            WrittenNumber::Text(word)
                if self.parameters.iter().all(|known| known.name != *word) && is_word(word) =>
            {
                self.error(
                    Code::UnknownWord.of(&word),
                    hits.span(),
                    format!("`{}` does not say which places are hit", shortened(word)),
                    "expected `all`, `one` or a probability",
                    "write \"all\", \"one\" or a number such as 0.4".into(),
                );
                Hits::All
            }
            _ => Hits::Each(self.part(address, "hits", hits)),
        }
    }

    fn severity(&mut self, address: &str, written: &Located<ShareAffected>, who: &Who) -> ShockSeverity {
        let table = match written.get() {
            NumberOr::Number(one) => {
                let share = self.number(address.into(), NumberKind::Share, &written.with(one.clone()));
                return ShockSeverity::Fixed(Varying::Same(share));
            }
            NumberOr::Table(table) => table,
        };
        match (&table.beta, &table.by, &table.values) {
            (Some(beta), None, None) if table.otherwise.is_none() => {
                self.drawn_severity(address, beta, table, who)
            }
            (None, Some(by), Some(values)) if table.times.is_none() => {
                let written = WrittenTable { by, values, otherwise: table.otherwise.as_ref() };
                let shares = self.table(address, &written, NumberKind::Share, Some(who));
                let shares = shares.map_or(Varying::Series(Vec::new()), Varying::By);
                self.addresses.insert(address, Meaning::Numbers(numbers_of(&shares)));
                ShockSeverity::Fixed(shares)
            }
            _ => {
                self.error(
                    Code::Incomplete.of(&address),
                    written.span(),
                    format!("`{address}` is neither drawn nor a table by a dimension"),
                    "expected `beta`, perhaps with `times`, or `by` with `values`",
                    "write { beta = { mean = 0.1, sd = 0.05 } } or { by = \"dimension\", values = { ... } }"
                        .into(),
                );
                ShockSeverity::Fixed(Varying::Series(Vec::new()))
            }
        }
    }

    fn drawn_severity(
        &mut self,
        address: &str,
        beta: &Located<Beta>,
        table: &ShareTable,
        who: &Who,
    ) -> ShockSeverity {
        let mean = self.part(address, "beta.mean", &beta.mean);
        let sd = self.amount(address, "beta.sd", &beta.sd);
        self.addresses.insert(address, Meaning::Drawn(format!("{address}.beta.mean")));
        if let (Some(mean), Some(sd)) = (self.sure(mean), self.sure(sd)) {
            if mean <= 0.0 || mean >= 1.0 {
                self.error(
                    Code::OutOfRange,
                    beta.mean.span(),
                    format!("a beta distribution cannot have the mean {}", number(mean)),
                    "must be above 0 and below 1",
                    "write a mean within, or a plain number for `share`".into(),
                );
            } else if sd <= 0.0 || sd * sd >= mean * (1.0 - mean) {
                let most = (mean * (1.0 - mean)).sqrt();
                self.error(
                    Code::OutOfRange,
                    beta.sd.span(),
                    format!("with the mean {} the standard deviation cannot be {}", number(mean), number(sd)),
                    "no such beta distribution",
                    format!("write a number above 0 and below {most:.3}"),
                );
            }
        }
        let times = self.times(address, table.times.as_ref(), Some(who));
        ShockSeverity::Beta { mean, sd, times }
    }
}

/// Whether a text is one word, no expression.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}
