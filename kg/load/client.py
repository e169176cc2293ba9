"""HTTP to a store: one request at a time, answered, retried, or explained."""

from __future__ import annotations

import http.client
import re
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.load.auth import Challenge, Login, read_challenge, write_digest, write_plain
from kg.load.errors import LoadError

_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_FAULTS = (OSError, http.client.HTTPException)
_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)
_HINTS = {
    400: "the server does not understand the data or the request",
    401: "check --user, --auth and the password in KG_PASSWORD",
    403: "the account may not write here",
    404: "nothing is at that address; check --to and --kind",
    405: "the server is read-only, or --kind is not what it is",
    413: "the server takes no body of that size; try a smaller --piece",
    415: "the server does not take this form of RDF; check --kind",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an answer, and how often to try again after a fault, doubling the first pause (seconds)."""

    timeout: float = 120
    tries: int = 5
    pause: float = 0.5


class Client:
    """Sends requests to one server as one user; keeps a digest challenge, since each answer may renew it."""

    def __init__(self, login: Login, patience: Patience = Patience(), warn: Callable[[str], None] = lambda _: None):
        self._login = login
        self._patience = patience
        self._warn = warn
        self._challenge: Challenge | None = None
        self._used = 0

    def send(self, method: str, url: str, body: bytes = b"", media: str = "", accept: str = "*/*") -> bytes:
        """Return the body of a good answer.

        A fault of the network or a passing one of the server is tried again: what is sent must bear being sent twice.
        Raises `LoadError` for a refusal, and when patience ends.
        """
        headers = {"Accept": accept, "User-Agent": "kg"}
        if media:
            headers["Content-Type"] = media
        reason = ""
        for turn in range(self._patience.tries):
            wait = self._patience.pause * 2 ** (turn - 1) if turn else 0.0
            if turn:
                self._warn(f"{_where(url)}: {reason}; trying again in {wait:g} s")
                time.sleep(wait)
            try:
                status, words, answer = self._send_known(method, url, body, headers)
            except _FAULTS as error:
                reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                if isinstance(error, ssl.SSLCertVerificationError):
                    break
                continue
            if 200 <= status < 300:
                return answer
            reason = f"answers {status} {words}"
            said = _plain(answer)
            if status not in _RETRIED or (status == 500 and said and turn):
                hint = _HINTS.get(status, "")
                raise LoadError("; ".join(filter(None, (f"{_where(url)}: {method} {reason}", hint, said))))
        raise LoadError(f"{_where(url)}: {method} failed {self._patience.tries} times; the last time: {reason}")

    def _send_known(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Send a request with proof of who sends it; a digest challenge is asked for before a body is sent."""
        if self._login.scheme == "digest" and self._challenge is None:
            self._ask_challenge(url)
        for _ in range(2):
            proof = self._prove(method, url)
            status, words, answer, asked = _exchange(
                method, url, body, {**headers, **({"Authorization": proof} if proof else {})}, self._patience.timeout
            )
            challenge = read_challenge(asked) if status == 401 and self._login.scheme == "digest" else None
            if challenge is None or (self._challenge and challenge.nonce == self._challenge.nonce):
                break
            self._challenge, self._used = challenge, 0
        return status, words, answer

    def _ask_challenge(self, url: str) -> None:
        status, _, _, asked = _exchange("GET", url, b"", {"Accept": "*/*"}, self._patience.timeout)
        self._challenge = read_challenge(asked)
        self._used = 0
        if status == 401 and self._challenge is None:
            raise LoadError(
                f"{_where(url)}: the server asks for {asked[0].split()[0] if asked else 'no known scheme'}"
                ", not digest; try --auth basic"
            )

    def _prove(self, method: str, url: str) -> str | None:
        if self._login.scheme != "digest" or self._challenge is None:
            return write_plain(self._login)
        self._used += 1
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return write_digest(self._login, self._challenge, method, path, self._used)


def _exchange(
    method: str, url: str, body: bytes, headers: dict[str, str], timeout: float
) -> tuple[int, str, bytes, list[str]]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    # A new connection each: a store may drop an idle one between two large graphs.
    connection = (
        http.client.HTTPSConnection(host, parts.port, timeout=timeout)
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=timeout)
    )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        # A server that refuses may stop reading; what it said is still there to be read.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, path, body or None, {**headers, "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.reason, answer.read(), answer.headers.get_all("WWW-Authenticate") or []
    finally:
        connection.close()


def _where(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _plain(answer: bytes) -> str:
    """Return what a server says in an error, on one line and without markup.

    >>> _plain(b"<html><body><h1>Error</h1>\\n<p>no such graph</p></body></html>")
    'Error no such graph'
    """
    return " ".join(_MARKUP.sub(" ", answer[:4000].decode("utf-8", "replace")).split())[:300]
