"""`python -m tests.screened [--calls N] [--seed N]`: screened calls by the thousand, as told in `tests.screened.trial`.

The exit code is 1 when somebody was connected without having pressed 1, or pressed 1 in vain.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence

from appliance.clock import run_virtual
from tests.screened.trial import Found, try_calls

CALLS = 10_000
AT_ONCE = 500
"""So many calls are made on one unit; then there is a new one."""
TOLD_EVERY = 100


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args(words)
    print(f"seed {args.seed}", flush=True)
    began, total = time.monotonic(), Found()
    for first in range(0, args.calls, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, args.calls))

        def tell(found: Found, before: int = first) -> None:
            if (before + found.calls) % TOLD_EVERY == 0:
                print(f"{before + found.calls:,} calls in {time.monotonic() - began:,.0f} s", flush=True)

        found = run_virtual(lambda numbers=numbers, tell=tell: try_calls(numbers, args.seed, tell))  # type: ignore[misc]
        for number in (*found.connected, *found.missed):
            print(f"  {number}", flush=True)
        total.add(found)
    for kind, count in total.kinds.most_common():
        print(f"{count:6,}  {kind}")
    print(f"{total.calls:,} calls; {len(total.connected)} were connected without a key")
    print(
        f"{total.pressed:,} pressed 1; {total.again} of them had to press it again, {len(total.missed)} did so in vain"
    )
    return 1 if total.connected or total.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
