"""What axe-core says of the editors' forms in the dark: each field has a name, and each word can be read."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import sign_in
from tests.browser.windows import on_a_desktop

pytestmark = pytest.mark.browser

RULES = ["aria-input-field-name", "color-contrast", "label", "landmark-one-main"]


@on_a_desktop
def test_the_forms_of_the_admin_can_be_heard_and_read_in_the_dark(page, newsroom):
    page.emulate_media(color_scheme="dark")
    sign_in(page, newsroom, "ruth")

    for address in ("article/1/change", "citation/add", "citation/1/change", "source/1/change"):
        page.goto(f"/admin/stories/{address}/")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        told = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        assert (address, told) == (address, [])
