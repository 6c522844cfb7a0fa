"""The published schema: every property is described, and what it promises is what the program keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import time
from typing import Any

import jsonschema

from appliance.office.document import ACTIONS
from appliance.office.model import Ending, Key, Led, Menu, Office, Person, Trunk
from appliance.office.schema import office_schema
from appliance.office.sip import Sip, sip_of

SCHEMA = office_schema()


def objects(schema: Any, name: str = "office") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object the schema describes, by the name of its definition or property."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield name, schema
        for key, value in schema.items():
            yield from objects(value, key)


def test_the_schema_is_a_valid_schema_of_its_draft():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_property_is_described_in_a_sentence():
    silent = [
        f"{name}.{key}"
        for name, schema in objects(SCHEMA)
        for key, entry in schema.get("properties", {}).items()
        if not entry.get("description", "").endswith((".", ","))
    ]
    assert silent == []


def test_no_object_takes_names_that_are_not_in_the_schema():
    assert [name for name, schema in objects(SCHEMA) if schema.get("additionalProperties") is not False] == []


def test_every_pattern_has_a_title_to_be_told_by():
    def untitled(schema: Any, name: str) -> Iterator[str]:
        if isinstance(schema, dict):
            if isinstance(schema.get("pattern"), str) and "title" not in schema:
                yield name
            for key, value in schema.items():
                yield from untitled(value, key)

    assert list(untitled(SCHEMA, "office")) == []


DEVICES = ("telephone", "server")
"""One class for all kinds of devices, each with defaults of its own."""


def test_the_defaults_of_the_schema_are_those_of_the_model():
    model = {
        field.name: field.default
        for kind in (Office, Trunk, Person, Menu, Key, Led, Sip)
        for field in fields(kind)
        if isinstance(field.default, (str, int, float, time))
    }
    model = {name: f"{value:%H:%M}" if isinstance(value, time) else value for name, value in model.items()}
    published = {
        key: entry["default"]
        for name, schema in objects(SCHEMA)
        for key, entry in schema.get("properties", {}).items()
        if "default" in entry and name not in DEVICES
        if key != "number"  # A trunk's number may be left out of the document, not of the model.
    }
    worked_out = ("pin", "address", "outside")  # None that a document could say.
    assert published == {name: value for name, value in model.items() if name not in worked_out}


def test_the_defaults_of_sip_devices_are_those_of_the_schema():
    line = {"port": "p", "user": "u"}
    bare = {
        "telephones": [{"port": "p", "address": "192.168.1.2"}],
        "servers": [{"name": "s", "address": "192.168.1.3", "lines": [line]}],
    }
    for device, kind in zip(sip_of(bare).devices, DEVICES, strict=True):
        properties = SCHEMA["$defs"][kind]["properties"]
        published = {name: entry["default"] for name, entry in properties.items() if "default" in entry}
        assert published == {name: getattr(device, name) for name in published}
    assert sip_of({}) == Sip()


def test_the_words_of_the_schema_are_those_of_the_model():
    definitions = SCHEMA["$defs"]
    assert definitions["key"]["properties"]["action"]["enum"] == list(ACTIONS)
    assert definitions["trunk"]["properties"]["endings"]["items"]["enum"] == [ending.value for ending in Ending]
