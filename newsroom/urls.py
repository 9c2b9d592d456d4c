"""The project's addresses: the admin, and everything of `stories`."""

from django.urls import include, path

from stories.admin.site import site

urlpatterns = [
    path("admin/", site.urls),
    path("", include("stories.urls")),
]

handler500 = "stories.reader.trouble.went_wrong"
