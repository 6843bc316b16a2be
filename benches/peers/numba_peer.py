"""camp12 in Numba, as a researcher writes it: loops over people's counts, parts of the replicates in parallel, compiled on the first call and kept on disk."""

import numba
import numpy as np

import workload as w
from numpy_peer import summarise  # Numba's own quantiles take twenty seconds to compile and are no faster

STEPS, CELLS, GROUPS = w.STEPS, w.CELLS, w.GROUPS
P_LEAVE, P_RELEASED, P_TRANSFERRED, NEXT = w.P_LEAVE, w.P_RELEASED, w.P_TRANSFERRED, w.NEXT


@numba.njit(cache=True)
def simulate_part(people, arrivals, rng):
    for k in range(STEPS):
        now, then = people[k], people[k + 1]
        then[:] = now
        for cell in range(CELLS):
            for r in range(people.shape[2]):
                leave = rng.binomial(now[cell, r], P_LEAVE[cell])
                released = rng.binomial(leave, P_RELEASED[cell])
                transferred = rng.binomial(leave - released, P_TRANSFERRED[cell])
                then[cell, r] -= leave
                then[NEXT[cell], r] += transferred
        for cell in range(GROUPS):
            for r in range(people.shape[2]):
                then[cell, r] += rng.poisson(arrivals)


@numba.njit(parallel=True, cache=True)
def simulate_parts(people, arrivals, rngs):
    parts, replicates = len(rngs), people.shape[2]
    for part in numba.prange(parts):
        first, last = part * replicates // parts, (part + 1) * replicates // parts
        simulate_part(people[:, :, first:last], arrivals, rngs[part])


def simulate(start, arrivals, replicates, threads, seed):
    numba.set_num_threads(threads)
    people = np.empty((STEPS + 1, CELLS, replicates), dtype=np.int32)
    people[0] = start[:, None]
    seeds = np.random.SeedSequence(seed).spawn(threads)
    simulate_parts(people, arrivals, tuple(np.random.Generator(np.random.PCG64DXSM(one)) for one in seeds))
    return people


def compile(start, arrivals, threads):
    """The first call, with one replicate for each thread."""
    simulate(start, arrivals, threads, threads, 0)


if __name__ == "__main__":
    w.run("Numba", simulate, summarise, compile)
