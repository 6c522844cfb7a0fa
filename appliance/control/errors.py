"""How the control socket says no."""

from __future__ import annotations


class ControlError(RuntimeError):
    """A refusal with a stable kebab-case `code` for programs and a `message` for people.

    Raised by a method's handler it travels to the client, which raises it again. Codes of the socket itself:
    `not-json`, `line-too-long` (both end the connection), `not-a-request`, `no-such-method`, `no-such-topic`,
    `wrong-parameters`, `watch-exists`, `no-such-watch`, `reply-too-long`, `internal-error`; and on the client's
    side `not-running`, `no-access`, `connection-lost`, `fell-behind`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
