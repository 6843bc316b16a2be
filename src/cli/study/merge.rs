//! `repatria study merge`: tables and charts of what was simulated.

use std::time::{Instant, SystemTime};

use super::args::{MergeArgs, machine, threads};
use super::memory::can_be_merged;
use super::open::open;
use crate::cli::failure::Failure;
#[cfg(feature = "charts")]
use crate::cli::pictures::pictures;
use crate::cli::report::before_it;
use crate::cli::say::{fill, paragraph, say};
use crate::cli::stop::{leave_when_asked, stop_requested};
use crate::cli::tables::wanted;
use crate::cli::typed::command_line;
use crate::digest::sha256;
use crate::output::folder::{Identity, Results, Written};
use crate::output::format::{count, thousands};
use crate::output::known_formats;
use crate::output::table_format::TableFormat;
use crate::output::write::WriteError;
use crate::study::analysis::analyse;
#[cfg(feature = "charts")]
use crate::study::chart;
use crate::study::columns::OutcomeColumns;
use crate::study::merge::Merge;
use crate::study::output::{PARTIAL, StudyFacts, StudyFindings};
use crate::study::plan::WorkUnit;
use crate::study::store::Store;
use crate::study::verify::{UnitVerdict, verify};
use crate::study::{Study, output};

/// So many missing units are named; the rest is counted.
const MOST_NAMED: usize = 20;

/// Puts a study's units together.
#[expect(clippy::disallowed_methods, reason = "the face of the program may read the clock")]
pub fn merge(args: &MergeArgs) -> Result<(), Failure> {
    let leave = leave_when_asked()?;
    let formats = wanted(&args.tables)?;
    let (created, started) = (jiff::Timestamp::now().to_string(), Instant::now());
    let (store, plan, study) = open(&args.folder, "merge")?;
    drop(leave);
    store.sweep();
    let merge = Merge::new(&store, &plan, &study);
    if !merge.missing().is_empty() && (!args.partial || merge.present().is_empty()) {
        return Err(Failure::Incomplete(holes(args, merge.missing(), plan.unit_count())));
    }
    if args.verify > 0 {
        check(args, &store, &study, &merge)?;
    }
    let identity = Identity { name: study.name.clone(), title: study.title.clone() };
    let folder = args.out.clone().unwrap_or_else(|| args.folder.join("merged"));
    // The folder within the study's is its own.
    let mut results = Results::open(&folder, &identity, args.force || args.out.is_none())?;
    can_be_merged(&study, args.memory)?;
    let columns = OutcomeColumns::read(&merge)?;
    let analysed = analyse(&study, &columns);
    let findings = StudyFindings { merge: &merge, plan: &plan, columns: &columns, analysed: &analysed };
    #[cfg(not(feature = "charts"))]
    let charts = Vec::new();
    #[cfg(feature = "charts")]
    let charts =
        pictures(args.charts, || chart::draw_all(&study, &columns, &analysed, findings.is_partial()))?;
    let made = StudyFacts { command: command_line(None), created, seconds: started.elapsed().as_secs_f64() };
    match output::write(&mut results, findings, &formats, &charts, &made, &stop_requested) {
        Err(WriteError::Stopped) => return Err(Failure::Interrupted),
        written => written?,
    }
    let digest = digest(results.written(), &formats);
    let written = results.commit()?;
    if !args.quiet {
        let names: Vec<String> = (written.paths.iter().filter_map(|path| path.file_name()))
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        say(format!("Written to {}:", folder.display()));
        say(fill("  ", &names));
        before_it(&written);
        if !merge.missing().is_empty() {
            say(paragraph(&format!(
                "This is a part of the study: {} of {} units are missing, so the files have names that begin with `{PARTIAL}`.",
                thousands(merge.missing().len() as f64),
                thousands(plan.unit_count() as f64)
            )));
        }
        say(format!("All tables together: sha256 {digest}"));
    }
    Ok(())
}

/// One hash of all tables: of their names and hashes, in the order in which they were written. Of those in the first of all
/// formats that were written, so that it is the same whatever else is written.
fn digest(written: &[Written], formats: &[&dyn TableFormat]) -> String {
    let first = known_formats::all().find(|known| formats.iter().any(|format| format.name() == known.name()));
    let is_first = |file: &&Written| first.is_some_and(|first| file.name.ends_with(&first.file("")));
    let tables = written.iter().filter(is_first);
    let text: String = tables.map(|file| format!("{}  {}\n", file.sha256, file.name)).collect();
    sha256(text)
}

/// Which units are missing, and what to do about it.
fn holes(args: &MergeArgs, missing: &[WorkUnit], total: u64) -> String {
    let mut text = format!("{} of {} are missing:\n", thousands(missing.len() as f64), count(total, "unit"));
    for unit in missing.iter().take(MOST_NAMED) {
        text.push_str(&format!(
            "  unit {} (points {} to {}): {}\n",
            unit.index + 1,
            unit.points.start,
            unit.points.end - 1,
            unit.name
        ));
    }
    if missing.len() > MOST_NAMED {
        text.push_str(&format!("  and {} more\n", thousands((missing.len() - MOST_NAMED) as f64)));
    }
    let folder = crate::cli::say::path_word(&args.folder);
    text.push_str(&format!(
        "`repatria study run {folder}` simulates them; with --partial, merge writes what there is and says so."
    ));
    text
}

/// Computes some units again.
#[expect(clippy::disallowed_methods, reason = "which units are computed again is to be no one's choice")]
fn check(args: &MergeArgs, store: &Store, study: &Study, merge: &Merge<'_>) -> Result<(), Failure> {
    let now =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_nanos() as u64);
    let machine = machine(threads(args.threads)?, None);
    let mut checked = 0;
    for unit in crate::study::verify::some_of(merge.present(), args.verify, now) {
        if stop_requested() {
            return Err(Failure::Interrupted);
        }
        match verify(store, study, unit, machine)? {
            UnitVerdict::Same => checked += 1,
            UnitVerdict::Other { point } => {
                return Err(Failure::Failed(anyhow::anyhow!(
                    "unit {} ({}) comes out otherwise when it is computed again, first at point {point}: the machines do not \
                     compute alike, or the file was changed. Remove it, run the study again and verify more units",
                    unit.index + 1,
                    unit.name
                )));
            }
        }
    }
    if !args.quiet {
        say(format!("{} computed again: the same bytes.", count(checked, "unit")));
    }
    Ok(())
}
