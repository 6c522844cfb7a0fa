"""Where the unit puts a backup every night, when, and how that went last: two files of the data folder.

They are this machine's, and in no backup: a second unit made from a backup would put its own among those of the first.
The passphrase and the password stand in the setting as those of other services do in the office document: whoever reads
the memory card has what they protect besides. Neither is ever told to a page.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from appliance.backup.sealing import plain_form
from appliance.store.atomic import AtomicFile
from appliance.store.disk import Disk
from hw.said import Wording, said

SETTING, STATE = "nightly-backup.json", "nightly-state.json"

KINDS = ("stick", "smb", "sftp", "webdav")
SHORTEST = 12
"""Characters of a passphrase besides spaces and dashes: whoever has the file can try as many as they like."""
MOST_KEPT, MOST_DAYS = 365, 3650
LONGEST = 500
"""Characters of a text."""
LONGEST_CERTIFICATE = 20_000

AGAIN_AFTER = timedelta(hours=1)
"""After a try that failed."""
MISSED_FOR = timedelta(days=3)
"""Without a backup for so long, somebody is told."""
REHEARSED_EVERY = timedelta(days=7)

PLACES = {
    "stick": re.compile(r"/[^\0]*|[^/\0]{1,64}"),
    "smb": re.compile(r"(smb:)?[/\\]{2}[^/\\\s]+[/\\][^/\\]+([/\\][^/\\]+)*[/\\]?"),
    "sftp": re.compile(r"(sftp://)?[^/\s:@]+(:\d{1,5})?(/.*)?"),
    "webdav": re.compile(r"https://[^/\s@?#]+(/[^\s?#]*)?"),
}
SHOULD_BE = {
    "stick": said("the name of the stick, such as BACKUP, or the folder on it, such as /media/backup"),
    "smb": said("the server and its share, such as //nas/backups/telephone"),
    "sftp": said("the server and a folder, such as nas.local/backups"),
    "webdav": said("an address that begins with https://"),
}


class WrongNightly(ValueError):
    """field: which entry of the setting is wrong. The message is for people."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True, slots=True)
class NightlySetting:
    """Where backups go every night."""

    kind: str = ""
    """One of KINDS; empty: nowhere."""
    place: str = ""
    """Which stick, or which server and folder: see SHOULD_BE."""
    user: str = ""
    """Who logs in at a server."""
    password: str = field(default="", repr=False)
    """With what."""
    certificate: str = ""
    """Of a WebDAV server of the office's own, in PEM; empty: those that the machine trusts."""
    passphrase: str = field(default="", repr=False)
    """What opens the archives."""
    at: str = "02:30"
    """When, on the office's clock."""
    keep: int = 14
    """How many archives are kept."""
    days: int = 90
    """After so many days an archive goes."""
    unit: str = ""
    """By which the archives of this unit are told from others': eight hexadecimal digits."""
    since: str = ""
    """Since when the setting holds, in ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class NightlyState:
    """How it went. Moments are in ISO 8601 in UTC; empty: never."""

    tried: str = ""
    """When the last backup was begun."""
    succeeded: str = ""
    """When the last one that arrived was begun."""
    archive: str = ""
    """Its name."""
    failed: Wording | None = None
    """Why the last try did not work; None: it did."""
    keys: dict[str, str] = field(default_factory=dict)
    """The host keys of SFTP servers, as they showed them at first."""
    rehearsed: str = ""
    """When an archive was last restored as a rehearsal."""
    rehearsed_archive: str = ""
    """Which one."""
    unrestorable: Wording | None = None
    """What was wrong with it; None: nothing."""
    good: str = ""
    """The last archive that was found restorable."""


def checked(setting: NightlySetting) -> NightlySetting:
    """The setting without white space around it. Raises WrongNightly."""
    stripped = {one: getattr(setting, one).strip() for one in ("place", "user", "certificate", "passphrase", "at")}
    setting = replace(setting, **stripped)
    if setting.kind not in KINDS:
        raise WrongNightly("kind", said("choose where backups go"))
    if len(setting.place) > LONGEST or not PLACES[setting.kind].fullmatch(setting.place):
        raise WrongNightly("place", said("this should be %(what)s", what=SHOULD_BE[setting.kind]))
    if max(len(setting.user), len(setting.password), len(setting.passphrase)) > LONGEST:
        raise WrongNightly("user", said("this is too long"))
    if len(setting.certificate) > LONGEST_CERTIFICATE:
        raise WrongNightly("certificate", said("this is too long"))
    if len(plain_form(setting.passphrase)) < SHORTEST:
        raise WrongNightly(
            "passphrase", said("a passphrase needs at least %(least)s letters and digits", least=SHORTEST)
        )
    try:
        time.fromisoformat(setting.at)
    except ValueError:
        raise WrongNightly("at", said("this should be a time of day, such as 02:30")) from None
    if not 1 <= setting.keep <= MOST_KEPT:
        raise WrongNightly("keep", said("this should be from 1 to %(most)s", most=MOST_KEPT))
    if not 1 <= setting.days <= MOST_DAYS:
        raise WrongNightly("days", said("this should be from 1 to %(most)s", most=MOST_DAYS))
    return setting


def read_setting(data: Path) -> NightlySetting:
    """An empty one where there is none. Raises OSError where it is damaged."""
    content = AtomicFile(data / SETTING).read()
    return _made(NightlySetting, content) if content else NightlySetting()


def write_setting(data: Path, setting: NightlySetting) -> None:
    """Raises OSError."""
    AtomicFile(data / SETTING).write(json.dumps(asdict(setting)).encode())


def read_state(data: Path) -> NightlyState:
    """An empty one where there is none, or nobody can read it: then all is tried anew."""
    try:
        return _made(NightlyState, (data / STATE).read_bytes())
    except (OSError, ValueError, AttributeError):
        return NightlyState()


def write_state(data: Path, state: NightlyState) -> None:
    """Raises OSError."""
    Disk().replace(data / STATE, json.dumps(asdict(state)).encode())


def due(at: str, now: datetime, tried: datetime | None, succeeded: datetime | None) -> bool:
    """Whether a backup is to be made. at: when each night, on the clock of `now`. The rest: None for never.

    What was missed, as the unit had no power or the stick was not plugged in, is made up for.
    """
    today = datetime.combine(now.date(), time.fromisoformat(at), now.tzinfo)
    last = today if today <= now else today - timedelta(days=1)
    if succeeded is not None and last <= succeeded <= now:
        return False
    return tried is None or tried > now or tried < last or now - tried >= AGAIN_AFTER


def missed_since(setting: NightlySetting, state: NightlyState, now: datetime) -> datetime | None:
    """Since when no backup has succeeded, where that is for too long; None where all is well."""
    if not setting.kind:
        return None
    last = moment(state.succeeded) or moment(setting.since)
    return last if last is not None and now - last >= MISSED_FOR else None


def rehearsal_due(state: NightlyState, now: datetime) -> bool:
    """Whether the newest archive is to be restored as a rehearsal. One that failed is tried every night."""
    rehearsed = moment(state.rehearsed)
    return rehearsed is None or bool(state.unrestorable) or now - rehearsed >= REHEARSED_EVERY or rehearsed > now


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


Kept = TypeVar("Kept", NightlySetting, NightlyState)


def _made(kind: type[Kept], content: bytes) -> Kept:
    told: dict[str, Any] = json.loads(content)
    return kind(**{one.name: told[one.name] for one in fields(kind) if one.name in told})
