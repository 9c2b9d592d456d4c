"""What is said of the work, and how."""

from environs import validate

from newsroom.logs import is_news, without_traces_of_others
from newsroom.settings.environment import env

LOG_LEVEL = env.str(
    "LOG_LEVEL", "WARNING", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
)
LOG_FORMAT = env.str(
    "LOG_FORMAT",
    "plain",
    validate=validate.OneOf(["plain", "json"], error="LOG_FORMAT is plain or json"),
)
_FORMATTERS = {"plain": "newsroom.logs.ForPeople", "json": "newsroom.logs.ForMachines"}
# At their lowest level these tell whole statements, letters and messages, and with them drafts and the secrets of
# endpoints.
_TALKATIVE = (
    *("django.db.backends", "django.template", "urllib3", "apprise", "aiosmtplib", "PIL"),
    *("celery", "kombu", "amqp"),
)
# These say of each task that it is asked for, came and went: what came of it is told by whoever did it.
_AT_EACH_TASK = ("celery.beat", "celery.worker.strategy", "celery.app.trace")
_NEXT_HIGHER = {"DEBUG": "INFO", "INFO": "WARNING"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": _FORMATTERS[LOG_FORMAT]}},
    "filters": {
        "news": {"()": lambda: is_news},
        "without_traces_of_others": {"()": lambda: without_traces_of_others},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_traces_of_others"],
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        **{name: {"level": "INFO" if LOG_LEVEL == "DEBUG" else LOG_LEVEL} for name in _TALKATIVE},
        **{name: {"level": _NEXT_HIGHER.get(LOG_LEVEL, LOG_LEVEL)} for name in _AT_EACH_TASK},
        "django.request": {"filters": ["news"]},
    },
}
