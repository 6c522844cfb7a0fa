"""The command `lp` of CUPS, which hands a file to a printer. Blocking."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from hw.said import said

PATIENCE_SECONDS: Final = 60.0
"""CUPS takes a file within a second, or refuses it; a print server elsewhere may never answer."""

MEDIA: Final = {"a4": "A4", "letter": "Letter"}
"""What CUPS calls the papers of an office."""


class NotPrinted(Exception):
    """A file was not taken. The text is for people, and the same each time for the same reason."""


def printed_by_lp(file: Path, printer: str, title: str, paper: str) -> None:
    """Hand a PDF over to be printed, on the office's paper. What is larger is made smaller. Raises NotPrinted.

    printer: as `lpstat -p` names it; empty: the machine's usual one. title: what its list of jobs shows.
    """
    command = ["lp", *(["-d", printer] if printer else []), "-t", title]
    command += ["-o", f"media={MEDIA[paper]}", "-o", "fit-to-page", "--", str(file)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE_SECONDS,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
    except FileNotFoundError as error:
        raise NotPrinted(said("the program lp is missing; it is in the Debian package cups-client")) from error
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(said("the print service does not answer")) from error
    except OSError as error:
        raise NotPrinted(said("the program lp cannot be run")) from error
    if done.returncode:
        told = (done.stderr.strip().splitlines() or [""])[0]
        why = told.removeprefix("lp: ").removeprefix("Error - ").rstrip(".")
        raise NotPrinted(said("the print service says: %(why)s", why=why) if why else said("lp gives no reason"))
