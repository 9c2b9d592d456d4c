"""Lines of a header in which something is hidden."""

from tests.web.misbehaving_server.server import Connection, Request, route


@route("/carriage-return-in-header")
def _carriage_return_in_header(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 200 OK\r\nX-Note: one\rSet-Cookie: two\r\nContent-Length: 2\r\n\r\nok")


@route("/null-in-header")
def _null_in_header(visitor: Connection, _: Request) -> None:
    visitor.send('HTTP/1.1 200 OK\r\nETag: "a\0b"\r\nContent-Length: 2\r\n\r\nok')


@route("/control-in-header")
def _control_in_header(visitor: Connection, _: Request) -> None:
    visitor.send('HTTP/1.1 200 OK\r\nETag: "a\x1b[2Jb"\r\nContent-Length: 2\r\n\r\nok')


@route("/space-in-header-name")
def _space_in_header_name(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 200 OK\r\nX Note: one\r\nContent-Length: 2\r\n\r\nok")


@route("/two-locations")
def _two_locations(visitor: Connection, _: Request) -> None:
    visitor.send("HTTP/1.1 302 Found\r\nLocation: /page\r\nLocation: /empty\r\nContent-Length: 0\r\n\r\n")


@route("/latin-1-header")
def _latin_1_header(visitor: Connection, _: Request) -> None:
    visitor.send(b"HTTP/1.1 200 OK\r\nX-Town: Z\xfcrich\r\nContent-Length: 2\r\n\r\nok")
