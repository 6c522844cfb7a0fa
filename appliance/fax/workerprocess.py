"""A fax in a process of its own, run by `appliance.fax.worker`: frames come on standard input and are answered on
standard output."""

from __future__ import annotations

import json
import resource
import sys
from typing import BinaryIO

import numpy as np

from appliance.fax.job import FaxResult
from appliance.fax.terminal import FaxTerminal
from appliance.fax.worker import not_begun
from appliance.fax.workerwords import FRAME_BYTES, Word, job_read, progress_written, result_written

_MOST_MEMORY = 1 << 30
"""Bytes of address space. What a stranger sends may not take the machine's memory."""


def serve(heard: BinaryIO, said: BinaryIO) -> None:
    """Carry out one fax. What was heard ends where the unit has."""
    job = job_read(heard.read(1), json.loads(heard.readline()))
    try:
        terminal = FaxTerminal(job, lambda progress: _say(said, progress_written(progress)))
    except OSError as error:
        _say(said, result_written(not_begun(job, error)))
        return
    while (result := _after(terminal, heard, said)) is None:
        pass
    _say(said, result_written(result))


def _after(terminal: FaxTerminal, heard: BinaryIO, said: BinaryIO) -> FaxResult | None:
    """Do one word of the unit's."""
    word = heard.read(1)
    if word == Word.FRAME:
        answer = terminal.feed(np.frombuffer(heard.read(FRAME_BYTES), dtype=np.int16))
        _say(said, Word.FRAME + answer.tobytes())
    elif word == Word.CANCEL:
        terminal.cancel()
    else:
        terminal.line_gone()
    return terminal.result


def _say(said: BinaryIO, word: bytes) -> None:
    said.write(word)
    said.flush()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
