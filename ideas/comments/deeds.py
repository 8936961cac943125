"""What can be done with a comment, and by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ideas.access import Act, Standing
from ideas.comments.places import Place
from ideas.models import Comment, FollowUp
from ideas.steps.lists import LISTS


@dataclass(frozen=True)
class Deed:
    """Something that is done with a comment: what its button says, whose right it is, and when it fits."""

    says: Promise
    act: Act
    fits: Callable[[Comment, Standing], bool]
    does: Callable[[Comment, Place], object]


def _become_a_followup(comment: Comment, place: Place) -> None:
    told = {"text": comment.text, "question": place.question, "step": place.step}
    followup = LISTS["followups"].new_row(comment.idea, **told)
    followup.save()
    comment.become(cast(FollowUp, followup))


def _is_first(comment: Comment) -> bool:
    return comment.reply_to_id is None


def _may_be_taken_back(comment: Comment, standing: Standing) -> bool:
    """By whoever wrote it, as long as nobody replied and nothing came of it."""
    is_own = comment.author_id == standing.member.pk
    return is_own and comment.followup_id is None and not comment.replies.all()


DEEDS: Mapping[str, Deed] = {
    "deal_with": Deed(
        _("Mark as dealt with"),
        Act.COMMENT,
        lambda comment, standing: _is_first(comment) and comment.dealt_with is None,
        lambda comment, place: comment.deal_with(),
    ),
    "open_again": Deed(
        _("Open again"),
        Act.COMMENT,
        lambda comment, standing: _is_first(comment) and comment.dealt_with is not None,
        lambda comment, place: comment.open_again(),
    ),
    "follow_up": Deed(
        _("Make it a follow-up point"),
        Act.CHECK,
        lambda comment, standing: comment.followup_id is None,
        _become_a_followup,
    ),
    "print": Deed(
        _("In the dossier"),
        Act.CHECK,
        lambda comment, standing: not comment.in_dossier,
        lambda comment, place: comment.print_in_dossier(prints=True),
    ),
    "leave_out": Deed(
        _("Not in the dossier"),
        Act.CHECK,
        lambda comment, standing: comment.in_dossier,
        lambda comment, place: comment.print_in_dossier(prints=False),
    ),
    "take_back": Deed(_("Take it back"), Act.COMMENT, _may_be_taken_back, lambda comment, place: comment.delete()),
}


@dataclass(frozen=True)
class Offer:
    """A button under a comment."""

    url: str
    says: Promise


def offers_of(comment: Comment, standing: Standing) -> list[Offer]:
    """What this member may do with a comment, of which the replies are known."""
    return [
        Offer(reverse("ideas:comment", args=[comment.idea_id, comment.pk, name]), deed.says)
        for name, deed in DEEDS.items()
        if standing.may(deed.act) and deed.fits(comment, standing)
    ]
