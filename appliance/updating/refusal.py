"""Why an update is not installed, in a sentence for people."""

from __future__ import annotations


class UpdateRefused(Exception):
    """The update is not installed, and nothing was changed."""
