"""A page of scripts mostly is read like any other, and nothing of it that can be seen is lost."""

import pytest

from stories.text.markup.scripts import without_scripts
from tests.steps import steps_of


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (
            b"<p>1<script>2</script><p>3<SCRIPT src=a>4</SCRIPT>5",
            b"<p>1<script></script><p>3<SCRIPT src=a></SCRIPT>5",
        ),
        (b"<p>1</script>2<p>3", b"<p>1</script>2<p>3"),
        (b"<p>1<script>2", b"<p>1<script>2"),
        (b"<scripted>1</scripted>2</script>", b"<scripted>1</scripted>2</script>"),
        (b"<script 1</script>2", b"<script 1</script>2"),
        (b"<script onload='()=>go()'>1</script>2", b"<script onload='()=>go()'></script>2"),
        (b"<p>1<!-- <script> --><p>2<script>3</script>", b"<p>1<!-- <script> --><p>2<script></script>"),
        (b"<div data-t='<script>'>1<script>2</script>", b"<div data-t='<script>'>1<script></script>"),
        (b"<title>1 <script> 2</title>3<script>4</script>", b"<title>1 <script> 2</title>3<script></script>"),
        (
            b"<svg><script href=a /></svg>1<script>2</script>",
            b"<svg><script href=a /></svg>1<script>2</script>",
        ),
    ],
)
def test_scripts_are_emptied_and_the_rest_is_kept(page, left):
    assert without_scripts(page) == left


@pytest.mark.parametrize(
    "unit", [b"<script ", b"</script", b"<script >", b"<script></script>", b"<!-->", b"< "]
)
def test_scripts_are_emptied_in_linear_work(unit):
    assert steps_of(lambda: without_scripts(unit * 20_000)) < 2_000_000
