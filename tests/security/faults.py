"""What is wrong with an answer, whoever it is for: what runs, what was taken for markup, what no header forbids."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError

from django.http import HttpResponse

from tests.security.inert import faults_of_feed, faults_of_html, faults_of_json

#: A script of ours that is dragged to the bar of bookmarks, and what it begins with.
OUR_BOOKMARKLET = "<a href=javascript:void%20function%20()%20%7b%22>"


def faults_of(response: HttpResponse, body: str) -> set[str]:
    """What is wrong with an answer, whoever it is for."""
    kind = response.get("Content-Type", "")
    if "sandbox" in response.get("Content-Security-Policy", ""):
        return set()
    try:
        if kind.startswith("text/html"):
            return set(faults_of_html(body)) - {OUR_BOOKMARKLET}
        if "xml" in kind:
            return set(faults_of_feed(body))
        return set(faults_of_json(body)) if "json" in kind else set()
    except ParseError as error:
        return {f"not well-formed: {error}"}


def faults_of_headers(address: str, response: HttpResponse) -> set[str]:
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": ("same-origin", "no-referrer"),
        "X-Frame-Options": ("DENY", "SAMEORIGIN") if "/inert/" in address else "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin"
        if response.headers["Content-Type"] == "image/png"
        else "same-origin",
    }
    wrong = {name for name, value in wanted.items() if response.get(name, "") not in _each(value)}
    policy = response.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or ("unsafe-" in policy and not _may_be_unsafe(address, policy)):
        wrong.add(f"Content-Security-Policy: {policy}")
    if "public" not in response.get("Cache-Control", "") and "no-store" not in response.get(
        "Cache-Control", ""
    ):
        wrong.add("Cache-Control")
    return wrong


def _each(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values


def _may_be_unsafe(address: str, policy: str) -> bool:
    """The admin's theme evaluates; a copy of a page, which runs nothing, has its styles."""
    if "sandbox" in policy:
        return "script-src" not in policy
    return address.startswith("/admin/") and policy.count("unsafe-") == 1 and "'unsafe-eval'" in policy
