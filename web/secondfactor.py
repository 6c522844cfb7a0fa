"""The second factor: a code that an app on a telephone shows (TOTP, RFC 6238), or one of the recovery codes."""

from __future__ import annotations

import io
import secrets
from typing import Any

import pyotp
import segno

from appliance.clock import RealClock
from web.passwords import begin_try, was_right
from web.unit import ask

RECOVERY_CODES = 8
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of a recovery code: none that is mistaken for another when it is copied from paper."""

ERROR_STEPS = 1
"""The clocks may differ by so many steps."""


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, name: str, office: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"Copperdesk {office}".strip())


def picture(address: str) -> bytes:
    """The QR code as an SVG file."""
    file = io.BytesIO()
    segno.make(address, error="m").save(file, kind="svg", scale=6, border=3, dark="#000", light="#fff", nl=False)
    return file.getvalue()


def new_recovery_codes() -> list[str]:
    """Such as `h7kd-92mx`."""
    words = ["".join(secrets.choice(LETTERS) for _ in range(8)) for _ in range(RECOVERY_CODES)]
    return [f"{word[:4]}-{word[4:]}" for word in words]


def right_code(name: str, code: str) -> bool:
    """Whether this is the account's code of this moment, or a recovery code; both are good once. SlowedDown."""
    guessed_at = f"{name}\ncode"
    begin_try(guessed_at)
    account: dict[str, Any] = ask("accounts.find", name=name)
    step = matching_step(account["factor"], code)
    if step is not None:
        good = ask("accounts.use-second-factor", name=name, step=step)
    else:
        good = ask("accounts.use-recovery-code", name=name, code=_tidied(code))
    if good:
        was_right(guessed_at)
    return bool(good)


def matching_step(secret: str, code: str) -> int | None:
    """The time step of which this is the code; None: of none about now."""
    digits = "".join(code.split())
    totp = pyotp.TOTP(secret)
    if not (secret and digits.isascii() and digits.isdigit()):
        return None
    now = totp.timecode(RealClock().now())
    for step in range(now - ERROR_STEPS, now + ERROR_STEPS + 1):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(step)):
            return step
    return None


def _tidied(code: str) -> str:
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return f"{plain[:4]}-{plain[4:]}"
