"""A process that does what takes a processor long, so that whoever else asks the service need not wait for it.

It reads names and lays out maps, one thing after another, and is killed where one takes too long. It runs as
`python -m kg.serve.maker`, and ends when its input does or its work has a fault; each message is its length in eight
bytes and then a pickle.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Callable, Mapping
from typing import Any

from kg.serve.atlas import read_atlas
from kg.serve.parts import build_part
from kg.serve.pool import QueryFailed
from kg.serve.promises import read_promises

_WORK: Mapping[str, Callable[..., Any]] = {"atlas": read_atlas, "part": build_part, "promises": read_promises}


class Maker:
    """Gives work to the process, which is started when there is some."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def make(self, work: str, *given: object, seconds: float) -> Any:
        """Return what one of the works gives; raises `QueryFailed` where it takes too long or cannot be done."""
        async with self._turn:
            return await self._do(pickle.dumps((work, given)), seconds)

    async def stop(self) -> None:
        """End the process."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._process = None

    async def _do(self, message: bytes, seconds: float) -> Any:
        done = False
        try:
            async with asyncio.timeout(seconds):
                process = await self._start()
                assert process.stdin and process.stdout
                process.stdin.write(len(message).to_bytes(8, "big") + message)
                await process.stdin.drain()
                size = int.from_bytes(await process.stdout.readexactly(8), "big")
                made = pickle.loads(await process.stdout.readexactly(size))
            done = True
        except TimeoutError:
            raise QueryFailed(504, f"that took longer than {seconds:g} s") from None
        except (OSError, asyncio.IncompleteReadError):
            raise QueryFailed(503, "the explorer had to begin anew; try again in a moment") from None
        finally:
            # Also where the client left: what is half done would be taken for the next one's answer.
            if not done:
                await self.stop()
        return made

    async def _start(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                __name__,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process


def main() -> None:
    """Do what is asked for until the input ends."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(8)) == 8:
        work, given = pickle.loads(source.read(int.from_bytes(head, "big")))
        reply = pickle.dumps(_WORK[work](*given), protocol=pickle.HIGHEST_PROTOCOL)
        target.write(len(reply).to_bytes(8, "big") + reply)
        target.flush()


if __name__ == "__main__":
    main()
