"""Celery: the rows are the truth, so a lost message costs one tick."""

from datetime import time
from typing import Any

from celery.schedules import crontab
from environs import validate
from kombu.entity import Queue
from kombu.utils.url import parse_url

from newsroom.settings.addresses import (
    ESCAPES,
    NUMBER,
    OF_CERTIFICATES,
    RABBITMQ,
    REDIS,
    VERIFIED,
    servers,
    without_certificates,
)
from newsroom.settings.environment import DATA_DIR, env

TICK_SECONDS = env.float("TICK_SECONDS", 15.0, validate=validate.Range(min=1, max=600))
CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL",
    f"embedded+sqlite:///{DATA_DIR / 'broker.sqlite3'}",
    validate=servers(
        rf"{REDIS}|{RABBITMQ}",
        or_else=r"(memory|embedded\+sqlite)://.*",
        between=";",
        asking=rf"heartbeat={NUMBER}|login_method=\w+|credential_provider=[\w.:]+|{OF_CERTIFICATES}",
        verifying="required|optional|none|CERT_REQUIRED|CERT_OPTIONAL|CERT_NONE",
        error=f"CELERY_BROKER_URL is like redis://broker/0; {ESCAPES}",
    ),
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Told to stop at once, a worker still has so long before it gives its work back.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
HAS_EMBEDDED_BROKER = CELERY_BROKER_URL.startswith(("embedded", "memory"))
if not HAS_EMBEDDED_BROKER:
    # A queue for each kind of work, so that none waits behind another; one machine's worker has lanes instead.
    CELERY_TASK_DEFAULT_QUEUE = "upkeep"
    _KINDS = ("publishing", "delivering", "posting", "checking", "upkeep")
    CELERY_TASK_QUEUES = [Queue(name) for name in _KINDS]  # type: ignore[no-untyped-call]
    CELERY_TASK_ROUTES = {
        f"stories.tasks.{task}": {"queue": queue}
        for queue, tasks in {
            "publishing": ("tick", "publish", "sign_record"),
            "delivering": (
                "tell",
                "deliver",
                "gather",
                "deliver_digest",
                "say_what_is_paused",
                "mail_link",
                "mail_link_to",
                "mail_invitation",
                "mail_notice",
            ),
            # To servers that somebody chose, and that may be as slow as they like.
            "posting": ("post", "post_digest", "ping_hub"),
            "checking": ("check_sources",),
        }.items()
        for task in tasks
    }
if CELERY_BROKER_URL.startswith("rediss"):
    # Left in the address, what is said there of certificates would come in the place of all this.
    _asked = parse_url(CELERY_BROKER_URL.partition(";")[0]).get("ssl", {})
    CELERY_BROKER_USE_SSL: dict[str, Any] = {**VERIFIED, **_asked}
    CELERY_BROKER_URL = without_certificates(CELERY_BROKER_URL, between=";")
    # Under its own name Celery would take it from the environment, as it stands there.
    CELERY_BROKER_READ_URL = CELERY_BROKER_WRITE_URL = CELERY_BROKER_URL
elif CELERY_BROKER_URL.startswith("amqps"):
    CELERY_BROKER_USE_SSL = {"server_hostname": None}  # The address's own.
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # A task that is still at work must not be given to a second worker.
        "visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT,
        # What a dead worker held is looked for every ten seconds, and not every hundred.
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 5,
        # A server that is there and says nothing keeps a page waiting for so long, and not for ever.
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }
elif CELERY_BROKER_URL.startswith("amqp"):
    # A message counts as sent when RabbitMQ has it.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "newsroom.schedule:SteadyScheduler"
#: In CELERY_TIMEZONE.
TIDYING_AT = time(3, 40)
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "stories.tasks.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": 4 * TICK_SECONDS},
    },
    # Looks whether a day has gone by since the last one: a newsroom that is closed at night has its export too.
    "export": {"task": "stories.tasks.export_daily", "schedule": 1800.0, "options": {"expires": 1800}},
    # Looks whether it was verified this night; by day only where there was no night.
    "verify": {"task": "stories.tasks.verify_nightly", "schedule": 1800.0, "options": {"expires": 1800}},
    # What the admin's first page tells of a newsroom too large to be counted while somebody waits.
    "figures": {"task": "stories.tasks.count_figures", "schedule": 300.0, "options": {"expires": 300}},
    # What had its time is let go: rows, old looks, old copies. Asked for at each start, too: a newsroom that is closed
    # at night has its tidying by day; where it had it since it was last due, it has none.
    "tidy": {
        "task": "stories.tasks.tidy",
        "schedule": crontab(hour=str(TIDYING_AT.hour), minute=str(TIDYING_AT.minute)),
    },
}
