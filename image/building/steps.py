"""The steps of a build: each is told as it begins, and with its time when it is done."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LINES_SHOWN = 20
"""Of what a failing program said, the last lines; all of it is in the log."""


class BuildTrouble(Exception):
    """The image cannot be built; the message says why, and what helps."""


class BuildSteps:
    """What is told on the terminal, and the log with all that the programs say."""

    def __init__(self, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = log
        self._began = time.monotonic()
        log.write_bytes(b"")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tell a step and how long it took."""
        print(f"  {name} … ", end="", flush=True)
        began = time.monotonic()
        try:
            yield
        except BaseException:
            print("failed", flush=True)
            raise
        print(f"{time.monotonic() - began:.0f} s", flush=True)

    def run(self, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, given: str = "") -> str:
        """Run a program to its end and return what it printed. given: what it reads. Raises `BuildTrouble`.

        What it says beside that goes to the log as it comes, so that a long step can be watched there.
        """
        words = [str(word) for word in command]
        settings = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", **(env or {})}
        with self._log.open("a+") as log:
            print("$", *words, file=log, flush=True)
            begins = log.tell()
            try:
                done = subprocess.run(
                    words, env=settings, input=given, stdout=subprocess.PIPE, stderr=log, text=True, check=False
                )
            except FileNotFoundError as error:
                raise BuildTrouble(f"{words[0]} is missing: `image/setup image` installs it.") from error
            if done.returncode:
                log.seek(begins)
                last = "\n".join((done.stdout + log.read()).splitlines()[-LINES_SHOWN:])
                raise BuildTrouble(f"{words[0]} failed. All that it said is in {self._log}; at the end:\n{last}")
        return done.stdout

    @property
    def seconds(self) -> float:
        """Since the build began."""
        return time.monotonic() - self._began
