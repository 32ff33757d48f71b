"""Small servers that misbehave in ways no simulated Sugar does, with TLS where asked for."""

import contextlib
import datetime
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HEADERS = "HTTP/1.1 {status} X\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n{more}\r\n"
SERVER_INFO = (
    '<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
    '<r:get_server_infoResponse xmlns:r="http://www.sugarcrm.com/sugarcrm"><return>'
    "<flavor>PRO</flavor><version>6.7.1</version><gmt_time>2026-11-24 00:00:00</gmt_time>"
    "</return></r:get_server_infoResponse></e:Body></e:Envelope>"
)


def answer(status: int, body: bytes | str = b"", **headers: str) -> bytes:
    """A whole HTTP answer."""
    content = body.encode() if isinstance(body, str) else body
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return HEADERS.format(status=status, length=len(content), more=more).encode() + content


Answer = Callable[[str, socket.socket], bytes]
"""The request line to what is sent back; may write to the socket itself."""


@dataclass
class Server:
    """Where it listens, and the request lines and heads it has seen."""

    host: str
    port: int
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def http(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def https(self) -> str:
        return f"https://{self.host}:{self.port}"


@contextmanager
def serve(respond: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1 for the time of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        server = Server("127.0.0.1", listener.getsockname()[1])
        thread = threading.Thread(target=_listen, args=(listener, respond, tls, server))
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            thread.join()


def _listen(
    listener: socket.socket, respond: Answer, tls: ssl.SSLContext | None, server: Server
) -> None:
    workers = []
    while not server.stopping.is_set():
        with contextlib.suppress(TimeoutError):
            peer, _ = listener.accept()
            worker = threading.Thread(target=_talk, args=(peer, respond, tls, server))
            worker.start()
            workers.append(worker)
    for worker in workers:
        worker.join()


def _talk(
    plain: socket.socket, respond: Answer, tls: ssl.SSLContext | None, server: Server
) -> None:
    plain.settimeout(5)
    with (
        contextlib.suppress(OSError),
        plain,
        tls.wrap_socket(plain, server_side=True) if tls else plain as peer,
    ):
        while head := _request(peer):
            line = head.partition("\r\n")[0]
            server.heads.append(head)
            server.asked.append(line)
            peer.sendall(respond(line, peer))


def _request(peer: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(65536)
        if not piece:
            return ""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    text = head.decode("latin-1")
    lines = text.split("\r\n")
    length = next((int(one[15:]) for one in lines if one.lower().startswith("content-length:")), 0)
    while len(body) < length:
        body += peer.recv(65536)
    return text


@dataclass
class Authority:
    """A certificate authority of our own, made for one test run."""

    folder: Path

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        certificate = self._certificate(self._name, self._key.public_key(), None, days=(-10, 10))
        self.ca_file = self.folder / "ca.pem"
        self.ca_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, host: str = "127.0.0.1", days: tuple[int, int] = (-1, 1)) -> ssl.SSLContext:
        """A server's TLS for a host, valid between two days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._certificate(name, key.public_key(), host, days)
        path = self.folder / f"{abs(hash((host, days)))}.pem"
        path.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _certificate(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey,
        host: str | None,
        days: tuple[int, int],
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        begin, end = (now + datetime.timedelta(days=one) for one in days)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host is not None:
            try:
                san: x509.GeneralName = x509.IPAddress(ip_address(host))
            except ValueError:
                san = x509.DNSName(host)
            builder = builder.add_extension(x509.SubjectAlternativeName([san]), critical=False)
        return builder.sign(self._key, hashes.SHA256())


@contextmanager
def authority() -> Iterator[Authority]:
    """An authority whose files live as long as the block."""
    with tempfile.TemporaryDirectory() as folder:
        yield Authority(Path(folder))
