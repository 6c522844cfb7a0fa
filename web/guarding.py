"""What guards every answer: headers that forbid the browser all that these pages do not need, and careful cookies."""

from __future__ import annotations

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
"""Nothing inline, and nothing from outside."""

FEATURES = "camera=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), hid=(), midi=(), microphone=(self)"
"""What of the browser a page may use: the microphone, for recordings and the test telephone."""


class SafeCookies(SecureCookieSessionInterface):
    """The session's cookie, which an encrypted connection keeps to itself.

    It has a name of its own there: otherwise whoever signed in encrypted could not do so at the plain address any more,
    as browsers let no plain page replace a secure cookie.
    """

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-copperdesk" if request.is_secure else "copperdesk"

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def use_guarding(app: Flask) -> None:
    """Put the headers on every answer of this application."""
    app.session_interface = SafeCookies()
    app.after_request(guard)


def guard(answer: Response) -> Response:
    """Pages are not kept by browsers, as others may use the same one; files of style and script are looked up again."""
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Frame-Options"] = "DENY"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = FEATURES
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
