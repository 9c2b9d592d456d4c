"""Every setting of the installation, read once from the environment (or an `.env` file beside manage.py).

One module has one idea. A setting that cannot be used stops the start with its name and what it may be.
docs/SETTINGS.md lists them.
"""

from newsroom.settings.application import *
from newsroom.settings.auditing import *
from newsroom.settings.caches import *
from newsroom.settings.database import *
from newsroom.settings.environment import *
from newsroom.settings.logs import *
from newsroom.settings.looks import *
from newsroom.settings.mail import *
from newsroom.settings.people import *
from newsroom.settings.probes import *
from newsroom.settings.production import *
from newsroom.settings.protection import *
from newsroom.settings.queues import *
from newsroom.settings.record import *
from newsroom.settings.single_sign_on import *
from newsroom.settings.site import *
from newsroom.settings.watching import *
