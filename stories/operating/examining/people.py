"""The people: is anybody there who may publish and approve, and is what they may do guarded well?"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Q, QuerySet

from stories.accounts.factors import people_locked_out
from stories.auditing.whereabouts import is_a_proxy_of_ours
from stories.models import AuditEntry, User
from stories.models.user import CHIEFS
from stories.operating.examining.installation import is_public
from stories.operating.finding import Finding, warning, well, wrong

#: So many acts in a row from one address are no chance.
_MANY = 20


def examine_people() -> Iterator[Finding]:
    chiefs = User.objects.filter(Q(groups__name=CHIEFS) | Q(is_superuser=True), is_active=True).distinct()
    if not chiefs.exists():
        yield warning(
            "people",
            "Nobody can make accounts or approve a retraction.",
            "manage.py createsuperuser, who makes the accounts of the chiefs",
        )
    else:
        yield from _examine_second_factor(chiefs)
    yield from _examine_whence()
    yield from _examine_sessions()
    if is_public() and (Path(settings.DATA_DIR) / "example-logins.txt").exists():
        yield warning(
            "people",
            "The example’s accounts are here, and this newsroom is public.",
            "Start with an empty DATA_DIR and an empty database, or delete these accounts and example-logins.txt.",
        )


def _examine_whence() -> Iterator[Finding]:
    """Behind a proxy that is not trusted, all come from where it stands."""
    if not settings.TRUSTED_PROXIES:
        return
    last = AuditEntry.objects.exclude(address="").exclude(person=None)
    newest = list(last.order_by("-at").values_list("address", "person")[:_MANY])
    addresses, people = ({each[place] for each in newest} for place in (0, 1))
    if len(newest) == _MANY and len(people) > 1 and len(addresses) == 1 and ip_address(*addresses).is_private:
        [address] = addresses
        yield warning(
            "proxies",
            f"{len(people)} people’s last {_MANY} acts came from {address} alone: the proxy’s own address, "
            "if they do not share one, so that who guesses at passwords keeps all of them waiting.",
            "Have the proxy set X-Forwarded-For."
            if is_a_proxy_of_ours(str(address))
            else "Add it to TRUSTED_PROXIES, and have the proxy set X-Forwarded-For.",
        )


def _examine_sessions() -> Iterator[Finding]:
    """Where one that is signed by another key is newer than one that is signed by ours, both keys are at work."""
    newest = Session.objects.order_by("-expire_date").values_list("session_data", flat=True)[:_MANY]
    of_ours = [_is_signed_by_us(data) for data in newest]
    if of_ours != sorted(of_ours, reverse=True):
        yield warning(
            "keys",
            "Of those who signed in lately, this process knows some and not others: SECRET_KEY is not the same "
            "everywhere, so that people are signed out from one page to the next.",
            "Give every process on every machine the same SECRET_KEY, and name the other in SECRET_KEY_FALLBACKS, for "
            f"as long as somebody stays signed in ({settings.SESSION_COOKIE_AGE // 3600} hours).",
        )


def _is_signed_by_us(session_data: str) -> bool:
    try:
        TimestampSigner(salt=SessionStore().key_salt).unsign(session_data)
    except BadSignature:
        return False
    return True


def _examine_second_factor(chiefs: QuerySet[User]) -> Iterator[Finding]:
    if not apps.is_installed("allauth.mfa"):
        return
    if locked_out := people_locked_out():
        yield wrong(
            "second factor",
            f"SECRET_KEY is another than when these set theirs up, who cannot sign in: {', '.join(locked_out)}.",
            "Set it back, or name the former one in SECRET_KEY_FALLBACKS. Where it is lost, a chief removes their "
            "second factors in the admin.",
        )
    authenticators = apps.all_models["mfa"]["authenticator"]._base_manager.all()
    without = chiefs.exclude(pk__in=authenticators.values("user"))
    names = sorted(without.values_list("username", flat=True))
    if names:
        said = f"Without a second factor, a password alone opens: {', '.join(names)}."
        yield warning("second factor", said, "Each of them adds one under their account’s security.")
    else:
        yield well("second factor", "Every chief signs in with a second factor.")
