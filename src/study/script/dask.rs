//! A Python script for Dask.

use super::Job;

/// The script, for Python with the package `distributed`.
#[expect(clippy::too_many_lines, reason = "a script is read as it will be written, whole")]
pub fn dask(job: &Job) -> String {
    let Job { title, name, shards, units, .. } = job;
    // A string of JSON is one of Python too.
    let literal = |text: &str| serde_json::Value::from(text).to_string();
    let (program, folder) = (literal(&job.program), literal(&job.folder));
    let takes = job.takes();
    let (hours, minutes) = (job.limit_minutes / 60, job.limit_minutes % 60);
    let until = job.until_minutes;
    format!(
        r#"#!/usr/bin/env python3
# {title}
# {units} units of work in {shards} shards. {takes}.
#
# Save this as {name}.py, edit what is marked, and run it where Dask is: pip install distributed
#   python3 {name}.py
# Run it again after any mishap: it goes on with what is missing.
import os
import subprocess
import sys

from dask.distributed import Client, LocalCluster, as_completed

# EDIT: where the program is, for the workers too.
REPATRIA = {program}
FOLDER = {folder}
# The number of shards says which units a shard has: keep it while a study runs.
SHARDS = {shards}
# EDIT: processors for each shard; more make it faster, and the results are the same.
CPUS = 1
# A shard that fails is tried so often again, and what is left after its time goes to another round.
RETRIES = 3
ROUNDS = 3


def cluster():
    # EDIT: this machine; or, with `pip install dask-jobqueue`, workers in jobs of Slurm:
    #   from dask_jobqueue import SLURMCluster
    #   machines = SLURMCluster(queue="PARTITION", account="ACCOUNT", cores=1, processes=1, job_cpu=CPUS,
    #                           memory="1GB", walltime="{hours:02}:{minutes:02}:00")
    #   machines.scale(jobs=20)
    #   return machines
    workers = max(1, (os.cpu_count() or 1) // CPUS)
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)


def run(shard):
    command = [REPATRIA, "study", "run", FOLDER, "--shard", f"{{shard}}/{{SHARDS}}"]
    command += ["--threads", str(CPUS), "--until", "{until}m", "--quiet"]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(f"shard {{shard}} ended with {{ended.returncode}}: {{ended.stderr.strip()}}")
    return shard


def missing():
    command = [REPATRIA, "study", "status", FOLDER, "--missing-shards", str(SHARDS)]
    numbers = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    return [int(number) for number in numbers.split(",") if number]


def main():
    with cluster() as machines, Client(machines) as client:
        for _ in range(ROUNDS):
            shards = missing()
            if not shards:
                break
            futures = client.map(run, shards, pure=False, retries=RETRIES)
            for future in as_completed(futures):
                if future.status == "error":
                    print(future.exception(), file=sys.stderr)
                else:
                    print(f"shard {{future.result()}} of {{SHARDS}} has ended", file=sys.stderr)
    # Says what is missing still, if anything is.
    return subprocess.run([REPATRIA, "study", "merge", FOLDER]).returncode


if __name__ == "__main__":
    sys.exit(main())
"#
    )
}
