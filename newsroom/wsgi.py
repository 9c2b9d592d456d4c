"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.patience import wait_like_a_reader
from newsroom.text_request import TextWSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
application.request_class = TextWSGIRequest
wait_like_a_reader()
