"""Configuration of the application and of its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"


class NewsroomAdminConfig(AdminConfig):
    default_site = "stories.admin.site.NewsroomAdminSite"
