//! Fields that are given other values from outside the file, as a study does.

use super::items::{self, Owner};
use super::overlay::{Overlay, OverlayChange};
use super::sections::within;
use super::{ScenarioVariants, Variant};
use crate::model::{Effect, Model};
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::file::entries::SetTo;
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::variant_change::VariantChange;
use crate::scenario::located::Located;
use crate::scenario::placed::placed;
use crate::scenario::validate::validate;

/// Another value of a field, from the start to the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting<'a> {
    /// The field's address.
    pub field: &'a str,
    /// Whether it becomes the amount or is multiplied by it.
    pub effect: Effect,
    /// To what, or by how much: finite.
    pub amount: f64,
}

/// Whether a change only holds on some dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnDates(pub bool);

impl Setting<'_> {
    fn written(&self) -> Located<VariantChange> {
        let amount = WrittenNumber::Constant(self.amount);
        let (set, times) = match self.effect {
            Effect::Set => (Some(Located::nowhere(SetTo::number(amount))), None),
            Effect::Times => (None, Some(Located::nowhere(amount))),
        };
        Located::nowhere(VariantChange {
            field: Located::nowhere(self.field.to_string()),
            set,
            times,
            share: None,
            applies_to: None,
            from: None,
            until: None,
            ramp: None,
            part: None,
            add: None,
            entries: None,
        })
    }
}

impl ScenarioVariants {
    /// Whether `variant` sets a field itself, over whatever value it is given from outside: only on some dates, or all the time;
    /// `None` where it does not.
    pub fn sets(&self, variant: &Variant, field: &str) -> Option<OnDates> {
        let items = items::of(&self.file, &variant.name);
        let overlay = Overlay::new(&self.file, &items, |_| true);
        let field = field.strip_suffix(".value").unwrap_or(field);
        let over = |change: &&OverlayChange| {
            let of = change.written.field.as_str();
            change.written.set.is_some()
                && (within(field, of.strip_suffix(".value").unwrap_or(of)) || within(of, field))
        };
        let dated = |change: &OverlayChange| {
            let written = change.written.get();
            OnDates(written.from.is_some() || written.until.is_some() || written.ramp.is_some())
        };
        // One that always holds hides those on dates.
        overlay.changes.iter().filter(over).map(dated).min()
    }

    /// The model of `variant`, or of the baseline, in a scenario with these settings. What the variant says itself stacks on
    /// them: it sets a field over a setting, and multiplies what a setting made of it.
    ///
    /// # Errors
    /// Where the settings make no valid scenario. A problem of a setting has no place in the file: its span is empty.
    pub fn with_settings(
        &self,
        variant: Option<&Variant>,
        settings: &[Setting<'_>],
    ) -> Result<Model, Diagnostics> {
        let items = variant.map(|variant| items::of(&self.file, &variant.name)).unwrap_or_default();
        let written: Vec<Located<VariantChange>> = settings.iter().map(Setting::written).collect();
        let mut overlay = Overlay::new(&self.file, &items, |_| true);
        let of_settings = written.iter().enumerate().map(|(index, written)| OverlayChange {
            owner: Owner::Variant(""),
            address: format!("settings.{index}"),
            amount: Some(written.field.to_string()),
            written,
            item: items.len() + index,
        });
        overlay.changes.splice(0..0, of_settings);
        match validate(&overlay, &self.source) {
            Ok(checked) => Ok(checked.model),
            Err(problems) => Err(problems.each(|problems| placed(self.file.base.as_ref(), problems))),
        }
    }
}
