"""What `web`, which knows no languages, says of a page that it did not bring, in the language that is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

#: Each stands for itself.
AS_THEY_ARE = (
    _("The page could not be read."),
    _("This address is not one that we read."),
    _("The site’s name could not be looked up."),
    _("The site’s name could not be looked up in time."),
    _("The site could not be reached."),
    _("The site’s server takes no connections at the moment."),
    _("The site’s server hung up before the page was complete."),
    _("A secure connection to the site could not be made."),
    _("The site took too long to answer."),
    _("The page is larger than we are ready to read."),
    _("The page is compressed in a way that we cannot read."),
    _("The site sends us on to an address that we do not follow."),
    _("The site’s robots.txt asks machines like ours not to read this page."),
    _("The site’s robots.txt could not be read, so the page was left alone."),
    _("The site’s server gave an answer that breaks the rules of the web."),
    _("The page broke off before its end."),
    _("The site’s certificate is not valid yet."),
    _("The site’s certificate has expired."),
    _("The site’s certificate is signed by nobody but the site itself."),
    _("The site’s certificate is signed by an authority that nobody vouches for."),
    _(
        "The site’s certificate is signed by an authority that we do not know, or the site’s server leaves out the "
        "certificates in between."
    ),
    _("The site’s certificate is made out to another site."),
    _("The site’s certificate cannot be trusted."),
    _("The site’s server does not speak TLS at this address."),
    _("The site’s server only knows ways of securing a connection that are no longer safe."),
    _("The site’s server does not know the site by this name."),
    _("The site’s server hung up without an answer."),
    _("No way leads to the site’s server at the moment."),
    _("The site’s server sends more headers than we read."),
    _("The site’s server sends headers with forbidden characters."),
    _("The site’s server states the page’s length in two ways."),
    _("The site’s server sends more than any page needs."),
    _("The page is compressed several times over."),
    _("The page is not compressed in the way its server says."),
    _("The page broke off in the middle of its compressed text."),
    _("The site sends us round in a circle."),
    _("The site sends us from a secure address to an insecure one."),
    _("The site sends us on to something that is no address."),
    _("This is not the complete address of a web page."),
    _("The site’s server says that nothing changed since a copy that we did not mention."),
    _("The site’s server sends the page in a form that we do not ask for."),
    _("The page is compressed in more parts than any honest page."),
    _("The address is too long."),
    _("The address has a backslash in it."),
    _("The address has a space or an invisible character in it."),
    _("The address has a user name in it."),
    _("The address has no proper name of a site in it."),
    _("The address spells a number in an unusual way."),
    _("The address spells a number where the name of a site should be."),
    _("The address names a network interface of the reader’s own machine."),
    _("The address can be read in two ways."),
    _("The name of the site is longer than a name can be."),
    _("The name of the site is written in letters that pass for others."),
)
#: Kept with checks from before these were said otherwise.
SAID_BEFORE = (_("The site’s certificate is signed by an authority that we do not know."),)
#: Each has what it speaks of in the place of its names; a `sentence` is another of these.
WITH_VALUES = (
    _("The site did not answer within %(number)s seconds."),
    _("The site sends us on more than %(number)s times."),
    _("The site sends us on to where we do not follow. %(sentence)s"),
    _("The page is larger than %(number)s bytes."),
    _("Unpacked, the page is larger than %(number)s bytes."),
    _("The page is compressed in a way that we do not know (%(name)s)."),
    _("The site’s server gave the status %(number)s, which answers nothing."),
    _("The site’s server sends two different headers “%(name)s”."),
    _("The site’s server failed to say what machines may read (%(number)s), so the page was left alone."),
    _("There is no site named %(name)s: its name leads nowhere."),
    _("The name %(name)s could not be looked up."),
    _("The name %(name)s has no address."),
    _("The name %(name)s leads to something that is no address."),
    _("%(name)s leads to %(address)s, which is not on the public internet (%(kind)s)."),
    _("%(name)s is a name inside a network, not on the public internet."),
    _("%(name)s is not an address that was checked."),
    _("%(name)s is not a name that was checked."),
    _("The name of the site (%(name)s) is written in letters that pass for others."),
    _("Port %(number)s is not one at which we read pages."),
    _("%(number)s is not a port at which we read pages."),
    _("Only http and https addresses are read, not %(name)s."),
)
#: Kinds of addresses (`kind`); the others are names that are the same everywhere.
KINDS = (
    _("this network"),
    _("private"),
    _("shared by a carrier’s customers"),
    _("loopback"),
    _("cloud metadata"),
    _("link-local"),
    _("link-local or cloud metadata"),
    _("unique local or cloud metadata"),
    _("reserved for protocols"),
    _("reserved for AS112"),
    _("reserved for multicast tunnels"),
    _("reserved or broadcast"),
    _("reserved"),
    _("documentation"),
    _("benchmarking"),
    _("multicast"),
    _("unspecified"),
    _("discarded"),
)
_TRANSLATED = frozenset({"sentence", "kind"})
_VALUE = re.compile(r"%\\\((\w+)\\\)s")


def said_with_values(sentence: str, patterns: Iterable[str]) -> str:
    """The sentence as the first of the patterns that it is of has it in the language; empty if it is of none."""
    for pattern in patterns:
        if told := _reader(pattern).fullmatch(sentence):
            values = told.groupdict()
            for name in _TRANSLATED & values.keys():
                values[name] = said_with_values(values[name], WITH_VALUES) or gettext(values[name])
            return gettext(pattern) % values
    return ""


@cache
def _reader(pattern: str) -> re.Pattern[str]:
    return re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(pattern)), re.DOTALL)
