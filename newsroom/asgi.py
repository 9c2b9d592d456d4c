"""The door for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

from newsroom.patience import wait_like_a_reader
from newsroom.text_request import TextASGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
application.request_class = TextASGIRequest
wait_like_a_reader()
