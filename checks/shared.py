"""What partners may read of an idea: the shared parts, and nothing else. Source: design.md 6.

What is named here is shared; whatever is recorded beside it (checks, conditions, votes, verdict, decision, amounts,
notes, what is thought of a partner) stays inside, and so does a partner with whom nothing is agreed yet.
"""

from dataclasses import replace

from checks.codes import Origin, PartnerStatus
from checks.picture import (
    Agreement,
    Alignment,
    Bundle,
    Goal,
    OriginOfIdea,
    OwnOrganisation,
    Partner,
    Picture,
    Piece,
)

# What stands in an infofiche that goes from one organisation to another.
TAKEN_OVER = (
    "title", "summary", "own_org", "test", "origin", "themes", "challenge", "evidence", "goals", "approach", "pieces",
    "partners",
)  # fmt: skip
KNOWS_IT = frozenset({PartnerStatus.INVOLVED, PartnerStatus.CONFIRMED})


def shared(picture: Picture) -> Picture:
    """The same idea with only what is shared: challenge, goals, puzzle without amounts, bundles, agreements."""
    partners = tuple(
        Partner(name=one.name, domain=one.domain, kind=one.kind, status=one.status)
        for one in picture.partners
        if one.status in KNOWS_IT
    )
    named = {picture.own_org, *(one.name for one in partners)}
    return Picture(
        title=picture.title,
        slug=picture.slug,
        own_org=picture.own_org,
        test=picture.test,
        challenge=picture.challenge,
        goals=tuple(Goal(text=one.text, horizon=one.horizon, who_benefits=one.who_benefits) for one in picture.goals),
        partners=partners,
        pieces=tuple(_piece(one, named) for one in picture.pieces),
        activities=picture.activities,
        bundles=tuple(_bundle(one, named) for one in picture.bundles),
        between=tuple(
            Alignment(what=one.what, how=one.how, how_often=one.how_often, bundles=one.bundles)
            for one in picture.between
        ),
        overall=tuple(Agreement(text=one.text, about=one.about) for one in picture.overall),
    )


def _piece(piece: Piece, named: set[str]) -> Piece:
    by = tuple(name for name in piece.by if name in named)
    return replace(piece, by=by, note="", status=piece.status if by == piece.by else None)


def _bundle(bundle: Bundle, named: set[str]) -> Bundle:
    return replace(bundle, lead=bundle.lead if bundle.lead in named else "")


def passed_on(picture: Picture, to: str, by: OwnOrganisation) -> Picture:
    """The shared infofiche as an idea that `to`, one of its partners, receives from `by`: its own go or no-go begins.

    There `to` is the own organisation, and `by` one of the partners.
    """
    told = shared(picture)
    giver = Partner(name=by.name, kind=by.kind, domain=by.domain, status=PartnerStatus.INVOLVED)
    return Picture(
        title=told.title,
        own_org=to,
        test=told.test,
        origin=OriginOfIdea(type=Origin.EXTERNAL_PARTNER, brought_by=by.name),
        challenge=told.challenge,
        goals=told.goals,
        partners=(giver, *(one for one in told.partners if one.name != to)),
        pieces=tuple(replace(piece, status=None) for piece in told.pieces),
    )


def infofiche_of(picture: Picture) -> Picture:
    """What an organisation takes over of an idea that reaches it as a file: the infofiche, as received just now."""
    return Picture(**{name: getattr(picture, name) for name in TAKEN_OVER})
