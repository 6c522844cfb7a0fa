"""Programs of the operating system, run with lists of arguments and never through a shell. Blocking."""

from __future__ import annotations

import os
import shutil
import subprocess

PATIENCE_SECONDS = 60.0


class MachineRefused(Exception):
    """The machine does not do it; the text is what it said, for people."""


class ProgramMissing(MachineRefused):
    """This machine has no such program, as on a developer's desk."""


class ProgramFailed(MachineRefused):
    """code: with which the program ended."""

    def __init__(self, said: str, code: int) -> None:
        super().__init__(said)
        self.code = code


def has(program: str) -> bool:
    """Whether this machine has the program."""
    return shutil.which(program) is not None


def run(*words: str) -> str:
    """What the program prints, in English whatever the machine's language. Raises ProgramMissing, ProgramFailed."""
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE_SECONDS,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
    except FileNotFoundError:
        raise ProgramMissing(f"this machine has no {words[0]}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProgramFailed(f"{words[0]} does not work: {error}", -1) from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).removeprefix("Error: ")
        raise ProgramFailed(said or f"{words[0]} ended with code {done.returncode}", done.returncode)
    return done.stdout
