"""The pages of a decided idea keep to their budget, with its seal and what changed since."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ideas.models import Condition, Control, FollowUp
from people.models import Member
from tests.factories import Client
from tests.ideas.seal.sealed import decided
from tests.ideas.steps.test_budgets import A_PAGE


@pytest.mark.parametrize("page", ["idea", "decide", "sealed", "dossier"])
@pytest.mark.parametrize("value", ["go", "no_go"])
def test_a_page_of_a_decided_idea_keeps_to_its_budget(
    page: str,
    value: str,
    client: Client,
    follower: Member,
    policy: Member,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    kept = decided(client, follower, policy, value)
    kept.idea.answers.filter(question="s1.why.challenge").update(value="Het is intussen anders.")
    Control.objects.filter(idea=kept.idea).update(left_at=timezone.now())
    client.force_login(follower)
    ContentType.objects.get_for_models(Condition, FollowUp)
    where = reverse(f"ideas:{page}", args=[kept.idea_id])
    client.get(where)
    with django_assert_max_num_queries(A_PAGE):
        assert "Gewijzigd sinds de beslissing" in client.get(where).content.decode()
