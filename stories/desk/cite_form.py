"""What is asked of somebody who cites a passage: the words and their page, then the story and what rests on them."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models import Article, Claim
from stories.models.as_seen import LineFormField, LinesFormField
from stories.text.judge import Passage
from stories.text.same_address import normalise_address
from stories.text.told import is_key
from stories.watching.explain import say
from stories.watching.trial import refuse_address
from stories.web.guard import AddressRefused

LONGEST_PASSAGE = 10_000
#: Of the words around a passage, the nearest tell it from another.
LONGEST_CONTEXT = 200
NEW, LATER = "new", "later"


class PassageForm(forms.Form):
    # Named as in a selector of the W3C: the bookmark brings them under these names.
    exact = forms.CharField(
        label=_("Passage"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Which words are cited? Paste them here.")},
    )
    address = forms.CharField(
        label=_("Address of the page"),
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": _("Where do these words stand? Paste the address of the page.")},
    )
    title = LineFormField(label=_("Name of the page"), max_length=300, required=False)
    prefix = forms.CharField(label=_("Words before"), required=False, strip=False)  # type: ignore[assignment]
    suffix = forms.CharField(label=_("Words after"), required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_exact(self) -> str:
        exact: str = self.cleaned_data["exact"]
        if len(exact) > LONGEST_PASSAGE:
            raise forms.ValidationError(
                gettext(
                    "This is a passage of %(count)s characters; no more than %(most)s can be cited at once. "
                    "Cite the sentences that the claim rests on."
                )
                % {
                    "count": number_format(len(exact), force_grouping=True),
                    "most": number_format(LONGEST_PASSAGE, force_grouping=True),
                }
            )
        return exact

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if "://" not in address:
            address = f"https://{address}"
        try:
            refuse_address(address)
        except AddressRefused as refusal:
            raise forms.ValidationError(say(refusal.message)) from refusal
        return normalise_address(address)

    def clean_prefix(self) -> str:
        return str(self.cleaned_data["prefix"])[-LONGEST_CONTEXT:]

    def clean_suffix(self) -> str:
        return str(self.cleaned_data["suffix"])[:LONGEST_CONTEXT]

    @property
    def passage(self) -> Passage:
        said = self.cleaned_data
        return Passage(said["exact"], prefix=said["prefix"], suffix=said["suffix"])

    @property
    def mark(self) -> str:
        """Of what was looked for, and where: a look counts for no other words."""
        said = self.cleaned_data
        return hashlib.sha256(f"{said['address']}\n{said['exact']}".encode()).hexdigest()[:16]


class PlaceForm(forms.Form):
    """`articles` are those in which the person may cite."""

    article = forms.ModelChoiceField(
        queryset=Article.objects.none(),
        label=_("Story"),
        empty_label=_("Choose a story"),
        error_messages={"required": _("In which story is it cited?")},
    )
    claim = forms.CharField(required=False)
    new_claim = LinesFormField(
        label=_("A claim in your words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, articles: QuerySet[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        field: Any = self.fields["article"]
        field.queryset = articles

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        article, chosen, words = said.get("article"), said.get("claim", ""), said.get("new_claim", "")
        is_known = article and is_key(chosen)
        claim = Claim.objects.filter(article=article, pk=int(chosen)).first() if is_known else None
        said["claim"] = claim
        if claim or chosen == LATER:
            said["new_claim"] = ""
        elif article:
            self._need_words(chosen, words)
        return said

    def _need_words(self, chosen: str, words: str) -> None:
        if chosen == NEW and not words:
            self.add_error("new_claim", _("What does the story say that rests on this passage?"))
        elif chosen not in (NEW, LATER):
            self.add_error("claim", _("Choose the claim that rests on this passage, or write one."))
