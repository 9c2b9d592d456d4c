"""The project: settings, Celery, and the two doors for servers."""

from newsroom.celery import app as celery_app

__all__ = ["celery_app"]
