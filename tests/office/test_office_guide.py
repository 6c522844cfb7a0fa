"""docs/office.md: its example is right, its mistakes are told as it says, its table is the schema's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from appliance.office.document import load_document, parse_office
from appliance.office.lint import lint
from appliance.office.problem import OfficeErrors
from appliance.office.schema import office_schema
from hw.sip.profile import profiles

GUIDE = (Path(__file__).parents[2] / "docs" / "office.md").read_text()
EXAMPLE, SIP = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)


def limits(entry: dict[str, Any]) -> str:
    """What a field may hold, in the words of the table."""
    if "enum" in entry:
        return ", ".join(f"`{word}`" for word in entry["enum"])
    if "title" in entry:
        return str(entry["title"])
    if "minimum" in entry:
        whole = "whole number, " if entry["type"] == "integer" else ""
        return f"{whole}{entry['minimum']} to {entry['maximum']}"
    kinds = {"boolean": "`true` or `false`", "array": "list", "object": "group"}
    return kinds.get(entry["type"]) or f"text, at most {entry['maxLength']} characters"


def table(schema: dict[str, Any], definitions: dict[str, Any], heading: str) -> list[str]:
    lines = [f"### {heading}", "", "| field | what it is | may be | if left out |", "|---|---|---|---|"]
    deeper: list[str] = []
    for name, entry in schema["properties"].items():
        if name == "$schema":
            continue
        whole = definitions[entry["$ref"].rpartition("/")[2]] | entry if "$ref" in entry else entry
        inner = whole.get("items", whole)
        inner = definitions[inner["$ref"].rpartition("/")[2]] if "$ref" in inner and inner is not whole else inner
        place = f"{heading}.{name}" if heading != "The office" else name
        place += "[…]" if whole.get("type") == "array" else ""
        if "properties" in inner:
            deeper += table(inner, definitions, place)
        for pattern in whole.get("patternProperties", {}).values():
            deeper += table(definitions[pattern["$ref"].rpartition("/")[2]], definitions, f"{place}.…")
        words = limits(inner) if whole.get("type") == "array" and "enum" in inner else limits(whole)
        shown = f"**{name}**" if name in schema.get("required", ()) else name
        default = f"`{json.dumps(entry['default'])}`" if "default" in entry else ""
        lines.append(f"| {shown} | {entry['description']} | {words} | {default} |")
    return [*lines, "", *deeper]


def test_the_table_of_fields_is_that_of_the_schema():
    schema = office_schema()
    written = "\n".join(table(schema, schema["$defs"], "The office")).strip()
    assert GUIDE.partition("<!-- fields -->\n")[2].strip() == written


def test_the_example_is_right_and_gives_no_warning():
    assert lint(parse_office(load_document(EXAMPLE))) == []


def test_the_example_with_its_part_about_gateways_is_right_too():
    document = json.loads(EXAMPLE) | json.loads(f"{{{SIP}}}")
    document["trunks"].append({"name": "second", "port": "line"})
    document["stations"] += [{"name": "bench", "port": "bench"}, {"name": "yard", "port": "yard-phone"}]
    assert lint(parse_office(document, None, profiles())) == []


def test_the_mistakes_are_told_as_the_guide_says():
    document = json.loads(EXAMPLE)
    document["time_zone"] = "Chicago"
    document["people"][0]["extention"] = document["people"][0].pop("extension")
    document["people"][0]["station"] = "conter"
    document["menu"]["keys"]["1"]["person"] = "anne"
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document)
    assert str(caught.value) == re.findall(r"<!-- mistakes -->\n```\n(.*?)\n```", GUIDE, re.DOTALL)[0]
