"""The fax boxes of whoever is signed in: theirs by the session, whatever an address or a form says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from web.callwords import who
from web.unit import ask

_WHY: Mapping[str, LazyString] = {
    "": _l("The power failed."),
    "line-cut": _l("The call broke off."),
    "silent": _l("The other machine fell silent."),
    "training": _l("The line was too bad."),
    "page-refused": _l("A page came with too many errors."),
    "far-end": _l("The other machine ended the call."),
    "incompatible": _l("The other machine wanted what the unit cannot do."),
    "storage": _l("The disk of the unit was full, or failed."),
    "cancelled": _l("It was ended from here."),
}
"""Why a fax has not come whole."""


def own_boxes() -> list[dict[str, Any]]:
    """All that they may open, their very own first. Whoever has none is told that the page is not theirs."""
    found: list[dict[str, Any]] = ask("faxes.boxes", person=current_user.person) if current_user.person else []
    if not found:
        abort(403)
    return found


def own_box(id: str) -> dict[str, Any]:
    """One of them. Of any other nobody learns here whether it is there at all."""
    found = next((one for one in own_boxes() if one["box"] == id), None)
    if found is None:
        abort(404)
    return found


def sender_of(fax: dict[str, Any]) -> str:
    """Who has sent a fax, as far as that is known."""
    return who(fax["contact"] or fax["name"], fax["number"] or fax["identity"])


def own_name_of(fax: dict[str, Any]) -> str:
    """What the sending machine calls itself; empty where that is the number that the line told, however written."""
    told = "".join(filter(str.isdigit, fax["identity"]))
    number = "".join(filter(str.isdigit, fax["number"]))
    known = not fax["number"] or (told and number and (told.endswith(number) or number.endswith(told)))
    return "" if known else str(fax["identity"])


def missing_of(fax: dict[str, Any]) -> str:
    """What a fax that has not come whole lacks; empty where it is whole."""
    if fax["complete"]:
        return ""
    came = ngettext("Only %(num)s page came.", "Only %(num)s pages came.", fax["pages"])
    return f"{came} {_WHY.get(fax['cause'], _('Something went wrong.'))}"
