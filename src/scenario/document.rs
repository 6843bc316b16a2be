//! The file that a document is: its values in the types of the file.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

use super::diagnostic::{Diagnostics, unexpected};
use super::file::ScenarioFile;
use super::file::exercise::WrittenExercise;
use super::file::variant::WrittenVariant;
use super::file::variant_change::ChangesAt;
use super::file::words::Named;
use super::variants;

/// A kind of file that can be read: what it is made of.
pub trait Readable: DeserializeOwned {
    /// Its changes, where it can have some. What they write in lists is read when it is known of what these are.
    fn changes(&mut self) -> Vec<ChangesAt<'_>> {
        Vec::new()
    }
}

impl Readable for ScenarioFile {
    fn changes(&mut self) -> Vec<ChangesAt<'_>> {
        changes_at(&mut self.variants, &mut self.exercises)
    }
}

/// The changes of variants and of the settings of exercises.
pub(super) fn changes_at<'f>(
    variants: &'f mut Named<WrittenVariant>,
    exercises: &'f mut Named<WrittenExercise>,
) -> Vec<ChangesAt<'f>> {
    let path = |words: &[&str]| words.iter().map(|word| (*word).to_string()).collect();
    let of_variants = variants.iter_mut().map(|(key, variant)| ChangesAt {
        path: path(&["variants", key, "changes"]),
        changes: &mut variant.changes,
    });
    let of_exercises = exercises.iter_mut().filter_map(|(key, exercise)| {
        let changes = &mut exercise.setting.as_mut()?.changes;
        Some(ChangesAt { path: path(&["exercises", key, "setting", "changes"]), changes })
    });
    of_variants.chain(of_exercises).collect()
}

/// The file that a document is.
pub(super) fn of_document<T: Readable>(document: Spanned<DeTable>) -> Result<T, Diagnostics> {
    let whole = document.get_ref().clone();
    let mut file = T::deserialize(toml::Deserializer::from(document)).map_err(|error| unexpected(&error))?;
    variants::read_lists(file.changes(), &whole)?;
    Ok(file)
}
