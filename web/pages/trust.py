"""How a device is told to trust the unit's own certificate authority: a page for everybody, before they sign in."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from web.encrypting import facts
from web.roles import public
from web.unit import ask

pages = Blueprint("trust", __name__)

NONCE = re.compile(r"[0-9a-f]{32,64}")


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


@pages.get("/trust/proof")
@public
def proof() -> Any:
    """What proves to whoever knows the code on the label that the authority is this unit's (`fleet compare`)."""
    nonce, known = request.args.get("nonce", ""), facts(current_app.config["STATE"])
    if not NONCE.fullmatch(nonce) or not known:
        abort(404)
    return jsonify(ask("recovery.proof", nonce=nonce, fingerprint=known["fingerprint"]))


def encrypted_address(path: str = "/") -> str:
    """The address of a page of ours, encrypted; empty where that is not to be had."""
    port = current_app.config["HTTPS_PORT"]
    name = request.host.rpartition(":")[0] or request.host if not request.host.endswith("]") else request.host
    return f"https://{name}{'' if port == 443 else f':{port}'}{path}" if port else ""
