//! What is in a folder before a run: whose results, and which other files.

use std::io;
use std::path::Path;

use serde_json::Value;

use super::{FolderError, Identity, PACKAGE_FILE, is_plain};

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// The scenario whose results are there.
    scenario: Option<Identity>,
    /// The files that the results consist of.
    pub(super) files: Vec<String>,
    /// Other files and folders; hidden ones do not count.
    others: Vec<String>,
}

/// Looks into a folder that exists.
pub(super) fn read(folder: &Path) -> io::Result<Earlier> {
    let mut earlier = Earlier::default();
    let package = folder.join(PACKAGE_FILE);
    if package.is_file() {
        let package = serde_json::from_slice(&fs_err::read(package)?).unwrap_or(Value::Null);
        // Those of a study are told by the study, those of a run by its scenario.
        let ours = &package["repatria"];
        let whose = ours.get("study").unwrap_or(&ours["scenario"]);
        earlier.scenario = serde_json::from_value(whose.clone()).ok();
        if earlier.scenario.is_some() {
            earlier.files = listed(&package);
        }
    }
    for entry in fs_err::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !earlier.files.contains(&name) {
            earlier.others.push(name);
        }
    }
    earlier.others.sort();
    Ok(earlier)
}

impl Earlier {
    /// Refuses what a run without force must not write over.
    pub(super) fn refuse(&self, folder: &Path, scenario: &Identity) -> Result<(), FolderError> {
        match &self.scenario {
            Some(there) if there == scenario => Ok(()),
            Some(there) => Err(FolderError::AnotherScenario { path: folder.into(), there: there.clone() }),
            None if self.others.is_empty() => Ok(()),
            None => Err(FolderError::NotOurs { path: folder.into(), files: self.others.clone() }),
        }
    }
}

/// The files that a package lists. It may have been edited by anybody: nothing outside the folder is believed.
fn listed(package: &Value) -> Vec<String> {
    let resources = package["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
    let paths = resources.iter().filter_map(|resource| resource["path"].as_str());
    paths.filter(|path| is_plain(path)).chain([PACKAGE_FILE]).map(String::from).collect()
}
