"""The word claim is free for words written behind the scenes: a name from outside is claimed by a name claim."""

import django.db.models.deletion
from django.db import migrations, models

import communis.looking.guarding


def refers(to: str, *, indexed: bool) -> models.Field:
    return communis.looking.guarding.Refers(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, db_index=indexed
    )


def rename_like(apps, schema_editor) -> None:
    """PostgreSQL's second index of a text that is unique: Django finds it by the name it would have now."""
    if schema_editor.connection.vendor == "postgresql":
        old, new = (
            schema_editor._create_index_name(table, ["public_id"], suffix="_like")
            for table in ("communis_claim", "communis_nameclaim")
        )
        schema_editor.execute(f"ALTER INDEX IF EXISTS {old} RENAME TO {new}")


def with_names_of_its_own() -> list[migrations.operations.base.Operation]:
    """A table renamed keeps the names of its indexes; the next table of the old name would make the same ones.

    Let go of and made anew, they are named after the new name. (``outside_name`` and ``line`` have no namesakes.)
    """
    return [
        migrations.AlterField("nameclaim", "person", refers("communis.person", indexed=False)),
        migrations.AlterField("nameclaim", "person", refers("communis.person", indexed=True)),
        migrations.RunPython(rename_like, migrations.RunPython.noop),
    ]


class Migration(migrations.Migration):
    dependencies = [("communis", "0017_behind_the_scenes")]

    operations = [
        migrations.RenameModel(old_name="Claim", new_name="NameClaim"),
        *with_names_of_its_own(),
        migrations.RenameIndex(model_name="nameclaim", new_name="name_claim_state", old_name="claim_state"),
        migrations.RemoveConstraint(model_name="nameclaim", name="claim_once"),
        migrations.RemoveConstraint(model_name="nameclaim", name="claim_stands_once"),
        migrations.AddConstraint(
            model_name="nameclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__lte", 2)), fields=("outside_name", "person"), name="name_claim_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="nameclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", 2)), fields=("outside_name",), name="name_claim_stands_once"
            ),
        ),
    ]
