"""An Asterisk to compare the unit with: started by `--versus PATH`, at an address of the loopback, with the same menu.

It loads only what such a call needs, so that the comparison does not count what nobody uses.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.wav.clip import write_clip
from hw.audio import Samples

MODULES = (
    *("pbx_config", "app_playback", "res_sorcery_config", "res_sorcery_memory", "res_sorcery_astdb", "res_pjproject"),
    *("res_pjsip", "res_pjsip_session", "res_pjsip_sdp_rtp", "res_pjsip_endpoint_identifier_ip", "res_pjsip_caller_id"),
    *(
        "res_pjsip_pubsub",
        "res_pjsip_rfc3326",
        "chan_pjsip",
        "res_rtp_asterisk",
        "codec_ulaw",
        "format_wav",
        "bridge_simple",
    ),
    "res_timing_timerfd",
)
LONGEST_START_SECONDS = 30.0
_LOOK_SECONDS = 0.1


class AsteriskNotUsable(RuntimeError):
    """The binary that was named cannot be used; the message says why."""


@contextmanager
def asterisk(binary: Path, address: str, load: str, menu: Samples) -> Iterator[int]:
    """The process id of an Asterisk that answers `load` at `address`:5060 and plays `menu` again and again.

    binary: the program, or a script that passes its arguments on to it, in the `sbin` of its own tree. Raises
    AsteriskNotUsable where it does not come up.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_clip(folder / "menu.wav", menu)
        for file, text in settings(binary, folder, address, load).items():
            (folder / file).write_text(text, encoding="ascii")
        command = [str(binary), "-f", "-C", str(folder / "asterisk.conf")]
        with (folder / "output").open("wb") as output:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            _wait_until_up(process, binary, folder)
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=30)


def settings(binary: Path, folder: Path, address: str, load: str) -> dict[str, str]:
    """Asterisk's configuration: the text of each of its files, by name."""
    prefix = binary.resolve().parent.parent
    modules = next((found for found in sorted(prefix.glob("lib/**/asterisk/modules"))), None)
    if modules is None:
        raise AsteriskNotUsable(f"there are no modules of Asterisk below {prefix / 'lib'}")
    directories = {"astmoddir": modules, "astdatadir": prefix / "share" / "asterisk"}
    for key in ("astetcdir", "astvarlibdir", "astdbdir", "astkeydir", "astagidir", "astspooldir", "astrundir"):
        directories[key] = folder
    directories["astlogdir"] = folder
    return {
        "asterisk.conf": "[directories]\n" + "".join(f"{key} => {path}\n" for key, path in directories.items()),
        "modules.conf": "[modules]\nautoload=no\n" + "".join(f"load=>{module}.so\n" for module in MODULES),
        "logger.conf": "[logfiles]\nmessages => warning,error\n",
        "rtp.conf": "[general]\nrtpstart=30000\nrtpend=31000\n",
        "pjsip.conf": (
            f"[udp]\ntype=transport\nprotocol=udp\nbind={address}:5060\n"
            "[load]\ntype=endpoint\ncontext=menu\ndisallow=all\nallow=ulaw\ndtmf_mode=rfc4733\ndirect_media=no\n"
            f"media_address={address}\nbind_rtp_to_media_address=yes\n"
            f"[load-by-address]\ntype=identify\nendpoint=load\nmatch={load}\n"
        ),
        "extensions.conf": (
            "[menu]\nexten => _.,1,Answer()\n"
            f" same => n(again),Background({folder / 'menu'})\n same => n,WaitExten(5)\n same => n,Goto(again)\n"
        ),
    }


def _wait_until_up(process: subprocess.Popen[bytes], binary: Path, folder: Path) -> None:
    """Wait until Asterisk has loaded everything, as it tells over its own control socket."""
    last = time.perf_counter() + LONGEST_START_SECONDS
    asked = [str(binary), "-C", str(folder / "asterisk.conf"), "-rx", "core waitfullybooted"]
    while True:
        if (folder / "asterisk.ctl").exists():
            answer = subprocess.run(asked, capture_output=True, timeout=LONGEST_START_SECONDS, check=False)
            if b"fully booted" in answer.stdout:
                return
        if process.poll() is not None or time.perf_counter() > last:
            said = (folder / "output").read_text(encoding="utf-8", errors="replace").strip()[-500:]
            raise AsteriskNotUsable(f"{binary} did not start: {said or 'it said nothing'}")
        time.sleep(_LOOK_SECONDS)
