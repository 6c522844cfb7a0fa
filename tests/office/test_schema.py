"""The published schema: every property is described, and what it promises is what the program keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema

from appliance.office.document import parse_office
from appliance.office.leading import Action
from appliance.office.model import Ending, Office
from appliance.office.reading import completed
from appliance.office.schema import office_schema
from tests.office.renew import COMMAND, SCHEMA_FILE, schema_text

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


def test_a_document_that_leaves_everything_out_means_what_the_published_defaults_say(document):
    document["sip"] = {
        "telephones": [{"port": "p", "address": "192.168.1.2"}],
        "servers": [{"name": "s", "address": "192.168.1.3", "lines": [{"port": "q", "user": "u"}]}],
    }
    document["led"] = {}
    given = completed(Office, document)
    assert given != document
    assert parse_office(given) == parse_office(document)
    published = {
        key
        for _, schema in objects(SCHEMA)
        for key, entry in schema.get("properties", {}).items()
        if "default" in entry
    }
    assert {"mailbox_access", "ring_seconds", "gpio", "says", "transport", "rtp_port", "number"} <= published
    assert not {"pin", "station", "endings"} & published


def test_what_is_published_is_what_the_classes_declare():
    assert SCHEMA_FILE.read_text() == schema_text(), f"{COMMAND} writes office.schema.json anew"


def test_the_words_of_the_schema_are_those_of_the_model():
    definitions = SCHEMA["$defs"]
    assert definitions["key"]["properties"]["action"]["enum"] == [action.value for action in Action]
    assert definitions["trunk"]["properties"]["endings"]["items"]["enum"] == [ending.value for ending in Ending]
