"""The form in which somebody says something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checks.mentions import named_in
from checks.picture import TEXT_LENGTH
from ideas.access import readers_of
from ideas.forms import NO_CLIENT_NAMES, Text
from ideas.models import Idea
from people.models import Member


class NamesOfMembers(forms.ModelMultipleChoiceField[Member]):
    def label_from_instance(self, member: Member) -> str:
        does = member.function or member.role_words()
        return f"{member.name} ({does})" if does else member.name


class CommentForm(forms.Form):
    """What somebody says, and which colleagues should see it: ticked, or named in the text as @Name."""

    text = Text(
        label=_("What do you want to say?"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_CLIENT_NAMES,
    )
    mentions = NamesOfMembers(
        queryset=Member.objects.none(),
        label=_("Who should see this?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, idea: Idea, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["mentions"].queryset = readers_of(idea).exclude(pk=by.pk)  # type: ignore[attr-defined]

    def mentioned(self) -> list[Member]:
        """The colleagues who are named, each once."""
        ticked, offered = set(self.cleaned_data["mentions"]), list(self.fields["mentions"].queryset)  # type: ignore[attr-defined]
        named = named_in(self.cleaned_data["text"], {member.name for member in offered})
        return [member for member in offered if member in ticked or member.name in named]
