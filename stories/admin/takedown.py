"""What was taken down, why and by whom, to be looked up; nobody can change it."""

from django.contrib import admin

from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.site import site
from stories.models import Takedown


@admin.register(Takedown, site=site)
class TakedownAdmin(ReadOnlyAdmin):
    list_display = ("version", "taken_down_at", "authority", "in_the_name_of", "actor")
    list_select_related = ("version__article",)
    search_fields = ("version__article__slug", "authority", "in_the_name_of", "reason")
    date_hierarchy = "taken_down_at"
    fields = ("version", "taken_down_at", "authority", "in_the_name_of", "reason", "actor")
