"""Passwords: what is kept of them, whether one is right, and which are good enough. Guessing gets slower and slower."""

from __future__ import annotations

import math
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import request
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from appliance.control.passwordrule import LONGEST, SHORTEST, is_guessed_easily
from web.unit import ask

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's least costs of Argon2id (Password Storage Cheat Sheet): 19 MiB, so that several at once fit a small unit."""

NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$BbaHLeKKwIcMqIUe8ag3AA$+FHC+HMxTBzH5H//wFYODskCbBBzcXhbCpkwx2P3lN0"
"""What HASHER made of a password that nobody knows. It is checked in place of an account that is not there, which must
not be told by a quicker answer."""

_AT_ONCE = BoundedSemaphore(2)
"""Others wait: each that is hashed takes its 19 MiB."""


class SlowedDown(Exception):
    """Too many tries were wrong. seconds: until the next may be made."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:.0f} s")
        self.seconds = seconds


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return HASHER.hash(password)


def right(name: str, password: str) -> dict[str, Any] | None:
    """What the daemon knows of the account, if this is its password; None for all else, in the same time. SlowedDown.

    A wrong one is counted, and so makes whoever guesses wait.
    """
    begin_try(name)
    try:
        found: dict[str, Any] = ask("accounts.find", name=name)
    except ControlError as error:
        if error.code != "no-such-account":
            raise
        found = {"hash": NOBODYS}
    try:
        with _AT_ONCE:
            HASHER.verify(found["hash"], password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return None
    was_right(name)
    return found


def begin_try(what: str) -> None:
    """Count a try as wrong until `was_right`. what: a name, or whatever is guessed at. SlowedDown."""
    wait = ask("accounts.guess", name=what, address=request.remote_addr or "")["seconds"]
    if wait:
        raise SlowedDown(wait)


def was_right(what: str) -> None:
    """Forget the wrong tries at this."""
    ask("accounts.guessed-right", name=what, address=request.remote_addr or "")


def waiting(slowed: SlowedDown) -> str:
    """What whoever has to wait is told."""
    how_long = format_timedelta(timedelta(seconds=max(1, math.ceil(slowed.seconds))), threshold=1.5)
    return str(_("There were too many wrong tries. Please wait for %(time)s, and try again.", time=how_long))


def objection(password: str, name: str) -> str:
    """Why this is no good password, for whoever chose it; empty if it is one."""
    if len(password) < SHORTEST:
        return str(
            ngettext(
                "A password has at least %(num)d character. Three or four words work well.",
                "A password has at least %(num)d characters. Three or four words work well.",
                SHORTEST,
            )
        )
    if len(password) > LONGEST:
        return str(
            ngettext("A password has at most %(num)d character.", "A password has at most %(num)d characters.", LONGEST)
        )
    if is_guessed_easily(password, name):
        return str(_("That is guessed too easily. Three or four words that do not belong together work well."))
    return ""
