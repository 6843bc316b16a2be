//! Costs.

use super::draft::Draft;
use crate::model::{Costs, Mechanism, MechanismCost, NumberId, PlaceCost, Section};
use crate::scenario::code::Code;
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::section::SectionTable;
use crate::scenario::file::words::Key;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;

impl Draft<'_> {
    pub(super) fn costs(&mut self) -> Option<Costs> {
        let file = self.file;
        let written = file.costs.as_ref()?;
        let currency = self.text(&written.currency, "currency");
        let discount_rate =
            written.discount_rate.as_ref().map(|rate| self.amount("costs", "discount_rate", rate));
        let mut places = Vec::new();
        for (key, cost) in &written.places {
            let address = format!("costs.places.{}", &***key);
            let per_person_month = self.price(&address, "per_person_month", cost.per_person_month.as_ref());
            let fixed_per_month = self.price(&address, "fixed_per_month", cost.fixed_per_month.as_ref());
            self.some_price(key, per_person_month.or(fixed_per_month));
            let Some(place) = self.place(key, key.span()) else { continue };
            places.push(PlaceCost { place, per_person_month, fixed_per_month });
        }
        let mut mechanisms = Vec::new();
        for (section, costs) in written.by_person() {
            let Some(mechanism) = section.facts().mechanism else { continue };
            let family = section.name();
            let known = names(file.section(section));
            for (key, cost) in costs {
                let address = format!("costs.{family}.{}", &***key);
                let per_person = self.price(&address, "per_person", Some(&cost.per_person));
                let Some(index) = self.entry(key, &known, family) else { continue };
                mechanisms.push(MechanismCost {
                    mechanism: mechanism(index),
                    per_person,
                    per_occasion: None,
                    fixed_per_month: None,
                });
            }
        }
        let known = names(file.section(Section::Programmes));
        for (key, cost) in &written.programmes {
            let address = format!("costs.programmes.{}", &***key);
            let per_person = self.price(&address, "per_person", cost.per_person.as_ref());
            let per_occasion = self.price(&address, "per_occasion", cost.per_occasion.as_ref());
            let fixed_per_month = self.price(&address, "fixed_per_month", cost.fixed_per_month.as_ref());
            self.some_price(key, per_person.or(per_occasion).or(fixed_per_month));
            let Some(index) = self.entry(key, &known, "programmes") else { continue };
            let mechanism = Mechanism::Programme(index);
            mechanisms.push(MechanismCost { mechanism, per_person, per_occasion, fixed_per_month });
        }
        if written.priced().iter().all(|(_, names)| names.is_empty()) {
            self.error(
                Code::Incomplete,
                written.currency.span(),
                "`costs` has a currency and no costs".into(),
                "nothing costs anything",
                "add what costs something: places.some_name = { per_person_month = 100 }".into(),
            );
        }
        Some(Costs { currency, discount_rate, places, mechanisms })
    }

    fn price(
        &mut self,
        address: &str,
        word: &str,
        written: Option<&Located<WrittenNumber>>,
    ) -> Option<NumberId> {
        written.map(|written| self.amount(address, word, written))
    }

    /// Says so where something is named and costs nothing.
    fn some_price(&mut self, key: &Key, price: Option<NumberId>) {
        if price.is_none() {
            self.error(
                Code::Incomplete.of(&key),
                key.span(),
                format!("nothing says what `{}` costs", shortened(key)),
                "an empty table",
                "write a price in it, such as fixed_per_month = 1000, or take it out".into(),
            );
        }
    }

    /// The position of a name among those of its family; `None` where there is none, which is then said.
    fn entry(&mut self, key: &Key, known: &[&str], family: &str) -> Option<usize> {
        self.known((&format!("entry of `{family}`"), family), key, key.span(), known)
    }
}

/// The names of a section.
fn names(section: &dyn SectionTable) -> Vec<&str> {
    section.keys().into_iter().map(|key| &***key).collect()
}
