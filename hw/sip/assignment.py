"""Which worker carries which line. Sans I/O."""

from __future__ import annotations

from collections.abc import Mapping


def assigned(wanted: Mapping[str, int], calls: int) -> list[list[str]]:
    """The lines of each worker, in their order. wanted: calls each line may have at once; calls: of one worker.

    A line's calls are all in one worker, as one may be transferred to another. ValueError for a line that wants more
    than a worker carries. There is always one worker, even for no line.
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
