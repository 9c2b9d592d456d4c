"""A link that was mailed: who follows it has the mailbox, so from then on they are known on this browser."""

from typing import Any

from allauth.account.views import PasswordResetFromKeyView
from django.http import HttpResponse

from stories.models import User
from stories.signing_in.devices import remember


class ChoosePasswordView(PasswordResetFromKeyView):
    reset_user: User | None

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.reset_user:
            remember(self.request, response, self.reset_user)
        return response


choose_password = ChoosePasswordView.as_view()
