"""The door for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

from newsroom.lock_patience import wait_for_locks_like_a_reader

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
wait_for_locks_like_a_reader()
