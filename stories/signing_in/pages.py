"""The page of one's own ways in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.socialaccount.models import SocialAccount

from stories.signing_in.owing import is_owed


class AccountView(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        joined = SocialAccount.objects.filter(user=self.request.user.pk)
        return {
            **super().get_context_data(**kwargs),
            "owes": is_owed(self.request),
            "is_joined": joined.exists(),
        }


account = AccountView.as_view()
