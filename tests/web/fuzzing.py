"""The interface for programs, tried by schemathesis, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass

from tests.web.site import Site
from web.api.operation import SCOPES

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"

COMMAND = "import warnings; warnings.simplefilter('ignore'); from schemathesis.cli import schemathesis; schemathesis()"


@dataclass(frozen=True)
class Fuzzed:
    """fine: nothing was found. told: what it says."""

    fine: bool
    told: str


def fuzzed(site: Site, seconds: float, examples: int, *, seed: int = 12) -> Fuzzed:
    """Try everything with a token for all, for at most so long."""
    scope = " ".join([*SCOPES, "person:maria"])
    token = site.ask("tokens.add", name="fuzzing", scope=scope, until="")
    command = [sys.executable, "-c", COMMAND, "run", f"{site.url}/api/v1/openapi.json", "--url", f"{site.url}/api/v1"]
    command += ["-H", f"Authorization: Bearer {token['secret']}", "--checks", CHECKS, "--phases", "examples,fuzzing"]
    command += ["--max-examples", str(examples), "--seed", str(seed), "--max-time", str(round(seconds)), "--no-color"]
    command += ["--exclude-operation-id", "getMessageSound"]
    with tempfile.TemporaryDirectory() as folder:  # It leaves files behind where it runs.
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds + 120)
    site.ask("tokens.remove", id=token["id"])
    return Fuzzed(done.returncode == 0, done.stdout + done.stderr)
