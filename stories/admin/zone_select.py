"""Which time zone: a choice of hundreds, as quickly as one of a few."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget


@cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """Every time zone that is a place, and UTC. Which there are is asked of hundreds of files: once."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    return tuple((zone, zone.replace("_", " ")) for zone in zones)


class ZoneSelect(UnfoldAdminSelectWidget):
    """Looks like every other. Two templates for each option would take longer than the rest of the page."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((zone, " selected" if zone in chosen else "", told) for zone, told in self.choices),
        )
        shown = {"name": name, "attributes": flatatt(self.build_attrs(self.attrs, attrs)), "options": options}
        return render_to_string("admin/stories/_zone_select.html", shown)
