"""Names that Django makes of classes and fields are said in the language that is spoken."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import override

from stories.models import Article, Check

OURS = [
    each for each in apps.get_app_config("stories").get_models() if not each.__name__.startswith("Historical")
]


def test_every_class_and_every_field_has_a_name_that_is_translated():
    fields = [field for each in OURS for field in each._meta.local_concrete_fields if not field.auto_created]

    unsaid = [
        str(named)
        for named in [*(each._meta for each in OURS), *fields]
        if not isinstance(named.verbose_name, Promise)
    ]

    assert unsaid == []


def test_they_are_spanish_where_spanish_is_spoken():
    with override("es"):
        said = (str(Article._meta.verbose_name_plural), str(Check._meta.get_field("started_at").verbose_name))

    assert said == ("artículos", "inicio")


def test_they_are_english_otherwise():
    assert str(Article._meta.verbose_name_plural) == "articles"
    assert Check._meta.get_field("started_at").verbose_name == "started at"
