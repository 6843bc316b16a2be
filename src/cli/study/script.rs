//! `repatria study script`: a script that runs a study on a cluster, printed.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::args::{Engine, ScriptArgs};
use super::open::open;
use crate::cli::failure::Failure;
use crate::cli::say::{out, say, visible};
use crate::study::script::{Job, dask, hyperqueue, parallel, slurm};

/// Prints the script.
pub fn script(args: &ScriptArgs) -> Result<(), Failure> {
    let (_, plan, _) = open(&args.folder, "script --engine slurm")?;
    // Wherever the script is submitted from.
    let folder = std::path::absolute(&args.folder).context("the study's folder has no full path")?;
    let program = std::env::current_exe().context("it is not known where this program is")?;
    let job = Job::new(&plan, text(&program)?, text(&folder)?, args.shards);
    if let Some(asked) = args.shards.filter(|asked| *asked > job.shards) {
        say(format!(
            "{asked} shards are more than there are units: {} were written. Smaller units: repatria study plan ... --unit-points N --replan",
            job.shards
        ));
    }
    let script = match args.engine {
        Engine::Slurm => slurm(&job, args.longest_array),
        Engine::Hyperqueue => hyperqueue(&job),
        Engine::Dask => dask(&job),
        Engine::Parallel => parallel(&job),
    };
    Ok(out().write_all(script.as_bytes())?)
}

/// A path that can stand in a script.
fn text(path: &Path) -> Result<String, Failure> {
    let text = path.to_str().filter(|text| visible(text) == *text && !text.contains(['\n', '\t']));
    text.map(str::to_string).ok_or_else(|| {
        Failure::BadInput(format!(
            "error: the path {} cannot be written into a script: move it to one of plain letters",
            path.display()
        ))
    })
}
