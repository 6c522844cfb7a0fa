"""New versions on the USB sticks that are plugged in, brought to root as those of an upload are. Blocking."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from appliance.updating.disk import copy_at_most
from appliance.updating.handover import BUNDLE, SIGNATURE, forget_upload
from appliance.updating.signature import LONGEST_TEXT

ENDING: Final = ".tar.zst"
SIGNED: Final = ".minisig"
MOST_SHOWN: Final = 20


def sticks_folder() -> Path:
    """Where sticks are mounted, each in a folder of its name. COPPERDESK_MEDIA names another place."""
    return Path(os.environ.get("COPPERDESK_MEDIA", "/media/copperdesk"))


def bundles_on_sticks(media: Path) -> list[str]:
    """Signed bundles in the topmost folders of all sticks, such as `STICK/copperdesk-1.1.tar.zst`."""
    found: list[str] = []
    with suppress(OSError):
        for stick in sorted(media.iterdir()):
            with suppress(OSError):  # One that was pulled out.
                names = {path.name for path in stick.iterdir() if not path.name.startswith(".")}
                signed = (name for name in sorted(names) if name.endswith(ENDING) and name + SIGNED in names)
                found += [f"{stick.name}/{name}" for name in signed if name.isprintable()]
    return found[:MOST_SHOWN]


def bring_from_stick(media: Path, name: str, largest: int, handover: Path) -> None:
    """Copy one of those, and its signature, to where root looks for it. largest: bytes of the bundle.

    Raises KeyError for one that is not there, UpdateRefused where it is too large, and OSError.
    """
    if name not in bundles_on_sticks(media):
        raise KeyError(name)
    forget_upload(handover)
    try:
        copy_at_most(media / name, handover / BUNDLE, largest)
        copy_at_most(media / f"{name}{SIGNED}", handover / SIGNATURE, LONGEST_TEXT)
    except BaseException:
        forget_upload(handover)
        raise
