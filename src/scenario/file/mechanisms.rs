//! The mechanisms of a file that move people, by their addresses and by what they count as.

use super::ScenarioFile;
use crate::model::{Mechanism, Section};
use crate::scenario::located::Located;

impl ScenarioFile {
    /// The mechanism at an address; `None` where there is none that moves people.
    pub fn mechanism(&self, address: &str) -> Option<Mechanism> {
        let (section, name) = address.split_once('.')?;
        let section = Section::named(section)?;
        self.section(section).position(name).map(section.facts().mechanism?)
    }

    /// Every mechanism whose people count as something, in the order of [`Mechanism`], with the word.
    pub fn counted(&self) -> Vec<(Mechanism, &Located<String>)> {
        let mut counted = Vec::new();
        for section in Section::moving() {
            let Some(make) = section.facts().mechanism else { continue };
            let table = self.section(section);
            let words =
                (0..table.keys().len()).filter_map(|index| Some((make(index), table.counts_as(index)?)));
            counted.extend(words);
        }
        counted
    }
}
