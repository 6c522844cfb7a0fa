"""Faxes: those that came, page by page, and those that go out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for

from web.faxboxes import own_boxes
from web.pages.faxes.coming import add_received
from web.pages.faxes.going import add_sent
from web.roles import EVERYBODY, allowed

pages = Blueprint("faxes", __name__, url_prefix="/faxes")
add_received(pages)
add_sent(pages)


@pages.get("")
@allowed(*EVERYBODY)
def page() -> Any:
    """The own box, or the first of those there are."""
    return redirect(url_for("faxes.received", box=own_boxes()[0]["box"]))
