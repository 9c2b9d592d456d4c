"""A person of the newsroom, and the roles they may have."""

from django.contrib.auth.models import AbstractUser

CHIEFS = "Chiefs"
EDITORS = "Editors"
REPORTERS = "Reporters"


class User(AbstractUser):
    """An account. Groups say what it may do: reporters use the desk, editors the admin too, chiefs approve.

    An account without any of these roles is a reader's.
    """

    class Meta(AbstractUser.Meta):
        permissions = [("use_desk", "Can use the reporters’ desk")]

    @property
    def name(self) -> str:
        return self.get_full_name() or self.get_username()

    @property
    def can_use_desk(self) -> bool:
        return self.has_perm("stories.use_desk")

    @property
    def can_publish(self) -> bool:
        return self.has_perm("stories.publish_article")

    @property
    def can_approve(self) -> bool:
        return self.has_perm("stories.approve_publication")
