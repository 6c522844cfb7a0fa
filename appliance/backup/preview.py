"""What a restore would change, in sentences, before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from appliance.backup.making import Manifest
from appliance.backup.origin import UnitOrigin
from appliance.office.changewords import changes
from appliance.office.differences import Fields
from appliance.store.labelcode import kept_label
from appliance.store.layout import MESSAGE, NEW, SAVED
from appliance.store.office import DamagedFile, OfficeStore
from hw.said import Said, counted, in_a_row, listed, said

ACCOUNTS = "accounts.sqlite"
"""In a data folder."""

LONGEST_LIST = 50
"""Changes of settings that are told one by one."""


def preview(data: Path, unpacked: Path, manifest: Manifest, here: UnitOrigin) -> list[Said]:
    """What changes in this data folder. here: this unit. Blocking; raises OSError.

    unpacked: the folder of what was unpacked and looked through.
    """
    old, new = _document(data), _document(unpacked)
    return [
        *_origin(manifest, here),
        *_label(kept_label(data / ACCOUNTS), kept_label(unpacked / ACCOUNTS)),
        *_name(old, new),
        *_people(old, new),
        *_messages(_count(data), _count(unpacked)),
        *_wires(old, new),
        *_settings(old, new),
    ]


def _origin(manifest: Manifest, here: UnitOrigin) -> Iterator[Said]:
    if _of_another(manifest, here):
        yield said(
            "It was made by another unit: that of %(office)s, called %(name)s. "
            "This one keeps its own name, network and nightly backups.",
            office=manifest.office or said("an office without a name"),
            name=manifest.machine,
        )
    if manifest.program != version("copperdesk"):
        yield said(
            "It was made by version %(old)s of Copperdesk; this unit runs %(new)s.",
            old=manifest.program,
            new=version("copperdesk"),
        )


def _of_another(manifest: Manifest, here: UnitOrigin) -> bool:
    """By the machine's own mark; by its name in the network where one of the two has none."""
    if manifest.unit and here.mark:
        return manifest.unit != here.mark
    return bool(manifest.machine) and manifest.machine != here.name


def _label(old: str, new: str) -> Iterator[Said]:
    if old and new and old != new:
        yield said("This unit's label will no longer have the right code: print it again after the restore.")


def _name(old: Fields, new: Fields) -> Iterator[Said]:
    if old and old.get("name", "") != new.get("name", ""):
        yield said(
            "The office is %(new)s then, and not %(old)s.", new=str(new.get("name", "")), old=str(old.get("name", ""))
        )


def _people(old: Fields, new: Fields) -> Iterator[Said]:
    before, after = _named(old, "people"), _named(new, "people")
    come = [name for id, name in after.items() if id not in before]
    go = [name for id, name in before.items() if id not in after]
    if come:
        yield said("People who come: %(names)s.", names=listed(come))
    if go:
        yield said("People who go: %(names)s.", names=listed(go))


def _messages(before: int, after: int) -> Iterator[Said]:
    then = counted("There is %(num)s message then", "There are %(num)s messages then", after)
    now = counted("there is %(num)s now.", "there are %(num)s now.", before)
    yield in_a_row(then, now, by="; ")


def _wires(old: Fields, new: Fields) -> Iterator[Said]:
    """Lines and telephones that are at other ports: what is plugged in here may be something else."""
    if names := _moved(old, new, "trunks"):
        yield said("Its lines are at other ports: %(names)s. Look that this unit has these cards.", names=listed(names))
    if names := _moved(old, new, "stations"):
        yield said("Its telephones are at other ports: %(names)s. Look what is plugged in there.", names=listed(names))


def _moved(old: Fields, new: Fields, what: str) -> list[str]:
    before, after = _ports(old, what), _ports(new, what)
    return [name for name, port in after.items() if old and before.get(name) != port]


def _settings(old: Fields, new: Fields) -> Iterator[Said]:
    if not old:
        return
    told = changes(old, new)
    if told:
        yield counted("%(num)s setting changes:", "%(num)s settings change:", len(told))
    yield from (one.text for one in told[:LONGEST_LIST])


def _document(folder: Path) -> Fields:
    """The office of a data folder; empty where there is none, or nobody can read it."""
    try:
        return OfficeStore(folder / "office.json").load().document or {}
    except DamagedFile:
        return {}


def _named(document: Fields, what: str) -> dict[str, str]:
    entries = [one for one in document.get(what, []) if isinstance(one, dict)]
    return {str(one.get("id", one.get("name", ""))): str(one.get("name", "")) for one in entries}


def _ports(document: Fields, what: str) -> dict[str, str]:
    entries = [one for one in document.get(what, []) if isinstance(one, dict)]
    return {str(one.get("name", one.get("port", ""))): str(one.get("port", "")) for one in entries}


def _count(folder: Path) -> int:
    """Messages that are new or saved, in all mailboxes."""
    found = [path for kind in (NEW, SAVED) for path in (folder / "messages").glob(f"*/{kind}/*")]
    return sum(1 for path in found if MESSAGE.fullmatch(path.name))
