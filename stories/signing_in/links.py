"""A link that was mailed: who follows it has the mailbox, so from then on they are known on this browser."""

from typing import Any

from allauth.account.views import PasswordResetFromKeyView
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpResponse

from stories.accounts.devices import remember
from stories.models import User


class ChoosePasswordView(PasswordResetFromKeyView):
    reset_user: User | None

    def form_valid(self, form: Any) -> HttpResponse:
        """Of two who follow the same link at once, one is told that it works no more; so is who left meanwhile."""
        with transaction.atomic():
            person = User.objects.select_for_update(of=("self",)).get(pk=form.user.pk)
            if not (person.is_active and default_token_generator.check_token(person, self.key)):
                return self.render_to_response(self.get_context_data(token_fail=True))
            response: HttpResponse = super().form_valid(form)
        remember(self.request, response, person)
        return response


choose_password = ChoosePasswordView.as_view()
