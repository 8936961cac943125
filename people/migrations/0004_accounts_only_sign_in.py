import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_members_of_accounts")]

    operations = [
        migrations.RemoveConstraint(model_name="account", name="member_email_lower_case"),
        *[
            migrations.RemoveField(model_name="account", name=name)
            for name in ["name", "function", "organisation", "team", "support_service", "policy_team", "coordinator"]
        ],
        migrations.AddField(
            model_name="account",
            name="language",
            field=models.CharField(choices=[("nl", "Nederlands"), ("en", "English")], default="nl", max_length=2),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="account_email_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "en"])), name="account_language"
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="people.organisation"
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="members",
                to="people.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(fields=("account", "organisation"), name="member_once"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("away_from__isnull", True), ("away_until__isnull", True)),
                    ("away_until__gte", models.F("away_from")),
                    _connector="OR",
                ),
                name="member_away_from_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("account__isnull", False), ("ended__isnull", False), _connector="OR"),
                name="member_has_account_or_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replacement__isnull", True),
                    models.Q(("replacement", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="member_replaced_by_another",
            ),
        ),
    ]
