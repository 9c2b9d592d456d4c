"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.lock_patience import wait_for_locks_like_a_reader

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
wait_for_locks_like_a_reader()
