"""A web server on loopback that says exactly what a test tells it to say, sound or hostile."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import NamedTuple, Self


class Asked(NamedTuple):
    """One request: its path, its header as it came, and what it sent."""

    path: str
    head: str
    body: bytes = b""


Speak = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
Says = bytes | Callable[[Asked], bytes] | Speak


def page(body: str | bytes, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; ``content_type="text/plain"`` is a header."""
    data = body.encode() if isinstance(body, str) else body
    named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
    named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + data


def moved(place: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return page("", status, location=place)


def story(number: int) -> str:
    """An invented report as a page."""
    return (
        f"<html><head><title>Bomb at mill {number} kills {number % 9 + 1}</title></head><body><article>"
        f"<h1>Bomb at mill {number} kills {number % 9 + 1}</h1><p>A bomb killed {number % 9 + 1} people at mill "
        f"{number} in Kenema, Sierra Leone, on {number % 28 + 1} March 2025, the district hospital said.</p>"
        "<p>Police accused the Northern Column. The Northern Column denied responsibility.</p></article></body></html>"
    )


class Server:
    """Serves ``says`` by path; what has no path there is said by ``otherwise``. Use it as a context manager."""

    def __init__(self, says: dict[str, Says] | None = None, otherwise: Says | None = None) -> None:
        self.says: dict[str, Says] = {"/robots.txt": page("", "404 Not Found"), **(says or {})}
        self.otherwise: Says = otherwise or page("", "404 Not Found")
        self.asked: list[Asked] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self.port = 0

    @property
    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(asked.path for asked in self.asked)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = head.lower().partition("content-length:")[2].partition("\r")[0].strip()
                body = await reader.readexactly(int(length)) if length else b""
                asked = Asked(head.split(" ", 2)[1], head, body)
                self.asked.append(asked)
                said = self.says.get(asked.path, self.otherwise)
                if callable(said):
                    answer = (
                        said(asked) if not asyncio.iscoroutinefunction(said) else await said(asked, writer)
                    )
                else:
                    answer = said
                if not isinstance(answer, bytes):
                    break
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            pass
        finally:
            writer.transport.abort() if writer.is_closing() else writer.close()
