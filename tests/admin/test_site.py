import subprocess
import sys

from django.contrib.auth.models import Group

from stories.admin.site import site
from stories.admin.user import GroupAdmin
from stories.models import Article

DISCOVERED = """
import sys, django
django.setup()
from django.core.management import call_command
assert "stories.admin" not in sys.modules
call_command("check")
assert "stories.admin" in sys.modules
"""


def test_the_screens_are_there_for_whoever_asks():
    assert site.is_registered(Article)
    assert isinstance(site.get_model_admin(Group), GroupAdmin)


def test_the_system_checks_see_every_screen_though_nothing_asked_for_one_before():
    subprocess.run([sys.executable, "-c", DISCOVERED], check=True, stdout=subprocess.DEVNULL)
