"""What the control socket answers when it cannot do something."""

from __future__ import annotations

from pathlib import Path

from hw.said import Wording, wording


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

    @property
    def wording(self) -> Wording:
        """The message, for whoever says it in another language."""
        return wording(self.message)


def not_running(path: Path) -> ControlError:
    """The error for a socket at which nobody listens."""
    return ControlError("not-running", f"no Copperdesk runs on {path.parent}; start it with `copperdesk run`")


def no_access(path: Path) -> ControlError:
    """The error for a socket that this user may not use."""
    return ControlError("no-access", f"this user may not use {path}; try its owner, or sudo")


def lost() -> ControlError:
    """The error for a daemon that has closed the connection."""
    return ControlError("connection-lost", "the daemon ended the connection; `copperdesk status` shows if it runs")
