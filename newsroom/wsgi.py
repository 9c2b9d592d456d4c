"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.lock_patience import wait_for_locks_like_a_reader
from newsroom.text_request import TextWSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
application.request_class = TextWSGIRequest
wait_for_locks_like_a_reader()
