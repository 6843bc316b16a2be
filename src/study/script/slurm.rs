//! A job array of Slurm.

use super::{Job, shell_word};

/// The script, for `sbatch`.
pub fn slurm(job: &Job) -> String {
    let Job { title, name, shards, units, .. } = job;
    let (program, folder) = (shell_word(&job.program), shell_word(&job.folder));
    let merge = shell_word(&format!("{program} study merge {folder}"));
    let takes = job.takes();
    let (hours, minutes) = (job.limit_minutes / 60, job.limit_minutes % 60);
    let until = job.until_minutes;
    format!(
        r#"#!/bin/bash
# {title}
# {units} units of work in {shards} shards. {takes}.
#
# Save this as {name}.slurm, edit what is marked, and submit it:
#   sbatch {name}.slurm
# Send again what is missing, because jobs died or their time was up; prints nothing and fails where nothing is missing:
#   sbatch --array=$({program} study status {folder} --missing-shards {shards}) {name}.slurm
# Merge when all is done, by hand or as a job that waits for the array (its number is what sbatch printed):
#   {program} study merge {folder}
#   sbatch --dependency=afterok:NUMBER --mem=2G --wrap={merge}

#SBATCH --job-name={name}
# The shards. Where the cluster takes shorter arrays, submit parts: sbatch --array=1-500, then --array=501-1000. A cluster that
# wants fewer at once has --array=1-{shards}%20.
#SBATCH --array=1-{shards}
#SBATCH --output=%x-%A_%a.log
#SBATCH --requeue

# EDIT: the time limit of each shard, and --until below, which is to be a little less.
#SBATCH --time={hours:02}:{minutes:02}:00
# EDIT: more processors make a shard faster; the results are the same.
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
# EDIT: your cluster may want these; remove the first # of each.
##SBATCH --partition=PARTITION
##SBATCH --account=ACCOUNT

# EDIT: where the program is, for the compute nodes too; or load a module here and write `repatria`.
repatria={program}
folder={folder}

# The number of shards is written here and must stay: it says which units a shard has.
exec "$repatria" study run "$folder" --shard "$SLURM_ARRAY_TASK_ID/{shards}" --until {until}m --quiet
"#
    )
}
