"""The page where a selection is made, and the file that comes of it: for who asked, and only what they may have."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.codes import ExportKind, Role, Status
from ideas.access import Act, ideas_for, ideas_to_take_along, standing_of
from ideas.exports import tasks
from ideas.models import Export, Idea, Involvement, Reading
from ideas.models.export import MOST
from people.models import Member, Organisation, Team
from tests import factories
from tests.factories import Client
from tests.ideas.test_rights import cast as cast

PAGE = "/exports/"


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the worker was asked, which it does not do."""
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.make_next.__class__, "enqueue", lambda task, **told: asked.append(told))
    return asked


def asks(client: Client, *ideas: Idea, kind: str = "lists", **told: str) -> Any:
    return client.post(PAGE, {"idea": [idea.pk for idea in ideas], "kind": kind, "language": "nl", **told})


def made(member: Member, *ideas: Idea, **told: Any) -> Export:
    """An export that is there."""
    parts = {str(idea.pk): None for idea in ideas}
    ids = [idea.pk for idea in ideas]
    now = timezone.now()
    given = {"kind": ExportKind.FULL, "language": "nl", "done": len(ids), "made_at": now, "file": b"PK", **told}
    return Export.objects.create(member=member, ideas=ids, parts=parts, **given)


def shown(client: Client, where: str = PAGE) -> str:
    return client.get(where).content.decode()


def test_the_rule_for_many_ideas_says_what_the_rule_for_one_says(
    organisation: Organisation, cast: dict[str, Member], team: Team
) -> None:
    follower, colleague = cast["follower"], cast["support"]
    for told in (
        {},
        {"idea_owner": follower},
        {"team": team},
        {"team": team, "confidential": True},
        {"idea_owner": follower, "confidential": True},
        {"entered_by": colleague, "step": None, "status": Status.RECEIVED},
        {"stand_in": colleague, "stand_in_until": timezone.localdate()},
        {"stand_in": colleague, "stand_in_until": timezone.localdate() - timedelta(days=1)},
        {"merged_into": factories.idea(organisation), "status": Status.MERGED, "idea_owner": follower},
    ):
        factories.idea(organisation, **told)
    for role, confidential in [(Role.COLLABORATOR, False), (Role.COLLABORATOR, True), (Role.SUPPORT, True)]:
        for who in cast.values():
            named = factories.idea(organisation, confidential=confidential)
            if who.organisation_id == organisation.pk:
                Involvement.objects.create(idea=named, member=who, role=role)
    for who in cast.values():
        one_by_one = {idea.pk for idea in ideas_for(who) if standing_of(who, idea).may(Act.EXPORT)}
        assert set(ideas_to_take_along(who).values_list("pk", flat=True)) == one_by_one, who.name


def test_the_page_offers_what_somebody_may_take_along_and_nothing_else(
    idea: Idea, organisation: Organisation, follower: Member, colleague: Member, client: Client
) -> None:
    secret = factories.idea(organisation, title="Geheim", confidential=True)
    plain = factories.idea(organisation, title="Van een ander")
    client.force_login(follower)
    page = shown(client)
    assert f'value="{idea.pk}"' in page
    assert plain.title not in page
    assert secret.title not in page
    client.force_login(colleague)
    page = shown(client)
    assert 'type="checkbox"' not in page
    assert "Er is hier geen idee dat je mag meenemen." in page


def test_a_link_leads_to_it_for_who_may_take_something_along(
    idea: Idea, follower: Member, colleague: Member, client: Client
) -> None:
    client.force_login(follower)
    assert f'href="{PAGE}"' in shown(client, reverse("ideas:overview"))
    client.force_login(colleague)
    assert f'href="{PAGE}"' not in shown(client, reverse("ideas:overview"))


def test_a_lane_and_a_team_narrow_it_down_and_all_that_is_shown_can_be_ticked(
    organisation: Organisation, policy: Member, team: Team, client: Client
) -> None:
    here = factories.idea(organisation, title="Hier", step=2, team=team)
    factories.idea(organisation, title="Andere stap", step=1, team=team)
    factories.idea(organisation, title="Ander team", step=2)
    client.force_login(policy)
    page = shown(client, f"{PAGE}?lane=step-2&team={team.pk}&all=1")
    assert "Andere stap" not in page
    assert "Ander team" not in page
    assert page.count('type="checkbox"') == 1
    assert f'value="{here.pk}" autocomplete="off" checked' in page
    assert " checked" not in shown(client, f"{PAGE}?lane=step-2").split("what-title")[0]
    assert shown(client, f"{PAGE}?lane=onbekend&team=x").count('type="checkbox"') == 3


