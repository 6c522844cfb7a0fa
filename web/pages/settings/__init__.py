"""The settings: every field of the office document, each on a page with its help."""

from __future__ import annotations

from flask import Blueprint

from web.pages.settings.telling import helpers

pages = Blueprint("settings", __name__, url_prefix="/settings")
pages.context_processor(helpers)

from web.pages.settings import entries, mailtest, newaccount, peopletable, removing, searching, sections  # noqa: E402, F401
