"""camp12 in NumPy, as a researcher writes it: vectorised over replicates, one thread for each part of them."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

import workload as w


def simulate_part(people, arrivals, rng):
    """Fills people [step][cell][replicate] from its first step on."""
    shape = people.shape[1:]
    p_leave, p_released, p_transferred = (p[:, None] for p in (w.P_LEAVE, w.P_RELEASED, w.P_TRANSFERRED))
    for k in range(w.STEPS):
        leave = rng.binomial(people[k], p_leave)
        released = rng.binomial(leave, p_released)
        transferred = rng.binomial(leave - released, p_transferred)
        now = people[k] - leave
        now[w.NEXT] += transferred
        now[: w.GROUPS] += rng.poisson(arrivals, (w.GROUPS, shape[1]))
        people[k + 1] = now


def simulate(start, arrivals, replicates, threads, seed):
    people = np.empty((w.STEPS + 1, w.CELLS, replicates), dtype=np.int32)
    people[0] = start[:, None]
    seeds = np.random.SeedSequence(seed).spawn(threads)
    parts = np.array_split(np.arange(replicates), threads)
    with ThreadPoolExecutor(threads) as pool:  # NumPy lets go of the interpreter's lock while it draws
        done = [
            pool.submit(simulate_part, people[:, :, part[0] : part[-1] + 1], arrivals, np.random.Generator(np.random.PCG64DXSM(one)))
            for part, one in zip(parts, seeds)
        ]
        for part in done:
            part.result()
    return people


def summarise(people, threads):
    mean = people.mean(axis=2)
    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(lambda part: np.quantile(part, [0.05, 0.5, 0.95], axis=2), np.array_split(people, threads))
        return mean, np.concatenate(list(parts), axis=1)


if __name__ == "__main__":
    w.run("NumPy", simulate, summarise)
