"""`python -m tests.faxtrials [--calls N] [--seed N]`: faxes by the hundred over modelled lines, and how they fared.

The exit code is 1 when a page was confirmed that was not on the disk, when a page with error correction is not as it
was sent, or when too few faxes come through on good lines or on noisy ones.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from appliance.manyatonce import all_told, scratch_folder
from tests.faxtrials.matrix import charts, trials
from tests.faxtrials.overexchange import exchange_trials, try_over_exchange
from tests.faxtrials.report import broken_promises, failures, table
from tests.faxtrials.session import FaxTrial, TrialResult, try_fax

CALLS = 200
SEED = 14
OVER_EXCHANGE = 0.06
"""So many of these faxes go over the simulated exchange besides, from and to a unit."""
TOLD_EVERY = 20


def work(trial: FaxTrial, over_exchange: bool, told: Callable[[TrialResult], None]) -> None:
    tried = try_over_exchange if over_exchange else try_fax
    with scratch_folder("fax") as folder:
        told(tried(trial, charts(trial), Path(folder)))


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args(words)
    print(f"{args.calls} faxes, seed {args.seed}", flush=True)
    began, results = time.monotonic(), list[TrialResult]()
    processes = os.cpu_count() or 1
    direct = list(trials(args.calls, args.seed))
    through = list(exchange_trials(math.ceil(args.calls * OVER_EXCHANGE), args.seed))
    works = [partial(work, trial, False) for trial in direct] + [partial(work, trial, True) for trial in through]
    for result in all_told(works, processes, "a fax trial"):
        results.append(result)
        if len(results) % TOLD_EVERY == 0:
            print(f"{len(results)} faxes in {time.monotonic() - began:.0f} s", flush=True)
    results.sort(key=lambda one: (direct + through).index(one.trial))
    print(*table(results), sep="\n")
    lines = sum(one.seconds for one in results)
    print(f"{lines / 3600:.1f} h of line time, {sum(one.cpu_seconds for one in results) / lines:.1%} of a core for it")
    print(*failures(results), sep="\n")
    broken = broken_promises(results)
    for promise in broken:
        print(f"BROKEN: {promise}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
