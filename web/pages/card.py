"""The card of what can be dialled on a telephone: to read, and to print."""

from __future__ import annotations

import base64
from typing import Any

from flask import Blueprint, Response, render_template, request

from appliance.control.errors import ControlError
from web.roles import EVERYBODY, allowed
from web.saying import refusal
from web.spokenlanguages import spoken_languages
from web.unit import ask

pages = Blueprint("card", __name__, url_prefix="/card")


@pages.get("")
@allowed(*EVERYBODY)
def page() -> Any:
    card, wrong = None, ""
    try:
        card = ask("card", language=_language())["card"]
    except ControlError as error:
        if error.code not in ("no-card", "no-such-language"):
            raise
        wrong = refusal(error)
    return render_template(
        "card.html", card=card, wrong=wrong, chosen=_language(), languages=spoken_languages()
    ), 400 if wrong else 200


@pages.get("/card.pdf")
@allowed(*EVERYBODY)
def pdf() -> Response:
    made = ask("card", language=_language(), pdf=True)["pdf"]
    return Response(base64.b64decode(made), mimetype="application/pdf")


def _language() -> str:
    return request.args.get("language", "")
