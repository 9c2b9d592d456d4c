"""An editor at the real web server: signs in, saves a story, publishes it; keeps what the server said yes to."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

import lxml.html

#: What somebody sees whose server went away in the middle.
WENT_AWAY = (OSError, HTTPException)
PATIENCE_SECONDS = 60
SIGN_IN = "/account/login/"


class NotSavedError(Exception):
    """The server answered, and did not do it."""


class Browser:
    """Cookies, and the forms of a page as they stand."""

    def __init__(self, home: str) -> None:
        self.home = home
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> lxml.html.HtmlElement:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.home, path)))

    def send(self, page: lxml.html.HtmlElement, button: str, **typed: str) -> lxml.html.HtmlElement:
        """The form with the typed fields, as it stands but for these, and what it is answered with."""
        form = next((form for form in page.forms if typed.keys() <= _names(form)), None)
        if form is None:
            raise NotSavedError(f"{page.base_url} has no form with {', '.join(typed)}")
        values = [(name, value) for name, value in form.form_values() if name not in typed]
        values += [*typed.items(), *([(button, "1")] if button else [])]
        target = urllib.parse.urljoin(page.base_url, form.action or page.base_url)
        data = urllib.parse.urlencode(values).encode()
        return self._open(urllib.request.Request(target, data=data, headers={"Referer": page.base_url}))

    def _open(self, request: urllib.request.Request) -> lxml.html.HtmlElement:
        try:
            with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                body, url = answer.read(), answer.url
        except urllib.error.HTTPError as error:
            raise NotSavedError(f"{request.full_url} answered with status {error.code}") from error
        return lxml.html.document_fromstring(body, base_url=url)

    def sign_in(self, name: str, password: str) -> None:
        answer = self.send(self.get(SIGN_IN), "", login=name, password=password)
        if SIGN_IN in answer.base_url:
            raise NotSavedError(f"{answer.base_url}: {' '.join(answer.text_content().split())[:500]}")


def _names(form: lxml.html.HtmlElement) -> set[str]:
    return {element.get("name", "") for element in form.iter("input", "button", "textarea", "select")}


class Editor:
    """Each save and each note has a number of its own, by which it is found again."""

    def __init__(self, home: str, name: str, password: str, article_id: int) -> None:
        self.browser = Browser(home)
        self.name, self.password, self.article_id = name, password, article_id
        self.is_signed_in = False
        self.saved: list[str] = []
        self.published: list[str] = []
        self.tried: list[str] = []
        self.refused: list[str] = []

    def work(self, number: int) -> None:
        """Save and publish once; where the server goes away, what it did not say yes to is not counted on."""
        try:
            if not self.is_signed_in:
                self.browser.sign_in(self.name, self.password)
                self.is_signed_in = True
            mark = f"{self.name}-{number}"
            self.save(f"The harbour board met. Minutes: {mark}-body.")
            self.publish(f"This story now has the minutes {mark}-note.")
        except NotSavedError as error:
            self.refused.append(str(error))
            # A session ends, such as by a clock that is years ahead.
            self.is_signed_in = SIGN_IN not in str(error)
        except WENT_AWAY:
            return

    def save(self, body: str) -> None:
        page = self.browser.get(f"/admin/stories/article/{self.article_id}/change/")
        self.tried.append(body)
        answer = self.browser.send(page, "_continue", body=body)
        trouble = answer.xpath("//*[contains(@class, 'errorlist') or contains(@class, 'errornote')]")
        if trouble or SIGN_IN in answer.base_url:
            raise NotSavedError(f"{answer.base_url}: {answer.text_content()[:500]}")
        self.saved.append(body)

    def publish(self, note: str) -> None:
        page = self.browser.get(f"/admin/stories/article/{self.article_id}/publish/")
        self.tried.append(note)
        answer = self.browser.send(page, "_publish", kind="update", note=note)
        if "/changes/" not in answer.base_url:
            raise NotSavedError(f"{answer.base_url}: {' '.join(answer.text_content().split())[:500]}")
        self.published.append(note)
