"""Clients that ask again as soon as they are answered: `python -m benchmarks._load`, told by JSON on stdin.

A process of its own, so that the clock that measures does not share an interpreter with anything else.
"""

import json
import os
import socket
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

SUCCESS = b"200"


class Client:
    """One connection, kept open; each request is written as it stands, since any library would cost more than it."""

    def __init__(self, port: int, asked: dict[str, Any]) -> None:
        self.asked, self.revision = asked, asked.get("revision", 0)
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.took: list[float] = []

    def ask_until(self, end: float) -> None:
        """Ask again and again, and note how long each answer took, in seconds."""
        while (began := time.perf_counter()) < end:
            self.connection.sendall(self._request())
            self._read()
            self.took.append(time.perf_counter() - began)

    def _request(self) -> bytes:
        head = f"HTTP/1.1\r\nHost: localhost\r\nCookie: {self.asked['cookie']}\r\n"
        if "form" not in self.asked:
            return f"GET {self.asked['path']} {head}Accept: text/html\r\n\r\n".encode()
        form = {**self.asked["form"], "value": os.urandom(8).hex(), "revision": self.revision}
        body = urlencode(form)
        self.revision += 1
        return (
            f"POST {self.asked['path']} {head}Accept: application/json\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def _read(self) -> None:
        head, _, body = self._more(b"").partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        assert head.split(b" ", 2)[1] == SUCCESS, (head, body[:300])
        while len(body) < length:
            body += self.connection.recv(1 << 18)

    def _more(self, read: bytes) -> bytes:
        while b"\r\n\r\n" not in read:
            read += self.connection.recv(1 << 18)
        return read


def main() -> None:
    """Run the clients that stdin describes; what each request took goes to stdout, with the last revisions."""
    told = json.load(sys.stdin)
    clients = [Client(told["port"], asked) for asked in told["clients"]]
    end = time.perf_counter() + told["seconds"]
    threads = [threading.Thread(target=client.ask_until, args=(end,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = [one for client in clients for one in client.took]
    json.dump({"took": took, "revisions": [client.revision for client in clients]}, sys.stdout)


if __name__ == "__main__":
    main()
