"""What happens on lines and telephones while they are looked for."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from web.pages.setup.forms import ANSWERS
from web.pages.setup.ticket import ask_setup, pages
from web.roles import public
from web.speaking import spoken


@pages.get("/setup/now.json")
@public
def now() -> Any:
    """For the script of a page, once a second. Calls wait for the page where that shows lines."""
    return ask_setup("lines", wait="lines" in request.args)


@pages.post("/setup/answer/<line>")
@public
def answer_line(line: str) -> Any:
    """Answer the call that rings on this line. What was filled in meanwhile is kept."""
    ask_setup("answer-line", line=line)
    return _back("lines")


@pages.post("/setup/ring/<telephone>")
@public
def ring(telephone: str) -> Any:
    """Ring this telephone, so that it is heard where it stands. What was filled in meanwhile is kept."""
    ask_setup("ring", telephone=telephone)
    return _back("people")


@pages.post("/setup/speak")
@public
def speak() -> Any:
    """A greeting in the unit's own voice, in the language of the callers, for a script of the page."""
    place = ask_setup("get")["answers"].get("place", {})
    return spoken(request.get_json(silent=True), str(place.get("language", "")))


def _back(step: str) -> Any:
    if request.is_json:
        return {}
    ask_setup("answer", step=step, answer=ANSWERS[step](request.form), revision=request.form.get("revision", ""))
    return redirect(url_for("setup.step", step=step))
