"""Certificates for servers on loopback, good and bad, made anew with openssl for every run of the tests."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from stories.web.connection import make_tls


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority that only these tests know."""

    folder: Path

    @classmethod
    def create(cls, folder: Path) -> "Authority":
        _openssl(
            folder,
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Authority of the tests"),
        )
        return cls(folder)

    def trusting(self) -> ssl.SSLContext:
        """What a client needs to trust this authority."""
        return make_tls(authorities=str(self.folder / "ca.pem"))

    def issue(self, name: str, *, alternative: str = "", days: int = 2) -> ssl.SSLContext:
        """A server's side for a certificate made out to `alternative`; it has expired if `days` is negative.

        Its subject's common name is `name`.
        """
        extensions = self.folder / f"{name}.ext"
        names = f"subjectAltName={alternative}\n" if alternative else ""
        extensions.write_text(f"{names}basicConstraints=CA:FALSE\n")
        _request(self.folder, name)
        _openssl(
            self.folder,
            *("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
            *("-out", f"{name}.pem", "-days", str(days), "-extfile", extensions.name),
        )
        return _serving(self.folder, name)


def self_signed(folder: Path, *, alternative: str) -> ssl.SSLContext:
    _openssl(
        folder,
        *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-keyout", "own.key", "-out", "own.pem", "-days", "2", "-subj", "/CN=own"),
        *("-addext", f"subjectAltName={alternative}"),
    )
    return _serving(folder, "own")


def _request(folder: Path, name: str) -> None:
    _openssl(
        folder,
        *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}"),
    )


def _serving(folder: Path, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    return context


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
