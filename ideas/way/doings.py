"""What can be done with an idea on its way: the words for it, what is asked, and the verb that does it.

Deciding, starting, finishing and closing belong to step 4.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from checks.codes import Role, Status, Verb
from checks.letters import Letter
from checks.words import Words
from ideas.models import Idea
from ideas.models.idea import NotNowError
from ideas.way import forms
from people.models import Member


@dataclass(frozen=True)
class Doing:
    """One thing to do with an idea.

    `name` is what a menu calls it, `says` what comes of it, `button` does it. The message in `letter` may be sent
    afterwards, `next` says what comes then.
    """

    verb: Verb
    name: Promise
    says: Promise
    button: Promise
    form: type[forms.WayForm]
    does: Callable[[Idea, Member, Role, Mapping[str, Any]], None]
    letter: Letter | None = None
    next: Promise | str = ""

    def is_done(self, status: Status, step: int | None) -> bool:
        """Whether an idea that stands so got there by this, so that its message can be sent."""
        match self.verb:
            case Verb.DECLINE:
                return status is Status.NOT_FOLLOWED
            case Verb.PARK:
                return status is Status.PAUSED and step is None
            case Verb.PAUSE:
                return status is Status.PAUSED and step is not None
            case Verb.STOP:
                return status is Status.STOPPED
            case _:
                return False


BUSY = Words(
    "Iemand werkt net aan dat andere idee. Probeer het zo meteen opnieuw.",
    "Somebody is working on that other idea just now. Try again in a moment.",
)


def _merge(idea: Idea, by: Member, role: Role, told: Mapping[str, Any]) -> None:
    """Holds the other idea as well, so that two ideas never go on in each other."""
    into = Idea.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=told["into"].pk).first()
    if into is None:
        raise NotNowError(BUSY)
    idea.merge(by, role, into, told["why"])


DOINGS: Mapping[str, Doing] = {
    doing.verb.value: doing
    for doing in [
        Doing(
            Verb.TAKE_UP,
            _("Take it up"),
            _("Somebody follows the idea, and step 1 begins."),
            _("Take it up"),
            forms.TakeUpForm,
            lambda idea, by, role, told: idea.take_up(by, role, told["follower"]),
        ),
        Doing(
            Verb.DECLINE,
            _("Decline with thanks"),
            _("The idea is not followed up. You get a kind message to copy, and can still reopen it later."),
            _("Decline with thanks"),
            forms.DeclineForm,
            lambda idea, by, role, told: idea.decline(by, role, told["why"], told["revisit_on"]),
            Letter.DECLINE,
            _("The idea stays readable. Does something change? You can reopen it at any time."),
        ),
        Doing(
            Verb.PARK,
            _("Park it"),
            _("The idea waits until a day, without a follower."),
            _("Park it"),
            forms.ParkForm,
            lambda idea, by, role, told: idea.park(by, role, told["revisit_on"], told["why"]),
            Letter.PARK,
            _("The idea waits among the received ones. You can take it up or decline it at any time."),
        ),
        Doing(
            Verb.MOVE_ON,
            _("Go on to a later step"),
            _("What you have not talked about yet can come later as well."),
            _("Go on"),
            forms.MoveOnForm,
            lambda idea, by, role, told: idea.move_on(by, role, told["to"]),
        ),
        Doing(
            Verb.SEND_BACK,
            _("Back to an earlier step"),
            _("Going back is normal. A new round of that step begins, and all that is written stays."),
            _("Go back"),
            forms.SendBackForm,
            lambda idea, by, role, told: idea.send_back(by, role, told["to"], told["why"]),
        ),
        Doing(
            Verb.PAUSE,
            _("Pause"),
            _("The idea waits where it is. You resume it whenever you want."),
            _("Pause this idea"),
            forms.PauseForm,
            lambda idea, by, role, told: idea.pause(by, role, told["why"], told["revisit_on"]),
            Letter.PAUSE,
            _("All stays as it is. Resume it as soon as you can go on."),
        ),
        Doing(
            Verb.RESUME,
            _("Resume"),
            _("The idea goes on where it was."),
            _("Resume this idea"),
            forms.WayForm,
            lambda idea, by, role, told: idea.resume(by, role),
        ),
        Doing(
            Verb.STOP,
            _("Stop"),
            _("The idea ends here. It stays readable, you get a kind message to copy, and can still reopen it later."),
            _("Stop this idea"),
            forms.StopForm,
            lambda idea, by, role, told: idea.stop(by, role, told["why"], told["revisit_on"]),
            Letter.STOP,
            _("The idea stays readable. Does something change? You can reopen it at any time."),
        ),
        Doing(
            Verb.REOPEN,
            _("Reopen"),
            _("The idea begins anew where it ended. All that is written stays."),
            _("Reopen this idea"),
            forms.ReopenForm,
            lambda idea, by, role, told: idea.reopen(by, role, told["why"]),
        ),
        Doing(
            Verb.RENEW,
            _("Renew the collaboration"),
            _("You looked back and go on together. Why stays readable beside the decision."),
            _("Renew"),
            forms.RenewForm,
            lambda idea, by, role, told: idea.renew(by, role, told["why"], told["again"]),
        ),
        Doing(
            Verb.HAND_OVER,
            _("Hand over to a colleague"),
            _("A colleague follows the idea: for good, or together with you until a day."),
            _("Hand over"),
            forms.HandOverForm,
            lambda idea, by, role, told: idea.hand_over(by, role, told["to"], told["until"], told["note"]),
        ),
        Doing(
            Verb.MERGE,
            _("Join with another idea"),
            _("The other idea continues. This one stays readable and refers to it. You can undo this."),
            _("Join them"),
            forms.MergeForm,
            _merge,
        ),
        Doing(
            Verb.UNMERGE,
            _("Take apart again"),
            _("The idea stands on its own again, where it was before."),
            _("Take apart again"),
            forms.UnmergeForm,
            lambda idea, by, role, told: idea.unmerge(by, role, told["why"]),
        ),
    ]
}
