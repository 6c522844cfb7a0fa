"""How a device is told to trust the unit's own certificate authority: a page for everybody, before they sign in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request

from web.encrypting import facts
from web.roles import public

pages = Blueprint("trust", __name__)


@pages.get("/trust")
@public
def page() -> Any:
    known = facts(current_app.config["STATE"])
    return render_template("trust/page.html", known=known, encrypted=encrypted_address())


@pages.get("/trust/copperdesk.crt")
@public
def authority() -> Any:
    file = current_app.config["STATE"] / "authority.crt"
    if not file.exists():
        abort(404)
    headers = {"Content-Disposition": "attachment; filename=copperdesk.crt"}
    return Response(file.read_bytes(), mimetype="application/x-x509-ca-cert", headers=headers)


def encrypted_address(path: str = "/") -> str:
    """The address of a page of ours, encrypted; empty where that is not to be had."""
    port = current_app.config["HTTPS_PORT"]
    name = request.host.rpartition(":")[0] or request.host if not request.host.endswith("]") else request.host
    return f"https://{name}{'' if port == 443 else f':{port}'}{path}" if port else ""
