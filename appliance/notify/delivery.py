"""The process that sends one parcel, and ends: what is slow, or never answers, is nowhere near the calls.

It is run as `python -m appliance.notify.delivery`, reads one `Job` as JSON from standard input, and prints
`{"why": …, "server": …}`; an empty `why` says that it was sent. Passwords are never among its arguments.
"""

from __future__ import annotations

import json
import sys

from appliance.besidecalls import stay_beside_calls
from appliance.notify.parcel import Job, SendFailed
from appliance.notify.smtp import send_mail
from appliance.notify.webpost import send_post

MOST_MEMORY = 256 << 20
"""Bytes. A letter with its sound is some 20 MB, and four times that while it is written."""


def deliver(job: Job) -> tuple[str, bool]:
    """Why it was not sent, or an empty text; and whether the server is to blame."""
    try:
        (send_mail if job.by == "mail" else send_post)(job)
    except SendFailed as failed:
        return failed.why, failed.server
    return "", False


def main() -> None:
    stay_beside_calls(memory=MOST_MEMORY)
    why, server = deliver(Job(**json.load(sys.stdin)))
    json.dump({"why": why, "server": server}, sys.stdout)


if __name__ == "__main__":
    main()
