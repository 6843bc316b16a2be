//! Shocks; what they set off elsewhere is with the changes.

use super::draft::Draft;
use crate::model::{NumberKind, Severity, Shock, Who};
use crate::scenario::address::Meaning;
use crate::scenario::file::date::DateText;
use crate::scenario::file::number::NumberOr;
use crate::scenario::file::shock::{DrawnShare, ShareAffected};
use crate::scenario::file::words::OneOrMany;
use crate::scenario::located::Located;
use crate::scenario::words::number;

impl Draft<'_> {
    pub(super) fn shocks(&mut self) -> Vec<Shock> {
        let file = self.file;
        let mut shocks = Vec::new();
        for (key, written) in &file.shocks {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("shocks.{name}");
            let at = self.place(&written.at, written.at.span());
            if let Some(place) = at {
                self.not_an_end(place, written.at.span());
            }
            let who: Who = self.who(written.who.as_ref());
            let from: Vec<usize> = at.into_iter().collect();
            let becomes = written.becomes.as_ref().map(|becomes| ("becomes", becomes));
            let targets = self.targets(&address, (&from, &who), Some(&written.to), becomes);
            self.goes_somewhere(&from, &who, &targets, written.to.span());
            let severity = self.severity(&format!("{address}.share"), &written.share);
            let rate = written
                .rate
                .as_ref()
                .map(|rate| self.rate(&format!("{address}.rate"), rate.parts(), rate.span(), None));
            let on = written.on.as_ref().map(|on| self.dates(on)).unwrap_or_default();
            match (&written.rate, &written.on) {
                (Some(_), Some(on)) => self.error(
                    on.span(),
                    format!("the shock `{name}` comes at random and on dates at once"),
                    "dates, beside `rate`",
                    "write one of them, or two shocks".into(),
                ),
                (None, None) => self.error(
                    key.span(),
                    format!("nothing says when the shock `{name}` comes"),
                    "neither `rate` nor `on`",
                    "write rate = { per_year = 0.1 }, or on = \"2027-03\"".into(),
                ),
                _ => {}
            }
            shocks.push(Shock {
                name,
                label,
                // The first place stands in for one that is not known: the model is then refused.
                at: at.unwrap_or_default(),
                who,
                rate,
                on,
                severity,
                targets,
            });
        }
        shocks
    }

    /// The steps in which dates lie, each once.
    fn dates(&mut self, written: &Located<OneOrMany<DateText>>) -> Vec<u32> {
        let mut steps = Vec::new();
        for (span, date) in written.items() {
            let located = match written.get() {
                OneOrMany::One(_) => written.with(date.clone()),
                OneOrMany::Many(items) => match items.iter().find(|item| item.span() == span) {
                    Some(item) => item.clone(),
                    None => continue,
                },
            };
            let Some(date) = self.date_within(&located, false) else { continue };
            let Some(step) = self.calendar.step_containing(date) else { continue };
            if steps.contains(&step) {
                self.error(
                    span,
                    "two of these dates are in one step".into(),
                    "the same step as another date",
                    "take one out, or use a shorter `step`: a shock comes at most once in a step".into(),
                );
            } else {
                steps.push(step);
            }
        }
        steps.sort_unstable();
        steps
    }

    fn severity(&mut self, address: &str, written: &Located<ShareAffected>) -> Severity {
        let DrawnShare { beta } = match written.get() {
            NumberOr::Number(one) => {
                return Severity::Fixed(self.number(
                    address.into(),
                    NumberKind::Share,
                    &written.with(one.clone()),
                ));
            }
            NumberOr::Table(drawn) => drawn,
        };
        let mean = self.number(format!("{address}.beta.mean"), NumberKind::Share, &beta.mean);
        let sd = self.number(format!("{address}.beta.sd"), NumberKind::Amount, &beta.sd);
        self.addresses.insert(address, Meaning::Drawn(format!("{address}.beta.mean")));
        if !self.number_broken[mean] && !self.number_broken[sd] {
            let (mean, sd) = (self.now(mean), self.now(sd));
            if mean <= 0.0 || mean >= 1.0 {
                self.error(
                    beta.mean.span(),
                    format!("a beta distribution cannot have the mean {}", number(mean)),
                    "must be above 0 and below 1",
                    "write a mean within, or a plain number for `share`".into(),
                );
            } else if sd <= 0.0 || sd * sd >= mean * (1.0 - mean) {
                let most = (mean * (1.0 - mean)).sqrt();
                self.error(
                    beta.sd.span(),
                    format!("with the mean {} the standard deviation cannot be {}", number(mean), number(sd)),
                    "no such beta distribution",
                    format!("write a number above 0 and below {most:.3}"),
                );
            }
        }
        Severity::Beta { mean, sd }
    }
}
