"""Writes what is published of the office's classes anew: office.schema.json, and the tables in docs/office.md and
docs/contacts.md.

.venv/bin/python -m tests.office.renew
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from appliance.office.contact import Blocked, Contact
from appliance.office.schema import entry_schema, office_schema

COMMAND = ".venv/bin/python -m tests.office.renew"

ROOT = Path(__file__).parents[2]
SCHEMA_FILE = ROOT / "appliance" / "office" / "office.schema.json"
GUIDE_FILE = ROOT / "docs" / "office.md"
CONTACTS_FILE = ROOT / "docs" / "contacts.md"

TABLE = re.compile(r"(<!-- fields: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
HEAD = "| field | what it is | may be | if left out |\n|---|---|---|---|\n"


def schema_text() -> str:
    return json.dumps(office_schema(), indent=2, ensure_ascii=False) + "\n"


def renewed_guide(guide: str) -> str:
    """A guide, each group's table between its marks."""
    schema = office_schema()
    groups = schema["$defs"] | {"office": schema, "contact": entry_schema(Contact), "blocked": entry_schema(Blocked)}
    return TABLE.sub(lambda found: found[1] + table(groups[found[2]]) + found[3], guide)


def table(group: dict[str, Any]) -> str:
    """A row for each field of a group: in bold what must be there."""
    rows = ""
    for name, entry in group["properties"].items():
        if name != "$schema":
            shown = f"**{name}**" if name in group["required"] else name
            default = f"`{json.dumps(entry['default'])}`" if "default" in entry else ""
            rows += f"| {shown} | {entry['description']} | {may_be(entry)} | {default} |\n"
    return HEAD + rows


def may_be(entry: dict[str, Any]) -> str:
    if entry.get("type") == "array":
        return may_be(entry["items"]) if "enum" in entry["items"] else "list"
    if "$ref" in entry or entry.get("type") == "object":
        return "group"
    if "enum" in entry:
        return ", ".join(f"`{word}`" for word in entry["enum"])
    if "title" in entry:
        return str(entry["title"])
    if "minimum" in entry:
        whole = "whole number, " if entry["type"] == "integer" else ""
        return f"{whole}{entry['minimum']} to {entry['maximum']}"
    return "`true` or `false`" if entry["type"] == "boolean" else f"text, at most {entry['maxLength']} characters"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text())
    for guide in (GUIDE_FILE, CONTACTS_FILE):
        guide.write_text(renewed_guide(guide.read_text()))
