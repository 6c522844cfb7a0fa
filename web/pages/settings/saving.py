"""A form is saved: put together with what others have changed, checked as a whole, and used at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.pages.settings.form import SettingsForm, masked_values
from web.pages.settings.merging import merged
from web.pages.settings.reasons import reason_words
from web.pages.settings.references import renamed
from web.pages.settings.scopes import Document
from web.pages.settings.secrets import secrets_in, unmasked
from web.pages.settings.unit import office
from web.saying import refusal as refusal_words
from web.saying import sentence
from web.unit import ask, ask_patiently

MOST_TRIES = 3
"""How often a document is put together anew because somebody else saved at the same moment."""

CANNOT = {"office-refused", "voice-failed", "disk-full"}
"""Refusals that whoever saves is told beside the form."""


@dataclass(frozen=True, slots=True)
class Saved:
    """document: as it is now. changed: whether it is another one than before."""

    document: Document
    changed: bool


def save(form: SettingsForm) -> Saved | None:
    """Save it. None: it is not saved, and the form tells why."""
    for _try in range(MOST_TRIES):
        document, revision = office()
        theirs = form.scope.take(document)
        if theirs is None:
            form.mistakes[""] = [_("Somebody else has removed this meanwhile.")]
            return None
        merge = merged(form.was, form.values, masked_values(form.scope, theirs))
        if merge.conflicts:
            form.was = masked_values(form.scope, theirs)
            form.values = merge.values
            form.conflicts = {one.path: one for one in merge.conflicts}
            return None
        secrets: dict[str, str] = {}
        for name, one in form.scope.fields.items():
            secrets |= secrets_in(one, theirs.get(name))
        values = {name: unmasked(value, secrets) for name, value in merge.values.items()}
        changed = renamed(form.scope, document, form.scope.put(document, values))
        if changed == document:
            return Saved(document, changed=False)
        mistakes = checked(changed)
        if mistakes:
            form.values = merge.values
            form.tell(mistakes, form.scope.prefix(document))
            return None
        try:
            told(load(changed, revision))
            return Saved(changed, changed=True)
        except ControlError as error:
            if error.code != "office-changed":
                form.mistakes[""] = [refusal(error)]
                return None
    form.mistakes[""] = [_("Others are saving all the time. Please try again.")]
    return None


def checked(document: Document) -> list[dict[str, str]]:
    """All mistakes of a document, their reasons for people."""
    found: list[dict[str, Any]] = ask("office.check", document=document)
    return [{**one, "reason": reason_words(one["reason_wording"], document)} for one in found]


def load(document: Document, revision: str) -> dict[str, Any]:
    """Have the unit use a document in place of the one of this revision; what it answers."""
    loaded: dict[str, Any] = ask_patiently("office.load", document=document, revision=revision, by=current_user.name)
    return loaded


def refusal(error: ControlError) -> str:
    """Why a document was not taken, for people; raises again what whoever saves cannot mend."""
    if error.code == "office-changed":
        return _("Somebody else has saved something meanwhile. Look at it again, and do it once more.")
    if error.code not in CANNOT:
        raise error
    return refusal_words(error)


def told(loaded: dict[str, Any]) -> None:
    """Tell what is to be known of a document that is in use now."""
    flash(_("Saved. It is in use now."))
    if loaded["later"]:
        flash(_("Some of it is used as soon as no call is on any line."), "warn")
    for warning in loaded["warning_wordings"]:
        flash(sentence(warning), "warn")
