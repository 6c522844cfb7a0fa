"""Which worker carries which line. Sans I/O."""

from __future__ import annotations

from collections.abc import Mapping


def assigned(wanted: Mapping[str, int], calls: int) -> list[list[str]]:
    """The names of the lines of each worker, in the order given; one empty worker where there are no lines.

    wanted: how many calls each line may have at once, by its name. calls: how many one worker carries. All calls of a
    line are in one worker, because one of them may be transferred to another. ValueError for a line that wants more
    than a worker carries.
    """
    workers: list[list[str]] = [[]]
    free = calls
    for line, count in wanted.items():
        if count > calls:
            raise ValueError(f"{line} may have {count} calls at once; this build of the SIP library carries {calls}")
        if count > free:
            workers.append([])
            free = calls
        workers[-1].append(line)
        free -= count
    return workers
