"""What avahi tells the network of this unit (avahi.service(5)): its page, and facts that belong to nobody.

The file that is installed (systemd/avahi/copperdesk.service) announces the page alone, as which version runs, and what
the unit's code is, is not known before the unit runs.
"""

from __future__ import annotations

from pathlib import Path

SERVICES = Path("/etc/avahi/services")
FILE = "copperdesk.service"
HTTPS_PORT = 443
"""As in systemd/copperdesk-page.service."""

_HEAD = """\
<?xml version="1.0" standalone="no"?>
<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<!-- How the unit is found in the network of the office: by browsers, and by programs that look for it. -->
<service-group>
  <name replace-wildcards="yes">Copperdesk on %h</name>
  <service><type>_http._tcp</type><port>80</port></service>
"""


def announcement(unit: str = "", version: str = "") -> str:
    """The text of the file. unit: its code. version: of the program that runs. Empty: they are not told."""
    told = {"txtvers": "1", "https": str(HTTPS_PORT), "unit": unit, "version": version} if unit else {}
    text = "".join(f"<txt-record>{key}={value}</txt-record>" for key, value in told.items() if value)
    return f"{_HEAD}  <service><type>_copperdesk._tcp</type><port>80</port>{text}</service>\n</service-group>\n"


def announce(services: Path, text: str) -> bool:
    """Have avahi tell this, which looks at its folder by itself. Whether it is new. Raises OSError."""
    file = services / FILE
    if file.is_file() and file.read_bytes() == text.encode():
        return False
    beside = services / f"{FILE}.new"
    beside.write_bytes(text.encode())
    beside.chmod(0o644)  # Before it has its name: avahi, which is another account, reads it at that moment.
    beside.rename(file)
    return True
