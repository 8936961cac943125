"""The forms for opening a reading, for making slips, and for voting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checks.codes import VotingWay
from checks.words import Words
from ideas.fields import CodeChoice
from ideas.forms import Line, Text
from ideas.models.voting import MOST_SLIPS, Vote
from ideas.steps.temperature import WARMTH

MOST_CHARACTERS = 500


class OpenForm(forms.Form):
    """In which of the two ways the team votes."""

    way = CodeChoice(codes=VotingWay, required=True)


class SlipsForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many slips?"),
        help_text=_("One for each person, and a few to spare. At most %(most)d.") % {"most": MOST_SLIPS},
        min_value=1,
        max_value=MOST_SLIPS,
        error_messages={"min_value": _("One slip at the least.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class SlipCodeForm(forms.Form):
    """The code that stands on a slip, however it is typed."""

    code = Line(
        label=_("The code on your slip"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type the code that stands on your slip.")},
    )


class VoteForm(forms.Form):
    """A value from cold to very warm, and a remark if one likes."""

    value = forms.TypedChoiceField(
        coerce=int,
        choices=[(value, value) for value in range(1, len(WARMTH) + 1)],
        error_messages={"required": _("Choose how warm you are."), "invalid_choice": _("Choose how warm you are.")},
    )
    remark = Text(label=_("Do you want to add something?"), required=False, max_length=MOST_CHARACTERS)
    in_dossier = forms.BooleanField(required=False)

    @property
    def warmth(self) -> list[tuple[int, Words, bool]]:
        """The five values in words, from cold to very warm, and which of them is chosen."""
        chosen = str(self["value"].value() or "")
        return [(value, words, str(value) == chosen) for value, words in enumerate(WARMTH, start=1)]

    @property
    def vote(self) -> Vote:
        told: dict[str, Any] = self.cleaned_data
        remark = " ".join(told["remark"].split())
        return Vote(told["value"], remark, told["in_dossier"])
