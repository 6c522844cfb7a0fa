"""`copperdesk restore`: a backup in place of what the unit has."""

from __future__ import annotations

from appliance.cli.backup import add_arguments
from appliance.cli.backup import restore as run

__all__ = ["add_arguments", "run"]
