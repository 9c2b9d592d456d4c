"""The scripts of the admin's theme carry the page's nonce, as ours do: without it nothing may run.

Its templates know of none. It is written into their source, where nothing that anybody has typed is yet.
"""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import app_directories

_SCRIPT = re.compile(r"<script(?=[\s>])(?![^>]*\bnonce=)")
_MEDIA = re.compile(r"{{ *((?:form\.)?media(?:\.js)?) *}}")


class Loader(app_directories.Loader):
    """Of the templates that packages bring with them."""

    def get_contents(self, origin: Origin) -> str:
        source = _SCRIPT.sub('<script nonce="{{ request.csp_nonce }}"', super().get_contents(origin))
        return _MEDIA.sub(r"{{ \1|with_nonce:request.csp_nonce }}", source)
