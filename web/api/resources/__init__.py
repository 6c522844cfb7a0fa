"""What the interface can do, one file a subject, each with its OPERATIONS."""

from __future__ import annotations

import importlib

from web.api.operation import Operation

SUBJECTS = ("unit", "calls", "people", "messages", "contacts", "lost", "webhooks", "callmeback")
"""The modules of this package, in the order of the document."""


def all_operations() -> list[Operation]:
    """All of them."""
    return [one for subject in SUBJECTS for one in importlib.import_module(f"web.api.resources.{subject}").OPERATIONS]
