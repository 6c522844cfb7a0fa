"""Real servers on the loopback to put backups on: Samba, OpenSSH, and WsgiDAV over HTTPS."""

from __future__ import annotations

import getpass
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from wsgidav.wsgidav_app import WsgiDAVApp

USER, PASSWORD = "unit", "open sesame"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as there:
        port: int = there.getsockname()[1]
        return port


@contextmanager
def dav_server(folder: Path, certificate: tuple[Path, Path]) -> Iterator[int]:
    """Shares a folder; its port."""
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server(("127.0.0.1", 0), app, numthreads=2)
    server.ssl_adapter = BuiltinSSLAdapter(*map(str, certificate))
    server.prepare()
    serving = threading.Thread(target=server.serve, daemon=True)
    serving.start()
    try:
        yield server.bind_addr[1]
    finally:
        server.stop()
        serving.join()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Of 127.0.0.1, and its key, as files in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "server.pem", folder / "server.key"
    pem.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return pem, private


@contextmanager
def ssh_server(folder: Path, shadow: Path | None = None) -> Iterator[int]:
    """Lets whoever runs this in by the keys in `<folder>/allowed`; its port. The host key is in `<folder>/host`.

    shadow: what it alone is to find as /etc/shadow, so that it knows a password; only root can have that.
    """
    port, host = free_port(), folder / "host"
    if not host.exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host], check=True)
    (folder / "sshd.conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nPidFile none\nAuthorizedKeysFile {folder / 'allowed'}\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication yes\nPermitRootLogin yes\n"
        "Subsystem sftp /usr/lib/openssh/sftp-server\n"
    )
    if getpass.getuser() == "root":
        Path("/run/sshd").mkdir(exist_ok=True)
    words = ["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "sshd.conf")]
    if shadow is not None:
        own = 'mount --bind "$0" /etc/shadow && exec "$@"'
        words = ["unshare", "--mount", "--propagation", "private", "sh", "-c", own, str(shadow), *words]
    with _running(words, port):
        yield port


def shadow_with(password: str, folder: Path) -> Path:
    """The machine's own file of passwords, with this one for whoever runs this."""
    words = ["openssl", "passwd", "-6", "-stdin"]
    crypted = subprocess.run(words, input=password, capture_output=True, text=True, check=True).stdout.strip()
    others = [
        line for line in Path("/etc/shadow").read_text().splitlines() if not line.startswith(f"{getpass.getuser()}:")
    ]
    file = folder / "shadow"
    file.touch(0o600)
    file.write_text("\n".join([f"{getpass.getuser()}:{crypted}:20000:0:99999:7:::", *others, ""]))
    return file


@contextmanager
def smb_server(folder: Path, shared: Path) -> Iterator[int]:
    """Shares a folder as `backups` with whoever runs this and PASSWORD; its port."""
    port, conf = free_port(), folder / "smb.conf"
    own = "".join(
        f"{what} = {folder}\n"
        for what in ("private dir", "lock directory", "state directory", "cache directory", "pid directory")
    )
    conf.write_text(
        f"[global]\nsmb ports = {port}\ninterfaces = 127.0.0.1\nbind interfaces only = yes\n{own}"
        f"ncalrpc dir = {folder / 'rpc'}\npassdb backend = tdbsam:{folder / 'users.tdb'}\nlog file = {folder / 'log'}\n"
        "disable spoolss = yes\nload printers = no\nserver role = standalone server\n"
        f"[backups]\npath = {shared}\nread only = no\n"
    )
    words = ["smbpasswd", "-c", str(conf), "-L", "-a", "-s", getpass.getuser()]
    subprocess.run(words, input=f"{PASSWORD}\n{PASSWORD}\n", text=True, check=True, capture_output=True)
    with _running(["/usr/sbin/smbd", "--foreground", "--no-process-group", "-s", str(conf)], port):
        yield port


@contextmanager
def _running(words: list[str], port: int) -> Iterator[None]:
    """The server runs and listens meanwhile."""
    null = subprocess.DEVNULL
    # Of its own session: smbd ends its whole process group with it.
    server = subprocess.Popen(words, stdin=null, stdout=null, stderr=null, start_new_session=True)
    try:
        _listens(port, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def _listens(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        try:
            with closing(socket.create_connection(("127.0.0.1", port), 1)):
                return
        except OSError:
            assert server.poll() is None, "the server has ended"
            time.sleep(0.02)
    raise AssertionError("the server does not listen")
