#!/usr/bin/python3 -I
"""What /usr/local/bin/copperdesk is on a unit: it runs the chosen version, or the program of the image.

It uses nothing but Python's own library, and runs no code of a new version to decide about it. A version is passed over
where its folder is not whole, where it is to be put back, and where it was started too often without taking a call.
For tests, COPPERDESK_IMAGE and COPPERDESK_PROGRAMS name other folders; who may set them may run anything anyway.
"""

import json
import os
import sys
from pathlib import Path

IMAGE = Path(os.environ.get("COPPERDESK_IMAGE", "/opt/copperdesk"))
PROGRAMS = Path(os.environ.get("COPPERDESK_PROGRAMS", "/var/lib/copperdesk/programs"))
GOING = ("returning", "rejected")
MOST_TRIES = 3
"""As in `programs.py`: its `before_start` counts them as root, and puts the version back for good."""


def chosen_folder(image: Path = IMAGE, programs: Path = PROGRAMS) -> Path:
    """The folder of the program to be run."""
    try:
        version = os.readlink(programs / "current")
    except OSError:
        return image
    try:
        state = json.loads((programs / "state.json").read_bytes())
        going = state["phase"] in GOING or (state["phase"] == "trying" and state["tries"] > MOST_TRIES)
        if state["version"] == version and going:
            version = state["before"]
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError, RecursionError):  # Nothing tells whether it ever took a call.
        return image
    folder = programs / version
    return folder if version and "/" not in version and _is_whole(folder) else image


def _is_whole(folder: Path) -> bool:
    try:
        return "version" in json.loads((folder / "program.json").read_bytes()) and os.access(
            folder / "bin/copperdesk", os.X_OK
        )
    except (OSError, ValueError, TypeError, RecursionError):
        return False


def main() -> None:
    os.environ.setdefault("COPPERDESK_DATA", "/var/lib/copperdesk/office")
    program = chosen_folder() / "bin/copperdesk"
    os.execv(program, [str(program), *sys.argv[1:]])


if __name__ == "__main__":
    main()
