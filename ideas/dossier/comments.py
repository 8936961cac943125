"""What was said about a step, and marked for the dossier."""

from collections.abc import Iterator

from django.utils.translation import gettext

from checks.decision import Settings
from checks.picture import Picture
from ideas.dossier.build import PartOfDossier, row, rows
from ideas.dossier.shapes import Block
from ideas.dossier.wording import line
from ideas.wording import asked, capital, day, say


def comments_on(step: int) -> PartOfDossier:
    """The part with the comments on this step, in the order in which they were made; by role, never by name."""

    def blocks(picture: Picture, settings: Settings) -> Iterator[Block]:
        yield from rows(
            *(
                row(
                    asked(comment.question) if comment.question else gettext("The step as a whole"),
                    line(capital(say(comment.role)) if comment.role else "", comment.text),
                    remark=day(comment.date),
                )
                for comment in picture.comments
                if comment.step == step
            )
        )

    return PartOfDossier(lambda: gettext("Comments"), f"comments-{step}", blocks, named=False)
