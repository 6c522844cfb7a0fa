"""What callers hear at a place: spoken for whoever writes it, uploaded, recorded, and brought back."""

from __future__ import annotations

import base64
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.roles import Role, allowed
from web.saying import refusal, sentence
from web.speaking import spoken, wav
from web.unit import ask, ask_patiently

sounds = Blueprint("sounds", __name__)

PIECE_BYTES = 180_000
LARGEST_UPLOAD = 64 * 1024 * 1024
MENDED_BY_HAND = {
    *("no-sound", "file-too-large", "not-saved", "no-such-place", "no-such-station", "station-busy"),
    *("nothing-before", "no-recording", "no-draft", "disk-failed", "disk-full"),
}
"""Refusals that are told beside the place, as whoever asked can do something about them."""


@sounds.post("/menus/speak")
@allowed(Role.ADMINISTRATOR)
def speak() -> Any:
    """A text in the unit's own voice, for a script of the page."""
    return spoken(request.get_json(silent=True))


@sounds.get("/menus/recording/<place>.wav")
@allowed(Role.ADMINISTRATOR)
def recording(place: str) -> Any:
    """As callers hear it; with `?draft=1` as they are to hear it."""
    content, after = b"", 0
    while after is not None:
        piece = ask("prompts.listen", place=place, after=after, draft="draft" in request.args)
        content, after = content + base64.b64decode(piece["wav"]), piece["after"]
    return wav(content)


@sounds.post("/menus/record")
@allowed(Role.ADMINISTRATOR)
def record() -> Any:
    """A sound file from a form, or from the page's microphone."""
    request.max_content_length = LARGEST_UPLOAD
    place, file = request.form.get("place", ""), request.files.get("file")
    try:
        if file is None or not file.filename:
            return _told(place, _("Please choose a sound file first."), wrong=True)
        upload = ""
        while (piece := file.stream.read(PIECE_BYTES)) or not upload:
            written = base64.b64encode(piece).decode("ascii")
            upload = ask("prompts.upload", upload=upload, piece=written)["upload"]
        saved = ask_patiently("prompts.record", by=current_user.name, place=place, upload=upload)
    except ControlError as error:
        if error.code not in MENDED_BY_HAND:
            raise
        return _told(place, refusal(error), wrong=True)
    seconds = format_decimal(saved["seconds"], "0.0")
    if saved["draft"]:
        text = _("Saved and read back: this recording of %(seconds)s s goes live with the draft.", seconds=seconds)
    else:
        text = _("Saved and read back: callers now hear this recording of %(seconds)s s.", seconds=seconds)
    return _told(place, " ".join([text, *map(sentence, saved["warning_wordings"])]))


@sounds.post("/menus/sound")
@allowed(Role.ADMINISTRATOR)
def change() -> Any:
    """Back to the text, or to the version before; or ring a telephone to record."""
    place, wanted = request.form.get("place", ""), request.form.get("wanted", "")
    try:
        match wanted:
            case "text":
                ask("sounds.remove", by=current_user.name, place=place)
                return _told(place, _("Callers hear the text again."))
            case "before":
                ask("sounds.back", by=current_user.name, place=place)
                return _told(place, _("Callers hear again what they heard before."))
            case "draft-text":
                ask("draft.sound", place=place, text=True)
                return _told(place, _("Once the draft is live, callers hear the text again."))
            case "draft-none":
                ask("draft.sound", place=place, text=False)
                return _told(place, _("It is out of the draft: callers go on hearing what they hear now."))
            case "ring":
                ask("prompts.ring", place=place, station=request.form.get("station", ""))
                return _told(place, _("The telephone rings: lift it and speak after the tone."))
            case _:
                return _told(place, _("Please try again"), wrong=True)
    except ControlError as error:
        if error.code not in MENDED_BY_HAND:
            raise
        return _told(place, refusal(error), wrong=True)


@sounds.get("/menus/rung/<place>")
@allowed(Role.ADMINISTRATOR)
def rung(place: str) -> Any:
    """What became of the call to record, for a script of the page."""
    return ask("prompts.rung", place=place)


def _told(place: str, text: str, *, wrong: bool = False) -> Any:
    """For a script as JSON; for a form on the page it came from."""
    if request.accept_mimetypes.best == "application/json":
        return {"message": text}, 400 if wrong else 200
    flash(text, "wrong" if wrong else "message")
    return redirect(url_for("menus.page", at=request.form.get("at", ""), _anchor="panel"))
