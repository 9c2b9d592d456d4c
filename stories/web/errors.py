"""Why nothing was fetched.

FetchError
├── AddressRefused         an address that we do not read
│   └── NameUnresolved     the host name has no address at the moment
├── ConnectionFailed       nobody could be reached
│   ├── ConnectionRefused  the server takes no connections there
│   └── ConnectionReset    the server hung up
├── TLSFailed              the connection cannot be trusted
├── TimedOut               too slow, all in all
├── TooLarge               more than we are ready to read
├── BadEncoding            compressed in a way that cannot be undone
├── BadRedirect            sent on to where we do not follow
├── RobotsRefused          the site asks machines not to read this
├── RobotsUnreachable      nobody can tell whether it does
├── ProtocolBroken         not an answer as HTTP knows it
└── Truncated              the answer stops before its end

Each carries a word for the machine (`reason`), a sentence for the editor (`message`) and whether asking again would
end the same way until somebody changes something (`permanent`). `url` and `status` say how far the fetch came, and
`retry_after` when the server wants to be asked again, as it says so.
A status of the server's choosing, 404 and 304 among them, is a result and no error.
"""


class FetchError(Exception):
    """Nothing was fetched that may be believed."""

    permanent = False
    default_message = "The page could not be read."

    def __init__(self, reason: str, message: str = "", *, permanent: bool | None = None) -> None:
        self.reason = reason
        self.message = message or self.default_message
        if permanent is not None:
            self.permanent = permanent
        self.url = ""
        self.status: int | None = None
        self.retry_after = ""
        super().__init__(reason, self.message)

    def __str__(self) -> str:
        return f"{self.reason}: {self.message}"


class AddressRefused(FetchError):
    permanent = True
    default_message = "This address is not one that we read."


class NameUnresolved(AddressRefused):
    permanent = False
    default_message = "The site’s name could not be looked up."


class ConnectionFailed(FetchError):
    default_message = "The site could not be reached."


class ConnectionRefused(ConnectionFailed):
    default_message = "The site’s server takes no connections at the moment."


class ConnectionReset(ConnectionFailed):
    default_message = "The site’s server hung up before the page was complete."


class TLSFailed(FetchError):
    default_message = "A secure connection to the site could not be made."


class TimedOut(FetchError):
    default_message = "The site took too long to answer."


class TooLarge(FetchError):
    permanent = True
    default_message = "The page is larger than we are ready to read."
    #: What was read of it until the bound.
    beginning = b""


class BadEncoding(FetchError):
    permanent = True
    default_message = "The page is compressed in a way that we cannot read."


class BadRedirect(FetchError):
    permanent = True
    default_message = "The site sends us on to an address that we do not follow."


class RobotsRefused(FetchError):
    permanent = True
    default_message = "The site’s robots.txt asks machines like ours not to read this page."


class RobotsUnreachable(FetchError):
    default_message = "The site’s robots.txt could not be read, so the page was left alone."


class ProtocolBroken(FetchError):
    default_message = "The site’s server gave an answer that breaks the rules of the web."


class Truncated(FetchError):
    default_message = "The page broke off before its end."
