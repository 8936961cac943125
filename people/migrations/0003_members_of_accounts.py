"""Every account becomes the member that it was, under the same number: what refers to a member goes on doing so."""

from typing import Any

from django.core.management.color import no_style
from django.db import migrations

KEPT = ("name", "function", "organisation_id", "team_id", "support_service", "policy_team", "coordinator")


def make_members(apps: Any, editor: Any) -> None:
    Account, Member = apps.get_model("people", "Account"), apps.get_model("people", "Member")
    accounts = Account.objects.using(editor.connection.alias).order_by("pk")
    Member.objects.using(editor.connection.alias).bulk_create(
        Member(pk=account.pk, account_id=account.pk, **{name: getattr(account, name) for name in KEPT})
        for account in accounts
    )
    for statement in editor.connection.ops.sequence_reset_sql(no_style(), [Member]):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_accounts")]

    operations = [migrations.RunPython(make_members)]
