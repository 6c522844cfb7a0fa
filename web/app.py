"""The Flask application: what every page has, and the list of the pages."""

from __future__ import annotations

import importlib
import secrets
from datetime import timedelta
from pathlib import Path

from flask import Flask, request
from flask.globals import request_ctx
from flask_wtf import CSRFProtect

from web.access import use_access
from web.accounts import use_accounts
from web.guarding import use_guarding
from web.navigation import sections
from web.starts import RUNTIME
from web.staticfiles import use_static_files
from web.texts import LANGUAGES, chosen_language, use_texts
from web.troubles import use_troubles
from web.unit import use_unit
from web.weeks import DAYS, span_times

PAGES = (
    "setup",
    "sign_in",
    "today",
    "inbox",
    "faxes",
    "greetings",
    "reached",
    "log",
    "figures",
    "contacts",
    "backup",
    "nightly",
    "network",
    "linetest",
    "changes",
    "music",
    "update",
    "doctor",
    "card",
    "phone",
    "accounts",
    "me",
    "forgotten",
    "trust",
    "asitruns",
    "menus",
    "settings",
    "today_acts",
    "api",
    "programs",
    "desk",
    "desk_sheet",
)
"""The modules of `web.pages`, each with a blueprint `pages`."""

LARGEST_FORM = 2 * 1024 * 1024
"""Bytes of a request. A page that takes files allows more, by `request.max_content_length`, for itself."""

SESSION_LASTS = timedelta(days=30)
"""The cookie's time; the daemon ends sessions sooner where they are not used."""


def make_app(socket: Path, state: Path, https_port: int = 0, starts: Path = RUNTIME) -> Flask:
    """The pages of the unit whose control socket this is. state: a folder of the web's own, for its keys.

    https_port: where they are served encrypted; 0: nowhere. starts: where failed starts of the daemon are counted.
    """
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key(state),
        STATE=state,
        STARTS=starts,
        HTTPS_PORT=https_port,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS,
        WTF_CSRF_TIME_LIMIT=None,  # A form may stand open overnight: it is good as long as its session is.
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals.update(navigation=sections, language=chosen_language, LANGUAGES=LANGUAGES)
    app.jinja_env.globals.update(span_times=span_times, week_days=DAYS, answers_form=answers_form)
    use_static_files(app, Path(app.root_path) / "static")
    use_unit(app, socket)
    use_guarding(app)
    use_access(app)
    CSRFProtect(app)
    use_accounts(app)
    use_texts(app)
    use_troubles(app)
    for name in PAGES:
        app.register_blueprint(importlib.import_module(f"web.pages.{name}").pages)
    return app


def answers_form() -> bool:
    """Whether this page is the answer to a form, and can be fetched without sending that again."""
    adapter = request_ctx.url_adapter
    return request.method == "POST" and adapter is not None and adapter.test(method="GET")


def secret_key(state: Path) -> bytes:
    """The key that signs cookies; made at the first start, and readable by this process's user alone."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = state / "key"
    if not file.exists():
        new = file.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_bytes(secrets.token_bytes(32))
        new.rename(file)
    return file.read_bytes()
