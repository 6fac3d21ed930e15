"""Names from outside can be claimed; held comments and invitations get addresses that do not count."""

import secrets

import django.db.models.deletion
from django.db import migrations, models

import communis.journal.moments
import communis.looking.guarding


def give_public_ids(apps, schema_editor):
    for name in ("Held", "Invitation"):
        rows = apps.get_model("communis", name)._default_manager.filter(public_id=None)
        for number in list(rows.values_list("id", flat=True)):
            rows.filter(id=number).update(public_id=secrets.token_hex(16))


class Migration(migrations.Migration):
    dependencies = [("communis", "0015_lessons")]

    operations = [
        migrations.AlterField(
            model_name="outsidename",
            name="claimed_by",
            field=communis.looking.guarding.Refers(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communis.person"
            ),
        ),
        migrations.AlterField(
            model_name='notice',
            name='reason',
            field=models.SmallIntegerField(choices=[(1, 'written to you'), (2, 'answers you'), (3, 'corrects what you answered'), (4, 'a question to everyone'), (5, 'in a conversation you listen to'), (6, 'answers a question you host'), (7, 'a circle you were let into'), (8, 'two people want it said more simply'), (9, 'your simpler words stand as the headline'), (10, 'a branch you wrote in has its own conversation'), (11, 'thanks you'), (12, 'words that may tell who wrote without a name'), (13, 'someone says that they wrote what came in'), (14, 'a steward has answered whether you wrote it'), (15, 'you are asked whether you wrote it'), (20, 'you are asked about an opening'), (21, 'you are still asked about an opening'), (22, 'what you said yes to will be opened'), (23, 'what you proposed can be opened'), (24, 'you are asked about a lesson for all')]),
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=32, unique=True)),
                ("word", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[
                            (0, "Waiting"),
                            (1, "Offered"),
                            (2, "Stands"),
                            (3, "Declined"),
                            (4, "Ended"),
                        ],
                        default=0,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("said_at", models.BigIntegerField(default=communis.journal.moments.now)),
                (
                    "line",
                    communis.looking.guarding.Refers(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communis.line"
                    ),
                ),
                (
                    "outside_name",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communis.outsidename",
                    ),
                ),
                (
                    "person",
                    communis.looking.guarding.Refers(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communis.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state"], name="claim_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__lte", 2)),
                        fields=("outside_name", "person"),
                        name="claim_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", 2)), fields=("outside_name",), name="claim_stands_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="held", name="public_id", field=models.CharField(max_length=32, null=True)
        ),
        migrations.AddField(
            model_name="invitation", name="public_id", field=models.CharField(max_length=32, null=True)
        ),
        migrations.RunPython(give_public_ids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="held", name="public_id", field=models.CharField(max_length=32, unique=True)
        ),
        migrations.AlterField(
            model_name="invitation", name="public_id", field=models.CharField(max_length=32, unique=True)
        ),
    ]
