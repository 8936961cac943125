"""The organisation's own page: read by all, changed by who coordinates, never overwritten unseen."""

from typing import Any

import pytest
from django.urls import reverse

from checks.codes import Need, TemperatureMethod
from ideas.models import Idea
from ideas.organisation import settings_of, thresholds_of
from people.models import Deed, Member, Organisation
from tests.factories import Client
from tests.page_forms import form_to


@pytest.fixture
def coordinating(coordinator: Member) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def opened(client: Client, part: str) -> dict[str, Any]:
    address = reverse("ideas:change_organisation", args=[part])
    return dict(form_to(address, client.get(address).content.decode()).sent())


def change(client: Client, part: str, sent: dict[str, Any], **told: Any) -> Any:
    return client.post(reverse("ideas:change_organisation", args=[part]), {**sent, **told})


def test_a_coordinator_says_what_the_organisation_is_for(
    coordinating: Client, coordinator: Member, idea: Idea, follower: Member, client: Client
) -> None:
    told = {"mission": "Wij luisteren.", "red_lines": "Nooit winst.", "kind": "civil_society", "domain": "housing"}
    assert change(coordinating, "about", opened(coordinating, "about"), **told).status_code == 302
    ours = Organisation.objects.get(pk=coordinator.organisation_id)
    assert {name: getattr(ours, name) for name in told} == told
    client.force_login(follower)
    for page in [reverse("ideas:organisation"), reverse("ideas:check", args=[idea.pk])]:
        html = client.get(page).content.decode()
        assert "Wij luisteren." in html
        assert "Nooit winst." in html
    deed = Deed.objects.get()
    assert (deed.by, deed.told["mission"]) == (coordinator, ["", "Wij luisteren."])
    assert "Nooit winst." in coordinating.get(reverse("ideas:organisation")).content.decode()


def test_red_lines_stay_on_the_screen(coordinator: Member, idea: Idea, client: Client) -> None:
    Organisation.objects.update(red_lines="Nooit winst.")
    client.force_login(coordinator)
    assert "Nooit winst." not in client.get(reverse("ideas:dossier", args=[idea.pk])).content.decode()


def test_choices_go_to_the_rules(coordinating: Client, organisation: Organisation) -> None:
    told = {"allow_conditional_go": "on", "trajectory_when_mixed": "required", "temperature_method": "slips"}
    assert change(coordinating, "choices", opened(coordinating, "choices"), **told).status_code == 302
    settings = settings_of(Organisation.objects.get(pk=organisation.pk))
    assert (settings.allow_conditional_go, settings.trajectory_when_mixed) == (True, Need.REQUIRED)
    assert settings.temperature_method is TemperatureMethod.SLIPS
    refused = change(coordinating, "choices", opened(coordinating, "choices"), trajectory_when_mixed="misschien")
    assert refused.status_code == 422


def test_only_a_threshold_that_differs_is_kept(coordinating: Client, organisation: Organisation) -> None:
    sent = opened(coordinating, "thresholds")
    assert change(coordinating, "thresholds", sent, goals="8", idle_days="").status_code == 302
    ours = Organisation.objects.get(pk=organisation.pk)
    assert ours.thresholds == {"goals": 8}
    assert (thresholds_of(ours)["goals"], thresholds_of(ours)["idle_days"]) == (8, 30)
    assert list(Deed.objects.get().told) == ["goals"]


@pytest.mark.parametrize("wrong", ["0", "1000", "veel", "-1", "2.5"])
def test_a_threshold_out_of_bounds_is_refused(wrong: str, coordinating: Client, organisation: Organisation) -> None:
    assert change(coordinating, "thresholds", opened(coordinating, "thresholds"), goals=wrong).status_code == 422
    assert Organisation.objects.get(pk=organisation.pk).thresholds == {}


def test_two_who_change_the_mission_overwrite_nothing_unseen(coordinating: Client, organisation: Organisation) -> None:
    sent = opened(coordinating, "about")
    change(coordinating, "about", opened(coordinating, "about"), mission="Van een ander.", region="Zonbeek")
    answer = change(coordinating, "about", sent, mission="Van mij.", vision="Ver.")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Van een ander." in page.replace("<mark>", "").replace("</mark>", "")
    assert "Van mij." in page.replace("<mark>", "").replace("</mark>", "")
    assert Organisation.objects.get(pk=organisation.pk).mission == "Van een ander."
    again = dict(form_to(reverse("ideas:change_organisation", args=["about"]), page).sent())
    assert change(coordinating, "about", again, mine=answer.context["form"].seen).status_code == 302
    ours = Organisation.objects.get(pk=organisation.pk)
    assert (ours.mission, ours.vision, ours.region) == ("Van mij.", "Ver.", "Zonbeek")


def test_two_who_change_a_threshold_overwrite_nothing_unseen(coordinating: Client, organisation: Organisation) -> None:
    sent = opened(coordinating, "thresholds")
    change(coordinating, "thresholds", opened(coordinating, "thresholds"), goals="8", rounds="4")
    assert change(coordinating, "thresholds", sent, goals="9").status_code == 409
    assert change(coordinating, "thresholds", {**sent, "token": ""}, idle_days="60").status_code == 302
    assert Organisation.objects.get(pk=organisation.pk).thresholds == {"goals": 8, "rounds": 4, "idle_days": 60}


def test_a_form_sent_twice_is_noted_once(coordinating: Client) -> None:
    sent = opened(coordinating, "about")
    for _ in range(2):
        assert change(coordinating, "about", sent, mission="Eén keer.").status_code == 302
    assert Deed.objects.count() == 1


def test_a_part_that_is_none_is_not_there(coordinating: Client) -> None:
    assert coordinating.get("/organisation/change/everything/").status_code == 404
