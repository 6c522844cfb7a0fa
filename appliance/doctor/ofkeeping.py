"""Checks of what keeps a unit from losing anything: its backups and where they go, its updates, and certificates."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from appliance.backup.keeping import own_archives
from appliance.backup.making import last_made
from appliance.backup.nightly import target_of
from appliance.backup.nightlysetting import (
    REHEARSED_EVERY,
    NightlySetting,
    NightlyState,
    missed_since,
    moment,
    read_setting,
    read_state,
)
from appliance.backup.target import TargetFailed
from appliance.doctor.examined import Examined
from appliance.doctor.finding import CheckFound, attention, broken, unknown, works
from appliance.machine.program import installed_program
from appliance.machine.takenback import TakenBack, in_words
from appliance.updating.handover import read_answer
from appliance.updating.refusal import UpdateRefused
from appliance.updating.signature import trusted_keys
from appliance.updating.state import Phase
from appliance.updating.state import read_state as read_update
from hw.said import Said, counted, revived, said, told_by

BACKUP_GOOD_FOR = timedelta(days=30)
"""Of one that somebody makes."""
ENDS_SOON = timedelta(days=14)
"""A certificate of the unit's own page is made anew a month before it ends."""
HTTPS_PORTS = (443, 8443)
_PATIENCE_S = 3.0

_MAKE_ONE = said("Make one at the page Backup, and set there that one is made every night.")
_TELL = said("Tell whoever looks after the unit.")
_LOOK_AT_PLACE = said("Look at the page Backup where they go, and make one now.")


def backups(seen: Examined) -> Iterator[CheckFound]:
    """Is there a backup that is not old, does the next one find its place, and could one be restored?"""
    if seen.document is None:
        return
    try:
        setting = read_setting(seen.data)
    except (OSError, ValueError, TypeError):
        yield broken(said("The setting of nightly backups is damaged."), said("Set it anew at the page Backup."))
        return
    if not setting.kind:
        yield _by_hand(seen)
        return
    state = read_state(seen.data)
    yield _last(setting, state, seen.now)
    yield _rehearsal(state, seen.now)
    yield from _place(seen.data, setting, state)


def _by_hand(seen: Examined) -> CheckFound:
    """Where nothing is made at night."""
    try:
        age = seen.now - datetime.fromisoformat(last_made(seen.data))
    except (ValueError, TypeError):
        return attention(said("No backup was made yet."), _MAKE_ONE)
    ago = _made(age)
    return attention(ago, _MAKE_ONE) if age > BACKUP_GOOD_FOR else works(ago)


def _last(setting: NightlySetting, state: NightlyState, now: datetime) -> CheckFound:
    why = revived(state.failed) if state.failed else said("the unit was off")
    if missed_since(setting, state, now) is not None:
        return broken(said("No backup has been made at night for days: %(why)s", why=why), _LOOK_AT_PLACE)
    if state.failed:
        return attention(
            said("The last backup at night did not work: %(why)s", why=why), said("It is tried again every hour.")
        )
    if not state.succeeded:
        return unknown(said("No backup was made at night yet."), _LOOK_AT_PLACE)
    age = now - datetime.fromisoformat(state.succeeded)
    return works(_made(age))


def _made(age: timedelta) -> Said:
    if age < timedelta(days=1):
        return said("The last backup was made less than a day ago.")
    return said("The last backup was made %(days)s ago.", days=_days(age))


def _rehearsal(state: NightlyState, now: datetime) -> CheckFound:
    tried = moment(state.rehearsed)
    if state.unrestorable:
        why = revived(state.unrestorable)
        return broken(
            said("The newest backup could not be restored when it was tried: %(why)s", why=why), _LOOK_AT_PLACE
        )
    if tried is None:
        return unknown(said("No backup was tried yet, to see whether it can be restored."), _LOOK_AT_PLACE)
    ago = said("A backup could be restored when that was tried less than a day ago.")
    if now - tried >= timedelta(days=1):
        ago = said("A backup could be restored when that was tried %(days)s ago.", days=_days(now - tried))
    return attention(ago, said("Try it anew at the page Backup.")) if now - tried > 2 * REHEARSED_EVERY else works(ago)


