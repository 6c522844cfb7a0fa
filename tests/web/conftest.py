"""One unit with its page, and one browser, for all tests of this folder; tests leave both as they found them.

Playwright keeps an event loop running in the tests' thread: so no test in this folder is a coroutine or runs one.
"""

from __future__ import annotations

import pytest

from tests.web.browser import chromium
from tests.web.newunit import new_unit
from tests.web.site import running_site


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    """The example office. A test that changes what others see takes one of its own by `running_site`."""
    with running_site(tmp_path_factory.mktemp("site") / "data") as running:
        yield running


@pytest.fixture(scope="package")
def clinic(tmp_path_factory):
    """The same with a department, and a cover page in front of faxes. Its messages and its people's settings are there
    to be changed."""
    departments = [
        {"id": "sales", "name": "Sales", "extension": "201", "mailbox": True, "members": [{"person": "tom"}]}
    ]
    covered = {"sending": {"cover": True, "people": ["maria", "tom"]}}
    with running_site(tmp_path_factory.mktemp("clinic") / "data", departments=departments, fax=covered) as running:
        yield running


@pytest.fixture(scope="package")
def new_site(tmp_path_factory):
    """A unit that is not set up. Tests answer its steps as they like, and leave it so."""
    with new_unit(tmp_path_factory.mktemp("new") / "data") as running:
        yield running


@pytest.fixture(scope="package")
def browser():
    with chromium() as running:
        yield running
