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
from flask_login import current_user


@dataclass(frozen=True)
class AdvisedPlace:
    """A page on which something is mended. page: of the settings, where it is one of those."""

    view: str
    page: str = ""

    def link(self) -> str:
        """Its address; empty for whoever may not use it."""
        view: Any = current_app.view_functions[self.view]
        if current_user.role not in view.roles:
            return ""
        return url_for(self.view, name=self.page) if self.page else url_for(self.view)


LINES, PEOPLE = AdvisedPlace("settings.page", "lines"), AdvisedPlace("settings.page", "people")
MAIL, KEPT_MESSAGES = AdvisedPlace("settings.page", "mail"), AdvisedPlace("settings.page", "privacy")
TEXTS, BACKUP, ACCOUNTS = AdvisedPlace("menus.page"), AdvisedPlace("backup.page"), AdvisedPlace("accounts.page")
OWN_GREETINGS, OWN_MESSAGES = AdvisedPlace("greetings.page"), AdvisedPlace("inbox.page")

MENDS: tuple[tuple[str, LazyString, AdvisedPlace | None], ...] = (
    (
        "is dead",
        _l("See that the cable sits in both sockets. If it does, ask your telephone company about this line."),
        LINES,
    ),
    ("letters", _l("Look at the mail settings: server, name and password."), MAIL),
    (
        "disk",
        _l("Make room: have old messages deleted sooner, or delete some. Calls go on meanwhile."),
        KEPT_MESSAGES,
    ),
    ("which this unit does not have", _l("See that the line card or device is plugged in and switched on."), LINES),
    ("the recording of", _l("Record it anew."), TEXTS),
    ("wrong PIN", _l("Somebody may be guessing. Give this person another PIN if it was not they themselves."), PEOPLE),
    (
        "a password of the local page",
        _l("Ask whoever it was. An administrator confirms there that it was meant."),
        ACCOUNTS,
    ),
)
"""Part of a fault, what to do, and where that is done. The first that fits counts."""
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
        mend, place = next(((mend, place) for part, mend, place in MENDS if part in fault), (ELSE, None))
        link = place.link() if place else ""
        found.append(Matter(fault[:1].upper() + fault[1:], str(mend), link, urgent=True))
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
            place = OWN_GREETINGS if current_user.person in about else PEOPLE
            return Matter(what, mend, place.link(), since)
        case "message-unheard":
            name = names.get(about[0], about[0])
            mend = _("Remind whoever it is for, or have messages sent by mail as well.")
            place = OWN_MESSAGES if current_user.person == about[0] else PEOPLE
            return Matter(_("A message for %(name)s has not been heard.", name=name), mend, place.link(), since)
        case "no-backup":
            days = int(about[0]) if about and about[0].isdecimal() else None
            never = _("There is no backup yet.")
            text = (
                never
                if days is None
                else ngettext("%(num)s day without a backup.", "%(num)s days without a backup.", days)
            )
            return Matter(text, _("Make one now, and keep it away from the unit."), BACKUP.link(), since)
        case "disk-nearly-full":
            what = _("The disk is nearly full: %(mb)s MB are left.", mb=about[0] if about else "?")
            mend = _("Have old messages deleted sooner, or delete some. Without room no message can be taken.")
            return Matter(what, mend, KEPT_MESSAGES.link(), since)
    return Matter(": ".join((one["kind"], *about)), str(ELSE), "", since)
