//! The file that a document is: its values in the types of the file.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

use super::diagnostic::{Diagnostics, unexpected};
use super::file::ScenarioFile;
use super::file::variant::WrittenVariant;
use super::file::words::Named;
use super::variants;

/// A kind of file that can be read: what it is made of.
pub trait Readable: DeserializeOwned {
    /// Its variants, where it can have some. What they write in lists is read when it is known of what these are.
    fn variants(&mut self) -> Option<&mut Named<WrittenVariant>> {
        None
    }
}

impl Readable for ScenarioFile {
    fn variants(&mut self) -> Option<&mut Named<WrittenVariant>> {
        Some(&mut self.variants)
    }
}

/// The file that a document is.
pub(super) fn of_document<T: Readable>(document: Spanned<DeTable>) -> Result<T, Diagnostics> {
    let variants = document.get_ref().get("variants").cloned();
    let mut file = T::deserialize(toml::Deserializer::from(document)).map_err(|error| unexpected(&error))?;
    if let (Some(written), Some(there)) = (&variants, file.variants()) {
        variants::read_lists(there, written)?;
    }
    Ok(file)
}
