"""A time-stamp authority of our own on loopback: a certificate authority made for the test, and ``openssl ts`` behind HTTP."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

POLICY = "1.3.6.1.4.1.99999.1"
_CONFIG = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa_default]
serial = {folder}/serial
signer_digest = sha256
default_policy = {policy}
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *arguments: str) -> bytes:
    """What ``openssl`` prints; it must end well."""
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


class Keys:
    """A certificate authority (``ca.pem``) and the certificates it gave, in ``folder``."""

    def __init__(self, folder: Path, name: str = "Lake Guard Test CA") -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        (folder / "ts.cnf").write_text(_CONFIG.format(folder=folder, policy=POLICY))
        (folder / "serial").write_text("01\n")
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "ts.cnf"]
        openssl(folder, "req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650",
                "-subj", f"/CN={name}", "-extensions", "ca")  # fmt: skip
        self.ca = folder / "ca.pem"
        self._curve = curve

    def give(self, name: str, days: str = "30") -> None:
        """A certificate called ``name``.pem; one of -1 days was in force until yesterday."""
        openssl(self.folder, "req", *self._curve, "-keyout", f"{name}.key", "-out", f"{name}.csr",
                "-subj", f"/CN=Test {name}")  # fmt: skip
        openssl(self.folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", days, "-extfile", "ts.cnf", "-extensions", "tsa", "-out", f"{name}.pem")  # fmt: skip

    def reply(self, query: bytes, name: str = "stamper") -> bytes:
        """What the authority answers to a query, signed by the certificate of that name."""
        (self.folder / "query").write_bytes(query)
        openssl(self.folder, "ts", "-reply", "-config", "ts.cnf", "-section", "tsa_default", "-queryfile", "query",
                "-signer", f"{name}.pem", "-inkey", f"{name}.key", "-chain", "ca.pem", "-out", "reply")  # fmt: skip
        return (self.folder / "reply").read_bytes()


class Authority:
    """Answers every request with what ``answer`` makes of it. Use it as a context manager."""

    def __init__(self, answer: Callable[[bytes], bytes], *, status: int = 200, drip: float = 0.0) -> None:
        self.asked: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append(query)
                data = answer(query)
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                try:
                    for at in range(0, len(data), 1 if drip else 65536):
                        self.wfile.write(data[at : at + (1 if drip else 65536)])
                        time.sleep(drip)
                except OSError:
                    return  # whoever asked has gone

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/tsr"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
