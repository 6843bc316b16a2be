"""The workload of benches/camp12.toml for programs in Python: its numbers, what is known of it in closed form, and the frame of a run.

A step: everybody in a cell at its start leaves with probability 1 - exp(-H), H the sum of the hazards out of it, and goes one way in
proportion to its hazard. Those who are transferred, and those who arrive, are in their new cell from the end of the step.
"""

import argparse
import csv
import json
import resource
import time

import numpy as np

STEPS = 120
FACILITIES, GROUPS = 3, 4
CELLS = FACILITIES * GROUPS  # cell = 4 facility + group
DEATH, TRANSFER = 0.0008, 0.005
RELEASE = np.tile([0.010, 0.015, 0.020, 0.030], FACILITIES)
HAZARD = DEATH + TRANSFER + RELEASE
# Of those present: who leaves. Of those who leave: who is released. Of the others: who is transferred. The rest die.
P_LEAVE = 1 - np.exp(-HAZARD)
P_RELEASED = RELEASE / HAZARD
P_TRANSFERRED = np.full(CELLS, TRANSFER / (TRANSFER + DEATH))
NEXT = (np.arange(CELLS) + GROUPS) % CELLS  # the same group in the next facility

# People at the start, and arrivals a month in each group of the first facility.
WORKLOADS = {
    "camp12": ([20000, 5000, 800, 50, 10000, 2500, 400, 100, 3000, 1200, 200, 60], 20.0),
    "camp12s": ([50, 30, 20, 10, 40, 25, 15, 5, 30, 20, 10, 5], 0.5),
}


def oracle(start, arrivals):
    """Mean and variance of every cell and, in the last column, of the total, at every step.

    People are independent, so the people of the start are binomial and those who arrived are Poisson in every cell.
    """
    step = np.diag(1 - P_LEAVE)  # step[i, j]: who is in cell i is in cell j a step later
    step[np.arange(CELLS), NEXT] = P_LEAVE * TRANSFER / HAZARD
    arrive = np.where(np.arange(CELLS) < GROUPS, arrivals, 0.0)
    stayed, arrived = np.eye(CELLS), np.zeros(CELLS)
    mean, variance = np.empty((STEPS + 1, CELLS + 1)), np.empty((STEPS + 1, CELLS + 1))
    for k in range(STEPS + 1):
        present = np.column_stack([stayed, stayed.sum(axis=1)])
        new = np.append(arrived, arrived.sum())
        mean[k] = start @ present + new
        variance[k] = start @ (present * (1 - present)) + new
        stayed, arrived = stayed @ step, arrived @ step + arrive
    return mean, variance


def check(people, start, arrivals):
    """Months 60 and 120: means of cells and of the total within 4 standard errors, the total's sd within 4 of its own."""
    mean, variance = oracle(start, arrivals)
    replicates = people.shape[2]
    for k in (60, 120):
        simulated = np.vstack([people[k], people[k].sum(axis=0)])
        errors = (simulated.mean(axis=1) - mean[k]) / np.sqrt(variance[k] / replicates)
        assert np.all(np.abs(errors) < 4), f"month {k}: means are off by {errors.round(1)} standard errors"
        spread = (simulated[-1].std(ddof=1) / np.sqrt(variance[k, -1]) - 1) * np.sqrt(2 * replicates)
        assert abs(spread) < 4, f"month {k}: the total's sd is off by {spread:.1f} standard errors"


def write(path, mean, quantiles):
    """One row for every step and cell; `quantiles` is [3][step][cell]."""
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["step", "cell", "mean", "p05", "p50", "p95"])
        for k in range(STEPS + 1):
            for cell in range(CELLS):
                rows.writerow([k, cell, mean[k, cell], *quantiles[:, k, cell]])


def run(tool, simulate, summarise, compile=None):
    """Reads the command line, times the three parts, checks the result and prints one line of JSON.

    `simulate(start, arrivals, replicates, threads, seed)` gives people as [step][cell][replicate];
    `summarise(people, threads)` gives means and quantiles.
    """
    options = argparse.ArgumentParser()
    options.add_argument("--workload", choices=WORKLOADS, default="camp12")
    options.add_argument("--replicates", type=int, default=10_000)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", help="the CSV file; without it nothing is written")
    options = options.parse_args()
    start, arrivals = WORKLOADS[options.workload]
    start = np.array(start, dtype=np.int64)

    began = time.perf_counter()
    if compile:
        compile(start, arrivals, options.threads)
    compiled = time.perf_counter()
    people = simulate(start, arrivals, options.replicates, options.threads, options.seed)
    simulated = time.perf_counter()
    mean, quantiles = summarise(people, options.threads)
    if options.out:
        write(options.out, mean, quantiles)
    ended = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before the check, which is not part of the work
    check(people, start, arrivals)
    line = {
        "tool": tool,
        "workload": options.workload,
        "threads": options.threads,
        "replicates": options.replicates,
        "seconds": ended - compiled,
        "simulate_seconds": simulated - compiled,
        "compile_seconds": compiled - began,
        "peak_mb": peak_mb,
    }
    print(json.dumps({key: round(value, 4) if isinstance(value, float) else value for key, value in line.items()}))
