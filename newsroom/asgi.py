"""The door for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

from newsroom.lock_patience import wait_for_locks_like_a_reader
from newsroom.text_request import TextASGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
application.request_class = TextASGIRequest
wait_for_locks_like_a_reader()
