//! `repatria gallery`: the pages of all scenarios of a folder, with an index.

use std::path::Path;

use super::args::RunArgs;
use super::failure::Failure;
use super::list::scenario_files;
use super::page::simulated_page;
use super::page_args::GalleryArgs;
use super::page_files::{PageMaker, may_write, write};
use super::run::stem;
use super::say::say;
use super::stop::listen;
use crate::page::gallery::{GalleryEntry, gallery as index};

/// Simulates every scenario of a folder and writes their pages.
pub fn gallery(args: &GalleryArgs) -> Result<(), Failure> {
    listen()?;
    let maker = PageMaker::new(&args.look)?;
    let folder = args.folder.as_deref().unwrap_or(Path::new("scenarios"));
    let scenarios = scenario_files(folder)?;
    if scenarios.is_empty() {
        return Err(Failure::BadInput(format!("error: there are no scenarios in {}", folder.display())));
    }
    if let Some(path) = scenarios.iter().find(|path| stem(path).eq_ignore_ascii_case("index")) {
        return Err(Failure::BadInput(format!(
            "error: the page of {} would have the name of the gallery's own index: give the scenario another name",
            path.display()
        )));
    }
    let out = args.out.clone().unwrap_or_else(|| Path::new("output").join("gallery"));
    fs_err::create_dir_all(&out)?;
    let page = |name: &str| out.join(format!("{name}.html"));
    // All are looked at before the work starts.
    for name in scenarios.iter().map(|path| stem(path)).chain(["index".to_string()]) {
        may_write(&page(&name), args.force)?;
    }
    let mut entries = Vec::new();
    for path in &scenarios {
        let name = stem(path);
        let run = RunArgs { replicates: args.replicates, quiet: args.quiet, ..RunArgs::of(path.clone()) };
        let made = simulated_page(&run, &maker, &name)?;
        write(&page(&name), &made.html)?;
        entries.push(GalleryEntry { name, ..made.entry });
    }
    write(&page("index"), &index(&entries, maker.words()))?;
    if !args.quiet {
        say(format!("Written to {}: open index.html.", out.display()));
        maker.tell();
    }
    Ok(())
}
