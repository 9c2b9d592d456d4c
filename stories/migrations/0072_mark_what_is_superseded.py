"""Old code that goes on meanwhile marks nothing: what it leaves unmarked is looked at, as all of it was before."""

from django.db import migrations
from django.db.models import Exists, OuterRef

from stories.models.migrating import UpdateInBatches


def mark(verdicts):
    everything = verdicts.model._base_manager.using(verdicts.db)
    later = everything.filter(citation=OuterRef("citation"), is_confirmed=True, pk__gt=OuterRef("pk"))
    superseded = verdicts.filter(Exists(later), is_confirmed=True, is_superseded=False)
    superseded.update(is_superseded=True)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0071_verdicts_superseded"),
    ]

    operations = [UpdateInBatches("verdict", mark)]
