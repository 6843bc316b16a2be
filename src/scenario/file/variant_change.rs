//! A change that a variant makes, or the setting of an exercise.

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::{AppliesTo, PolicyChange};
use super::date::{DateText, LengthText};
use super::entries::{Entries, ListReadElsewhere, SetTo};
use super::number::WrittenNumber;
use crate::scenario::located::Located;

/// A change of a field, on dates or, without any, from the start to the end.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["set"] }, { "required": ["times"] }, { "required": ["add"] }]))]
pub struct VariantChange {
    /// The address of the field: the file's own words joined by dots, "moves.review_release.rate".
    pub field: Located<String>,
    /// What the field becomes; for a stay, another length; for a list, all of its entries: pauses = [{ from = "2028-01", until = "2029-01" }].
    pub set: Option<Located<SetTo>>,
    /// What the field is multiplied by.
    pub times: Option<Located<WrittenNumber>>,
    /// For a list, such as the pauses of a programme: entries that it has more.
    pub add: Option<Located<ListReadElsewhere>>,
    /// Of a stay: the share of people whom it concerns; all unless written.
    pub share: Option<Located<WrittenNumber>>,
    /// Of a stay: whom it concerns; new arrivals unless written.
    pub applies_to: Option<Located<AppliesTo>>,
    /// The date from which it applies; the start unless written.
    pub from: Option<Located<DateText>>,
    /// The date from which it no longer applies; it stays unless written.
    pub until: Option<Located<DateText>>,
    /// The time over which it comes in, evenly: "6 months".
    pub ramp: Option<Located<LengthText>>,
    /// The part of the variant to which it belongs, in words; each change is a part of its own unless written.
    pub part: Option<Located<String>>,
    /// The entries that `set` or `add` has for a list.
    #[serde(skip)]
    pub entries: Option<Entries>,
}

impl VariantChange {
    /// The word before its list, if it has one: `set` or `add`.
    pub fn list(&self) -> Option<&'static str> {
        match (&self.add, self.set.as_ref().map(Located::get)) {
            (Some(_), _) => Some("add"),
            (None, Some(SetTo::List(_))) => Some("set"),
            _ => None,
        }
    }

    /// The same change in the words of a policy.
    pub fn as_policy_change(&self) -> PolicyChange {
        PolicyChange {
            field: self.field.clone(),
            set: self.set.as_ref().and_then(|set| match set.get() {
                SetTo::Amount(amount) => Some(set.with((**amount).clone())),
                SetTo::List(_) => None,
            }),
            times: self.times.clone(),
            share: self.share.clone(),
            applies_to: self.applies_to.clone(),
            from: self.from.clone(),
            until: self.until.clone(),
            ramp: self.ramp.clone(),
        }
    }
}

/// The words that lead to a list of changes, and the list.
pub struct ChangesAt<'f> {
    /// `["variants", NAME, "changes"]`, or with `exercises` and `setting`.
    pub path: Vec<String>,
    /// As they are written.
    pub changes: &'f mut Vec<Located<VariantChange>>,
}
