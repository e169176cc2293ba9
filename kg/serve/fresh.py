"""Conditional requests: who holds the present state of a page or an answer already is told so, and sent nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Fresh:
    """Wraps the application; `state` names what is served, and changes with it.

    What is said depends on the state and on the request alone, so the tag of an answer is known before the answer is.
    Where that does not hold the application says `cache-control: no-store`.
    """

    def __init__(self, app: ASGIApp, state: Callable[[], str]) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = self._write_tag(scope, headers.get("accept", ""))
        if tag.removeprefix("W/") in headers.get("if-none-match", ""):
            await Response(None, 304, {"etag": tag})(scope, receive, send)
            return

        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                out = MutableHeaders(scope=message)
                if out.get("cache-control") != "no-store":
                    out["etag"] = tag
            await send(message)

        await self._app(scope, receive, send_tagged)

    def _write_tag(self, scope: Scope, accept: str) -> str:
        asked = (self._state().encode(), scope["path"].encode(), scope["query_string"], accept.encode())
        # A weak tag: where a query asks for no order, the rows of one state may come in another.
        return f'W/"{hashlib.blake2b(b" ".join(asked), digest_size=12).hexdigest()}"'
