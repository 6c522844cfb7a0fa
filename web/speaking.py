"""A text in the unit's own voice, for the pages on which such texts are written."""

from __future__ import annotations

import base64
from typing import Any

from flask import Response
from flask_babel import gettext as _

from web.unit import ask_patiently


def spoken(fields: Any, usual: str = "") -> Any:
    """The answer to a script. fields: what it has sent, `text` and `language`. usual: the language without one."""
    text, language = (fields.get("text"), fields.get("language", "")) if isinstance(fields, dict) else (None, None)
    if not isinstance(text, str) or not isinstance(language, str):
        return {"message": _("Please try again")}, 400
    return wav(base64.b64decode(ask_patiently("prompts.speak", text=text, language=language or usual)["wav"]))


def wav(content: bytes) -> Response:
    return Response(content, mimetype="audio/wav")
