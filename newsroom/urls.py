"""The project's addresses: the admin, and everything of `stories`."""

from django.urls import include, path

from stories.admin.site import site

urlpatterns = [
    path("admin/", site.urls),
    path("", include("stories.urls")),
]

handler400 = "stories.reader.trouble.not_taken"
handler500 = "stories.reader.trouble.went_wrong"
