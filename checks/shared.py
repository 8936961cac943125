"""What partners may read of an idea: the shared parts, and nothing else. Source: design.md 6.

What is named here is shared; whatever is recorded beside it (checks, conditions, votes, verdict, decision, amounts,
notes, what is thought of a partner) stays inside, and so does a partner with whom nothing is agreed yet.
"""

from dataclasses import replace

from checks.codes import PartnerStatus
from checks.picture import Agreement, Alignment, Bundle, Goal, Partner, Picture, Piece

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
