"""The word claim is free for words written behind the scenes: a name from outside is claimed by a name claim."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communis", "0017_behind_the_scenes")]

    operations = [
        migrations.RenameModel(old_name="Claim", new_name="NameClaim"),
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
