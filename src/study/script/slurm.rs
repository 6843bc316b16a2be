//! Job arrays of Slurm.
//!
//! Slurm bounds the *index* of an array and not only how many tasks it has. So more shards than that are several arrays, whose tasks
//! add an offset to their index.

use super::Job;
use crate::wording::{Shell, shell_word};

/// The script, for `sbatch`, of arrays whose index is `longest` at most.
pub fn slurm(job: &Job, longest: u64) -> String {
    if job.shards <= longest { one_array(job) } else { several(job, longest) }
}

fn one_array(job: &Job) -> String {
    let Job { name, shards, .. } = job;
    let (program, folder) = (shell_word(&job.program, Shell::Posix), shell_word(&job.folder, Shell::Posix));
    let (head, options) = (head(job), options(job));
    let until = job.until_minutes;
    format!(
        r#"{head}
# Save this as {name}.slurm, edit what is marked, and submit it:
#   sbatch {name}.slurm
# Send again what is missing, because jobs died or their time was up; prints nothing and fails where nothing is missing:
#   sbatch --array=$({program} study status {folder} --missing-shards {shards}) {name}.slurm
{merge}
#SBATCH --job-name={name}
# The shards. A cluster that wants fewer at once has --array=1-{shards}%20. One that takes no index of {shards} (MaxArraySize in
# `scontrol show config` is one more than it takes) wants a script of several arrays: `study script` with --longest-array.
#SBATCH --array=1-{shards}
{options}
repatria={program}
folder={folder}

# The number of shards is written here and must stay: it says which units a shard has.
exec "$repatria" study run "$folder" --shard "$SLURM_ARRAY_TASK_ID/{shards}" --until {until}m --quiet
"#,
        merge = merging(job)
    )
}

fn several(job: &Job, longest: u64) -> String {
    let Job { name, shards, .. } = job;
    let (program, folder) = (shell_word(&job.program, Shell::Posix), shell_word(&job.folder, Shell::Posix));
    let (head, options) = (head(job), options(job));
    let until = job.until_minutes;
    let arrays = shards.div_ceil(longest);
    format!(
        r#"{head}
# Save this as {name}.slurm, edit what is marked, and start it with bash, not with sbatch:
#   bash {name}.slurm
# It submits what is missing: all at first, and later what died or whose time was up. Slurm bounds the index of an array
# (MaxArraySize in `scontrol show config` is one more than the largest), so these are {arrays} arrays of up to {longest} tasks, each with
# an offset that its tasks add to their index.
{merge}
#SBATCH --job-name={name}
{options}
repatria={program}
folder={folder}

# The number of shards is written here and must stay: it says which units a shard has. The longest array may be another.
shards={shards}
longest={longest}

if [ -z "${{SLURM_ARRAY_TASK_ID:-}}" ]; then
  # Not a task yet: submits this script, once for each array in which shards are missing. Its argument is the offset.
  missing=$("$repatria" study status "$folder" --missing-shards "$shards") || exit
  for ((offset = 0; offset < shards; offset += longest)); do
    indices=$(tr ',' '\n' <<< "$missing" |
      awk -v from="$offset" -v length_="$longest" '$1 > from && $1 <= from + length_ {{ print $1 - from }}' | paste -sd, -)
    # A cluster that wants fewer at once has --array="$indices%20".
    [ -z "$indices" ] || sbatch --array="$indices" "$0" "$offset" || exit
  done
  exit
fi
exec "$repatria" study run "$folder" --shard "$((SLURM_ARRAY_TASK_ID + $1))/$shards" --until {until}m --quiet
"#,
        merge = merging(job)
    )
}

fn head(job: &Job) -> String {
    let Job { title, shards, units, .. } = job;
    let takes = job.takes();
    format!("#!/bin/bash\n# {title}\n# {units} units of work in {shards} shards. {takes}.\n#")
}

fn merging(job: &Job) -> String {
    let (program, folder) = (shell_word(&job.program, Shell::Posix), shell_word(&job.folder, Shell::Posix));
    let merge = shell_word(&format!("{program} study merge {folder}"), Shell::Posix).into_owned();
    format!(
        "# Merge when all is done, by hand or as a job that waits for the array (its number is what sbatch printed):\n\
         #   {program} study merge {folder}\n\
         #   sbatch --dependency=afterok:NUMBER --mem=2G --wrap={merge}\n"
    )
}

/// What Slurm is told of every task.
fn options(job: &Job) -> String {
    let (hours, minutes) = (job.limit_minutes / 60, job.limit_minutes % 60);
    format!(
        "#SBATCH --output=%x-%A_%a.log
#SBATCH --requeue

# EDIT: the time limit of each shard, and --until below, which is to be a little less.
#SBATCH --time={hours:02}:{minutes:02}:00
# EDIT: more processors make a shard faster; the results are the same.
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
# EDIT: your cluster may want these; remove the first # of each.
##SBATCH --partition=PARTITION
##SBATCH --account=ACCOUNT

# EDIT: where the program is, for the compute nodes too; or load a module here and write `repatria`."
    )
}