def _place(data: Path, setting: NightlySetting, state: NightlyState) -> Iterator[CheckFound]:
    """Whether the place answers now, what is there, and whether there is room for another one, where it tells that."""
    try:
        with target_of(setting, data, dict(state.keys)) as place:
            sizes, room = place.sizes(), place.room()
    except TargetFailed as error:
        if state.failed and revived(state.failed) == told_by(error):
            return  # It is told as why the last backup did not work.
        yield attention(said("Where backups go cannot be reached now: %(why)s", why=told_by(error)), _LOOK_AT_PLACE)
        return
    there = own_archives(sizes, setting.unit)
    yield works(
        counted(
            "%(num)s backup of this unit is where it should be.",
            "%(num)s backups of this unit are where they should be.",
            len(there),
        )
    )
    if room is not None and there and room < 2 * sizes[there[0]]:
        yield attention(
            said("Where backups go there is little room: %(free)s MB are free.", free=room // (1024 * 1024)),
            said("Keep fewer backups, or use a larger stick or disk."),
        )


def updates(seen: Examined) -> Iterator[CheckFound]:
    """Which version is installed, did the last update stay, and does the unit know whose updates to take?"""
    yield works(said("Version %(name)s is installed.", name=installed_program().name))
    try:
        last = read_update(seen.programs)
    except (OSError, ValueError):
        yield attention(said("What became of the last update is not known: its notes are damaged."), _TELL)
        last = None
    if last is not None and last.phase in (Phase.PENDING, Phase.TRYING):
        yield attention(
            said("Version %(version)s is on trial.", version=last.version),
            said("Look again in three minutes: either it stays, or the version before comes back."),
        )
    if last is not None and last.phase in (Phase.RETURNING, Phase.REJECTED) and last.reason != TakenBack.ASKED:
        yield attention(
            said(
                "The update to %(version)s was taken back: %(reason)s.",
                version=last.version,
                reason=in_words(last.reason),
            ),
            said("The version before runs. Tell whoever has made the new one."),
        )
    if refused := read_answer(seen.programs):
        yield attention(
            said("The new version was not installed: %(reason)s.", reason=refused),
            said("Ask whoever has sent it for another one."),
        )
    if seen.image.is_dir():
        try:
            trusted_keys(seen.image / "keys")
        except (UpdateRefused, OSError, ValueError) as error:
            yield attention(said("This unit can take no update: %(why)s", why=told_by(error)), _TELL)


def certificates(seen: Examined) -> Iterator[CheckFound]:
    """Do the certificates of the page, and of the server with the backups, end soon?"""
    for port in HTTPS_PORTS:
        if (shown := _shown_at(port)) is not None:
            yield from _ends(shown, seen.now, said("the page"), said("Start the unit again: it makes a new one."))
            break
    try:
        setting = read_setting(seen.data)
    except (OSError, ValueError, TypeError):
        return
    if setting.certificate:
        mend = said("Put in the server's new one at the page Backup.")
        yield from _ends(setting.certificate.encode(), seen.now, said("the server with the backups"), mend)


def _shown_at(port: int) -> bytes | None:
    """The certificate, in PEM, of our page at this port of this machine; None where it is not served."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection(("127.0.0.1", port), _PATIENCE_S) as plain,
            context.wrap_socket(plain) as served,
        ):
            content = served.getpeercert(binary_form=True)
    except OSError:
        return None
    return ssl.DER_cert_to_PEM_cert(content).encode() if content else None


def _ends(pem: bytes, now: datetime, whose: Said, mend: Said) -> Iterator[CheckFound]:
    from cryptography import x509

    try:
        until = x509.load_pem_x509_certificate(pem).not_valid_after_utc
    except ValueError:
        yield broken(said("The certificate of %(whose)s cannot be read.", whose=whose), mend)
        return
    left = _days(abs(until - now))
    if until < now:
        yield broken(said("The certificate of %(whose)s has ended.", whose=whose), mend)
    elif until - now < ENDS_SOON:
        yield attention(said("The certificate of %(whose)s ends in %(days)s.", whose=whose, days=left), mend)
    else:
        yield works(said("The certificate of %(whose)s is good for %(days)s.", whose=whose, days=left))


def _days(age: timedelta) -> Said:
    """An age that is negative is one of a moment that a clock wrote down which was wrong."""
    return counted("%(num)s day", "%(num)s days", max(0, age.days))
