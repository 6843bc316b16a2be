//! An array of tasks for HyperQueue.

use super::Job;
use crate::wording::{Shell, shell_word};

/// The script, for a shell on a machine that knows the server.
pub fn hyperqueue(job: &Job) -> String {
    let Job { title, name, shards, units, .. } = job;
    let (program, folder) = (shell_word(&job.program, Shell::Posix), shell_word(&job.folder, Shell::Posix));
    let takes = job.takes();
    let (limit, until) = (job.limit_minutes, job.until_minutes);
    format!(
        r#"#!/bin/bash
# {title}
# {units} units of work in {shards} shards. {takes}.
#
# Save this as {name}.sh. Start a server and workers, by hand or from a scheduler's jobs, then this:
#   hq server start &
#   hq worker start &                                    on each machine; or let HyperQueue ask Slurm for them:
#   hq alloc add slurm --time-limit 2h -- --partition=PARTITION
#   bash {name}.sh
# It submits what is missing, so the same command sends again what died.
set -euo pipefail

# EDIT: where the program is, for the workers too.
repatria={program}
folder={folder}
# EDIT: processors for each shard; more make it faster, and the results are the same.
cpus=1
# The number of shards says which units a shard has: keep it while a study runs.
shards={shards}

missing=$("$repatria" study status "$folder" --missing-shards "$shards")
if [ -n "$missing" ]; then
  hq submit --wait --array "$missing" --name {name} --cpus "$cpus" --time-limit {limit}min -- \
    bash -c 'exec "$0" study run "$1" --shard "$HQ_TASK_ID/$2" --threads "$3" --until {until}m --quiet' \
    "$repatria" "$folder" "$shards" "$cpus"
fi
# Says what is missing still, if anything is.
"$repatria" study merge "$folder"
"#
    )
}
