//! How people arrive: one by one, dispersed, or in convoys.

use super::draft::Draft;
use crate::model::{Coming, Convoy, NumberKind};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::dynamics::{ConvoyTable, WrittenArrival, WrittenConvoy};
use crate::scenario::file::number::NumberOr;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;

/// A larger dispersion is a slip of the pen: nearly always nobody, and now and then thousands.
const LARGEST_DISPERSION: f64 = 1e3;
/// More people than this in one convoy are refused.
const LARGEST_CONVOY: u32 = 1_000_000;
/// More sizes than this in one table are refused.
const MOST_SIZES: usize = 100;

impl Draft<'_> {
    /// How people of an arrival come.
    pub(super) fn coming(&mut self, address: &str, written: &WrittenArrival) -> Coming {
        match (&written.dispersion, &written.convoy) {
            (None, None) => Coming::Singly,
            (Some(dispersion), None) => {
                let id = self.amount(address, "dispersion", dispersion);
                let help =
                    "it is the variance of the number who come over its mean: 1 if each comes for themself";
                self.within(id, (1.0, LARGEST_DISPERSION), help);
                Coming::Dispersed(id)
            }
            (None, Some(convoy)) => {
                self.convoy(&format!("{address}.convoy"), convoy).map_or(Coming::Singly, Coming::InConvoys)
            }
            (Some(dispersion), Some(_)) => {
                self.error(
                    Code::ExclusiveKeys,
                    dispersion.span(),
                    "these people come in convoys and have a dispersion too".into(),
                    "convoys disperse the number who come already",
                    "take one of `dispersion` and `convoy` out".into(),
                );
                Coming::Singly
            }
        }
    }

    /// The size of a convoy; `None` where something is wrong, which is then said.
    fn convoy(&mut self, address: &str, written: &Located<WrittenConvoy>) -> Option<Convoy> {
        match written.get() {
            NumberOr::Number(one) => {
                let size = self.number(address.into(), NumberKind::Amount, &written.with(one.clone()));
                Some(Convoy::Fixed(size))
            }
            NumberOr::Table(ConvoyTable { mean: Some(mean), sd: Some(sd), table: None }) => {
                let mean = self.amount(address, "mean", mean);
                Some(Convoy::Normal { mean, sd: self.amount(address, "sd", sd) })
            }
            NumberOr::Table(ConvoyTable { mean: None, sd: None, table: Some(table) })
                if !table.is_empty() && table.len() <= MOST_SIZES =>
            {
                let mut sizes = Vec::new();
                for (key, share) in table.iter() {
                    let address = format!("{address}.table.{}", &***key);
                    let id = self.number(address, NumberKind::Share, share);
                    match key.parse::<u32>() {
                        Ok(size) if (1..=LARGEST_CONVOY).contains(&size) => sizes.push((size, id)),
                        _ => self.out_of_range(
                            key,
                            key.span(),
                            format!("`{}` is no number of people in a convoy", shortened(key)),
                            (1.0, LARGEST_CONVOY.into()),
                            "write whole numbers and shares: { \"20\" = 0.5, \"60\" = 0.5 }",
                        ),
                    }
                }
                let shares: Vec<_> = sizes.iter().map(|(_, share)| *share).collect();
                if sizes.len() == table.len() {
                    self.add_up(&shares, table.span());
                }
                self.addresses.insert(format!("{address}.table"), Meaning::Numbers(shares));
                Some(Convoy::Table(sizes))
            }
            NumberOr::Table(_) => {
                self.error(
                    Code::Incomplete.of(&address),
                    written.span(),
                    format!("`{address}` does not say how many people a convoy has"),
                    "expected `mean` with `sd`, or a `table` of at most 100 sizes",
                    "write 40, { mean = 40, sd = 15 } or { table = { \"20\" = 0.5, \"60\" = 0.5 } }".into(),
                );
                None
            }
        }
    }
}