def test_it_says_of_every_version_who_may_read_it(idea: Idea, policy: Member, client: Client) -> None:
    client.force_login(policy)
    page = shown(client)
    for words in (
        "Alleen voor wie ze ook",
        "Niet voor partners.",
        "Mag naar elke betrokken partner",
        "rekenblad",
    ):
        assert words in page


@pytest.mark.parametrize("kind", ExportKind)
def test_what_is_asked_is_asked_of_the_worker(
    kind: ExportKind, idea: Idea, follower: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    client.force_login(follower)
    answer = asks(client, idea, kind=kind)
    export = Export.objects.get()
    assert answer.headers["Location"] == f"/exports/{export.pk}/"
    assert (export.member, export.kind, export.language, export.ideas) == (follower, kind, "nl", [idea.pk])
    assert len(waiting) == 1
    page = shown(client, answer.headers["Location"])
    assert "Wordt gemaakt: 0 van 1" in page
    assert '<progress id="done" max="1" value="0">' in page
    assert 'http-equiv="refresh"' in page
    assert 'hx-trigger="every 1s"' in client.get(answer.headers["Location"], headers={"HX-Request": "true"}).text


def test_an_idea_of_another_organisation_is_not_there_and_nothing_is_made(
    idea: Idea, policy: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    elsewhere = factories.idea(factories.organisation(name="Elders", slug="elders"))
    client.force_login(policy)
    assert asks(client, idea, elsewhere).status_code == 404
    assert client.post(PAGE, {"idea": ["x"], "kind": "lists", "language": "nl"}).status_code == 404
    assert not Export.objects.exists()
    assert waiting == []


def test_an_idea_that_somebody_reads_and_may_not_take_along_is_refused(
    idea: Idea, colleague: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    client.force_login(colleague)
    assert asks(client, idea).status_code == 403
    assert not Export.objects.exists()


def test_a_confidential_idea_that_somebody_may_not_read_is_not_there(
    idea: Idea, organisation: Organisation, colleague: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    secret = factories.idea(organisation, confidential=True)
    client.force_login(colleague)
    assert asks(client, secret).status_code == 404


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"kind": "full", "language": "nl"}, "Vink minstens één idee aan."),
        ({"idea": "1", "language": "nl"}, "Kies wat je wilt meenemen."),
    ],
)
def test_what_is_missing_is_said_and_what_was_ticked_stays(
    sent: dict[str, str], says: str, idea: Idea, policy: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    client.force_login(policy)
    ticked = {"idea": idea.pk} if "idea" in sent else {}
    answer = client.post(PAGE, {**sent, **ticked})
    assert answer.status_code == 422
    assert says in answer.text
    assert (f'value="{idea.pk}" autocomplete="off" checked' in answer.text) is bool(ticked)
    assert waiting == []


def test_more_ideas_than_go_in_one_file_are_refused_in_words(
    organisation: Organisation, policy: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    ideas = Idea.objects.bulk_create(
        Idea(organisation=organisation, title=f"I{n}", slug=f"i{n}", status=Status.IN_STEP, step=1)
        for n in range(MOST + 1)
    )
    client.force_login(policy)
    answer = asks(client, *ideas)
    assert answer.status_code == 422
    assert "meer dan 200 ideeën tegelijk" in answer.text
    assert shown(client).count('type="checkbox"') == MOST
    assert asks(client, *ideas[1:]).status_code == 302


def test_a_third_file_waits(idea: Idea, policy: Member, client: Client, waiting: list[dict[str, object]]) -> None:
    client.force_login(policy)
    assert [asks(client, idea).status_code for _ in range(3)] == [302, 302, 422]
    assert Export.objects.count() == 2


def test_a_form_that_is_sent_twice_asks_once(
    idea: Idea, policy: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    client.force_login(policy)
    token = "7d1f6f0e-2c1f-4d7a-9a51-0c1b3b0a3b11"
    first, second = (asks(client, idea, token=token).headers["Location"] for _ in range(2))
    assert first == second
    assert len(waiting) == 1


@pytest.mark.parametrize("where", ["", "file/"])
@pytest.mark.parametrize("who", ["coordinator", "follower", "outsider"])
def test_it_is_there_for_who_asked_and_nobody_else(
    who: str, where: str, idea: Idea, policy: Member, client: Client, request: pytest.FixtureRequest
) -> None:
    export = made(policy, idea)
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"/exports/{export.pk}/{where}").status_code == 404
    assert client.post(f"/exports/{export.pk}/{where}").status_code in {404, 405}
    assert f"/exports/{export.pk}/" not in shown(client)
    client.force_login(policy)
    assert client.get(f"/exports/{export.pk}/{where}").status_code == 200
    assert f"/exports/{export.pk}/" in shown(client)


def test_the_file_is_a_download_that_nobody_keeps_on_the_way(idea: Idea, policy: Member, client: Client) -> None:
    client.force_login(policy)
    day = timezone.localdate().isoformat()
    for kind, name in [(ExportKind.PARTNER, f"partners-{day}.zip"), (ExportKind.LISTS, f"en-voorwaarden-{day}.xlsx")]:
        answer = client.get(f"/exports/{made(policy, idea, kind=kind).pk}/file/")
        assert answer.content == b"PK"
        assert answer.headers["Content-Disposition"].endswith(f'{name}"')
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_file_that_is_not_there_yet_is_not_there(idea: Idea, policy: Member, client: Client) -> None:
    client.force_login(policy)
    assert client.get(f"/exports/{made(policy, idea, made_at=None, file=None).pk}/file/").status_code == 404


def test_that_a_confidential_idea_was_taken_along_is_noted(
    idea: Idea, organisation: Organisation, policy: Member, client: Client
) -> None:
    secret = factories.idea(organisation, confidential=True)
    client.force_login(policy)
    client.get(f"/exports/{made(policy, idea, secret).pk}/file/")
    assert list(Reading.objects.values_list("idea", "member", "took_along")) == [(secret.pk, policy.pk, True)]


def test_who_may_no_longer_have_an_idea_that_is_in_it_is_told_and_can_ask_again(
    organisation: Organisation, colleague: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    mine, lost = (factories.idea(organisation, title=title) for title in ("Mijn", "Kwijt"))
    for idea in (mine, lost):
        Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    export = made(colleague, mine, lost)
    Involvement.objects.filter(idea=lost).delete()
    client.force_login(colleague)
    answer = client.get(f"/exports/{export.pk}/file/")
    assert answer.status_code == 403
    assert "Je mag een van de ideeën in dit bestand niet meer meenemen" in answer.text
    assert f"/exports/{export.pk}/file/" not in shown(client, f"/exports/{export.pk}/")
    assert client.post(f"/exports/{export.pk}/").status_code == 302
    export.refresh_from_db()
    assert export.is_busy
    assert export.file is None


def test_one_that_stopped_or_failed_says_so_and_is_asked_again(
    idea: Idea, policy: Member, client: Client, waiting: list[dict[str, object]]
) -> None:
    client.force_login(policy)
    long_ago = timezone.now() - timedelta(minutes=3)
    stopped = made(policy, idea, made_at=None, file=None, moved_at=long_ago)
    failed = made(policy, idea, made_at=None, file=None, failed=True)
    assert "Het stopte bij 1 van 1" in shown(client, f"/exports/{stopped.pk}/")
    assert "Het maken is niet gelukt" in shown(client, f"/exports/{failed.pk}/")
    for export in (stopped, failed):
        assert client.post(f"/exports/{export.pk}/").status_code == 302
    assert len(waiting) == 2
    client.post(f"/exports/{failed.pk}/")
    assert len(waiting) == 2


def test_what_did_not_come_in_is_named_on_the_page(
    idea: Idea, organisation: Organisation, policy: Member, client: Client
) -> None:
    torn = factories.idea(organisation, title="Gescheurd")
    export = made(policy, idea)
    Export.objects.update(ideas=[idea.pk, torn.pk], done=2)
    client.force_login(policy)
    page = shown(client, f"/exports/{export.pk}/")
    assert "Gescheurd" in page
    assert "1 idee" in page


def test_the_page_takes_as_many_queries_for_ten_ideas_as_for_one(
    organisation: Organisation, follower: Member, team: Team, client: Client, waiting: list[dict[str, object]]
) -> None:
    client.force_login(follower)
    counts = []
    for more in (1, 9):
        ideas = [factories.idea(organisation, idea_owner=follower, team=team) for _ in range(more)]
        export = made(follower, *ideas)
        for ask in (
            lambda: client.get(f"{PAGE}?all=1"),
            lambda export=export: client.get(f"/exports/{export.pk}/"),
            lambda export=export: client.get(f"/exports/{export.pk}/file/"),
            lambda ideas=ideas: asks(client, *ideas),
        ):
            with CaptureQueriesContext(connection) as told:
                assert ask().status_code in {200, 302}
            counts.append(len(told))
        Export.objects.update(failed=True)
    assert counts[:4] == counts[4:]
    assert max(counts) <= 20
