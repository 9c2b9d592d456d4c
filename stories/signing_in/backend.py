"""Who somebody is, by name or by address of mail and password."""

from allauth.account.auth_backends import AuthenticationBackend

from stories.models import User


class NewsroomBackend(AuthenticationBackend):
    """A person comes with their preferences: every page of theirs asks for the zone."""

    def get_user(self, user_id: int) -> User | None:
        found = User.objects.select_related("preferences").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None
