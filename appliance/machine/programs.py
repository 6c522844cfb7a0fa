"""Programs of the operating system, run with lists of arguments and never through a shell. Blocking."""

from __future__ import annotations

import os
import shutil
import subprocess

from hw.said import said, told_by

PATIENCE_SECONDS = 60.0


class MachineRefused(Exception):
    """The machine does not do it; the text is what it said, for people."""


class ProgramMissing(MachineRefused):
    """This machine has no such program, as on a developer's desk."""


class ProgramFailed(MachineRefused):
    """code: with which the program ended."""

    def __init__(self, why: str, code: int) -> None:
        super().__init__(why)
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
        raise ProgramMissing(said("this machine has no %(program)s", program=words[0])) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProgramFailed(
            said("%(program)s does not work: %(why)s", program=words[0], why=told_by(error)), -1
        ) from None
    if done.returncode:
        why = (done.stderr.strip() or done.stdout.strip()).removeprefix("Error: ")
        ended = said("%(program)s ended with code %(code)s", program=words[0], code=done.returncode)
        raise ProgramFailed(why or ended, done.returncode)
    return done.stdout
