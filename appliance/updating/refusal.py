"""Why an update is not installed, in a sentence for people that stands behind a colon."""

from __future__ import annotations


class UpdateRefused(Exception):
    """The update is not installed, and nothing was changed.

    unless: the option of `copperdesk update` by which it is done nevertheless; empty: there is none.
    """

    def __init__(self, message: str, unless: str = "") -> None:
        super().__init__(message)
        self.unless = unless
