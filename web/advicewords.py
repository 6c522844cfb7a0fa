"""What is wrong, and what should be seen to, each with what to do about it and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

MENDS: tuple[tuple[str, LazyString, str], ...] = (
    (
        "is dead",
        _l("See that the cable sits in both sockets. If it does, ask your telephone company about this line."),
        "lines.page",
    ),
    ("letters", _l("Look at the mail settings: server, name and password."), "mail.page"),
    (
        "disk",
        _l("Make room: have old messages deleted sooner, or delete some. Calls go on meanwhile."),
        "messages.page",
    ),
    ("is there no", _l("See that the line card or device is plugged in and switched on."), "lines.page"),
    ("cannot be played", _l("Record it anew."), "sounds.page"),
    ("wrong PIN", _l("Somebody may be guessing. Give this person another PIN if it was not they themselves."), ""),
)
"""Part of a fault, what to do, and the view where that is done. The first that fits counts."""
ELSE = _l("If it stays, tell whoever looks after the unit. The log of the unit has the details.")


@dataclass(frozen=True)
class Matter:
    """Something to see to. since: on the office's clock; None: now. link: empty for none."""

    what: str
    mend: str
    link: str
    since: datetime | None = None
    urgent: bool = False


def faults(told: Sequence[str]) -> list[Matter]:
    """What is wrong now, the newest first."""
    found = []
    for fault in reversed(told):
        mend, view = next(((mend, view) for part, mend, view in MENDS if part in fault), (ELSE, ""))
        found.append(Matter(fault[:1].upper() + fault[1:], str(mend), _link(view), urgent=True))
    return found


def advice(told: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[Matter]:
    """What should be seen to, the oldest first. A dead line is told as a fault already, and mail that fails."""
    told_otherwise = ("line-dead", "mail-failing")
    return [_matter(one, names) for one in told if one["kind"] not in told_otherwise]


def ages(told: Sequence[Mapping[str, Any]]) -> dict[str, datetime]:
    """Since when lines are dead, by their names."""
    return {one["about"][0]: datetime.fromisoformat(one["since"]) for one in told if one["kind"] == "line-dead"}


def _matter(one: Mapping[str, Any], names: Mapping[str, str]) -> Matter:
    about, since = one["about"], datetime.fromisoformat(one["since"])
    match one["kind"]:
        case "greeting-missing":
            whose = ", ".join(names.get(id, id) for id in about)
            what = _("No greeting of their own: %(names)s.", names=whose)
            mend = _("Each of them can record one at the telephone or at their page. Callers hear a standard one now.")
            return Matter(what, mend, _link("people.page"), since)
        case "message-unheard":
            name = names.get(about[0], about[0])
            mend = _("Remind whoever it is for, or have messages sent by mail as well.")
            return Matter(_("A message for %(name)s has not been heard.", name=name), mend, _link("people.page"), since)
        case "no-backup":
            days = int(about[0]) if about and about[0].isdecimal() else None
            never = _("There is no backup yet.")
            text = (
                never
                if days is None
                else ngettext("%(num)s day without a backup.", "%(num)s days without a backup.", days)
            )
            return Matter(text, _("Make one now, and keep it away from the unit."), _link("backup.page"), since)
        case "disk-nearly-full":
            what = _("The disk is nearly full: %(mb)s MB are left.", mb=about[0] if about else "?")
            mend = _("Have old messages deleted sooner, or delete some. Without room no message can be taken.")
            return Matter(what, mend, _link("messages.page"), since)
    return Matter(": ".join((one["kind"], *about)), str(ELSE), "", since)


def _link(view: str) -> str:
    """Where it is mended; empty where this unit has no such page."""
    return url_for(view) if view in current_app.view_functions else ""
