//! One line for GNU parallel.

use super::Job;
use crate::wording::{Shell, shell_word};

/// The script, for a shell.
pub fn parallel(job: &Job) -> String {
    let Job { title, name, shards, units, .. } = job;
    let (program, folder) = (shell_word(&job.program, Shell::Posix), shell_word(&job.folder, Shell::Posix));
    let takes = job.takes();
    format!(
        r#"#!/bin/bash
# {title}
# {units} units of work in {shards} shards. {takes}.
#
# Save this as {name}.sh and run it: bash {name}.sh
# On one machine alone, `repatria study run` does the same with less. On several that share the folder, write their names to a
# file, one a line ("4/node1" for four at a time), and add to the line below:  --sshloginfile nodes.txt
# Run it again after any mishap: it goes on with what is missing.
set -euo pipefail

# EDIT: where the program is, on every machine.
repatria={program}
folder={folder}

# The number of shards says which units a shard has: keep it while a study runs.
"$repatria" study status "$folder" --missing-shards {shards} | tr ',' '\n' |
  parallel --no-run-if-empty --quote --retries 3 "$repatria" study run "$folder" --shard {{}}/{shards} --threads 1 --quiet
# Says what is missing still, if anything is.
"$repatria" study merge "$folder"
"#
    )
}
