"""Who is to be told of messages can be told, in no insecure way, and nobody is called who must not be."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.problem import OfficeErrors


@pytest.mark.parametrize(
    ("notifying", "person", "path"),
    [
        ({"mail": {"host": "mail.example.org", "user": "a@b.org", "security": "none"}}, {}, "notifying.mail.security"),
        ({"mail": {"host": "mail.example.org", "user": "copperdesk"}}, {}, "notifying.mail.sender"),
        ({"post": {"url": "http://192.0.2.7/events"}}, {}, "notifying.post.secret"),
        ({}, {"notify": {"mail": "maria@example.org"}}, "people[1].notify.mail"),
        ({}, {"notify": {"call": {"of": "all"}}}, "people[1].notify.call.number"),
        ({}, {"notify": {"call": {"of": "all", "number": "911"}}}, "people[1].notify.call.number"),
        ({}, {"pin": None, "notify": {"call": {"of": "urgent", "number": "5550199"}}}, "people[1].notify.call.of"),
    ],
)
def test_what_could_tell_nobody_or_must_not_is_objected_to(
    document: dict[str, Any], notifying: dict[str, Any], person: dict[str, Any], path: str
) -> None:
    maria = {name: value for name, value in {**document["people"][1], **person}.items() if value is not None}
    people = [document["people"][0], maria, *document["people"][2:]]
    with pytest.raises(OfficeErrors) as errors:
        parse_office({**document, "people": people, "notifying": notifying})
    assert [problem.path for problem in errors.value.problems] == [path]
