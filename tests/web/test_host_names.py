"""Names as the DNS knows them, and their disguises."""

import pytest

from stories.web.errors import AddressRefused
from stories.web.host_names import canonical_name


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Site.Example", "site.example"),
        ("site.example.", "site.example"),
        ("a-b.c--d.example", "a-b.c--d.example"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("ελλάδα.example", "xn--hxakic4aa.example"),
        ("日本abc.example", "xn--abc-s08fl0d.example"),
        ("コーヒー.jp", "xn--tck2c4fb.jp"),
        ("佐々木.jp", "xn--u6jy55gilq.jp"),
        ("e-コマース.jp", "xn--e--yh4aya8pyg.jp"),
        ("1and1.example", "1and1.example"),
        ("оса.ru", "xn--80a1aj.ru"),
        ("κοινο.gr", "xn--uxabkgc.gr"),
    ],
)
def test_a_name_has_one_spelling(name: str, canonical: str) -> None:
    assert canonical_name(name) == canonical


@pytest.mark.parametrize(
    "name",
    [
        "аpple.example",  # a Cyrillic а before Latin letters
        "gооgle.example",
        "xn--pple-43d.example",
        "micrοsoft.example",  # a Greek omicron
        "аррӏе.com",  # Cyrillic throughout
        "xn--80ak6aa92e.com",
        "ⓔxample.com",
        "ｅｘａｍｐｌｅ.com",
        "ex𝐚mple.com",
        "site。example",
        "κοινο.com",  # Greek throughout
        "ցօօք.com",  # Armenian throughout
        "ɡoogle.com",  # a phonetic ɡ
    ],
)
def test_a_disguise_is_refused(name: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        canonical_name(name)

    assert refused.value.reason == "look_alike"


@pytest.mark.parametrize(
    "name", ["", ".", "a..b", "a b.example", "ex\u200dample.com", "☃\ufffe.example", "xn--\u00fc.de"]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(AddressRefused):
        canonical_name(name)
