"""Who one is to a server: basic, digest (RFC 7616) and bearer authentication as the value of one header."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Scheme = Literal["none", "basic", "digest", "bearer"]

_PARAMETER = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_HASHES: Mapping[str, Callable[[bytes], Any]] = MappingProxyType({"MD5": hashlib.md5, "SHA-256": hashlib.sha256})


@dataclass(frozen=True, slots=True)
class Login:
    """How to prove who one is; `secret` is the password, or the token of bearer, and never shown."""

    scheme: Scheme = "none"
    user: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a server asks for in digest authentication."""

    realm: str
    nonce: str
    algorithm: str
    opaque: str
    quality: bool


def read_challenge(headers: Sequence[str]) -> Challenge | None:
    """Return the best digest challenge among the `WWW-Authenticate` headers of an answer, if there is one.

    >>> read_challenge(['Digest realm="SPARQL", nonce="af3", qop="auth", algorithm=MD5']).realm
    'SPARQL'
    """
    found = []
    for header in headers:
        kind, _, rest = header.strip().partition(" ")
        if kind.lower() != "digest":
            continue
        given = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(rest)}
        algorithm = given.get("algorithm", "MD5").upper()
        if algorithm in _HASHES and "nonce" in given:
            quality = "auth" in re.split(r"[\s,]+", given.get("qop", ""))
            found.append(Challenge(given.get("realm", ""), given["nonce"], algorithm, given.get("opaque", ""), quality))
    return max(found, key=lambda challenge: challenge.algorithm, default=None)


def write_plain(login: Login) -> str | None:
    """Return the `Authorization` header of the schemes that need no challenge.

    >>> write_plain(Login("basic", "dba", "dba"))
    'Basic ZGJhOmRiYQ=='
    """
    if login.scheme == "basic":
        return "Basic " + base64.b64encode(f"{login.user}:{login.secret}".encode()).decode()
    return f"Bearer {login.secret}" if login.scheme == "bearer" else None


def write_digest(login: Login, challenge: Challenge, method: str, path: str, count: int, own: str | None = None) -> str:
    """Return the `Authorization` header that answers a digest challenge; `count` is how often its nonce was used.

    `own` is the client's nonce, by default a new one. The example is that of RFC 7616, section 3.9.1.

    >>> challenge = Challenge("http-auth@example.org", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "MD5", "", True)
    >>> own = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    >>> header = write_digest(Login("digest", "Mufasa", "Circle of Life"), challenge, "GET", "/dir/index.html", 1, own)
    >>> "8ca523f5e9506fed4657c9700eebdbec" in header
    True
    """
    own = own or secrets.token_hex(16)
    used = f"{count:08x}"

    def digest(*parts: str) -> str:
        return str(_HASHES[challenge.algorithm](":".join(parts).encode()).hexdigest())

    person, asked = digest(login.user, challenge.realm, login.secret), digest(method, path)
    middle = (challenge.nonce, used, own, "auth") if challenge.quality else (challenge.nonce,)
    fields = {
        "username": login.user.replace("\\", "\\\\").replace('"', '\\"'),
        "realm": challenge.realm,
        "nonce": challenge.nonce,
        "uri": path,
        "response": digest(person, *middle, asked),
        **({"opaque": challenge.opaque} if challenge.opaque else {}),
        **({"cnonce": own} if challenge.quality else {}),
    }
    bare = f", algorithm={challenge.algorithm}" + (f", qop=auth, nc={used}" if challenge.quality else "")
    return "Digest " + ", ".join(f'{name}="{value}"' for name, value in fields.items()) + bare
