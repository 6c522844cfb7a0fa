"""The test telephone: whoever answers for the office is a caller, or one of its telephones, in the browser."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, current_app, render_template, request
from markupsafe import Markup

from appliance.control.errors import ControlError
from web import stepwords
from web.pages.trust import encrypted_address
from web.picturewords import picture_words
from web.roles import OFFICE, allowed
from web.unit import ask

pages = Blueprint("phone", __name__)

MOST_STEPS = 12
LONGEST_STEP = 120
_LINK = re.compile(r' (?:href|aria-label)="[^"]*"')


@pages.get("/try")
@allowed(*OFFICE)
def page() -> Any:
    found = ask("office.get")
    document = (found["document"] if found else None) or {}
    lines = [trunk.get("name") or trunk["port"] for trunk in document.get("trunks", [])]
    return render_template(
        "phone/page.html",
        choices=ask("phone.choices"),
        picture=_picture(),
        boxes={name: f"line trunks[{place}]" for place, name in enumerate(lines)},
        encrypted=encrypted_address(request.path),
        trusted=bool(current_app.config["HTTPS_PORT"]),
    )


@pages.get("/try/steps")
@allowed(*OFFICE)
def steps() -> Any:
    """Steps of a call, in words: the page knows them as the call log has them."""
    asked = request.args.getlist("step")[:MOST_STEPS]
    names = _names()
    return {"steps": [stepwords.step(one[:LONGEST_STEP], names) for one in asked]}


def _picture() -> Markup:
    """The call flow without links, as nothing is changed here; empty where it cannot be drawn."""
    try:
        svg = ask("office.picture", document={}, words=picture_words())["svg"]
    except ControlError as error:
        if error.code != "no-office":
            raise
        svg = ""
    plain = _LINK.sub("", svg).replace('role="group"', 'role="presentation"')
    return Markup(plain)  # The daemon makes it of our own elements, with every text escaped.


def _names() -> dict[str, str]:
    """What the ids in steps stand for."""
    found = ask("office.get")
    document = (found["document"] if found else None) or {}
    known = [one for kind in ("people", "departments") for one in document.get(kind, [])]
    return {one["id"]: one.get("name", one["id"]) for one in known if "id" in one}
