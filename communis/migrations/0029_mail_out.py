import communis.looking.guarding
import django.db.models.deletion
from django.db import migrations, models


def tell_by_notice(apps, schema_editor):
    """A mail about a letter tells the notice of the same entry."""
    outgoing = apps.get_model("communis", "Outgoing")
    for row in outgoing.objects.filter(template="letter").iterator():
        outgoing.objects.filter(id=row.id).update(template="told", line_id=row.about["line"])


class Migration(migrations.Migration):

    dependencies = [
        ('communis', '0028_hidden_words'),
    ]

    operations = [
        migrations.RenameModel('PlainMail', 'MailChoice'),
        migrations.RenameField('MailChoice', 'letters', 'wanted'),
        migrations.AddField(
            model_name='mailchoice',
            name='at_once',
            field=models.SmallIntegerField(default=10),
        ),
        migrations.AddField(
            model_name='mailchoice',
            name='digests',
            field=models.SmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='mailchoice',
            name='gathered_until',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='mailchoice',
            name='paused_at',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='mailchoice',
            name='resumed_at',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='mailchoice',
            name='words',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='line',
            field=communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.line'),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='returned_at',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='returns',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='sent_at',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='outgoing',
            name='stops',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='replyaddress',
            name='outgoing',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.outgoing'),
        ),
        migrations.AlterField(
            model_name='arrived',
            name='outcome',
            field=models.SmallIntegerField(choices=[(1, 'Published'), (2, 'Held'), (3, 'Ignored'), (4, 'Duplicate'), (5, 'Thrown Away'), (6, 'Offered Word')]),
        ),
        migrations.AlterField(
            model_name='arrived',
            name='reason',
            field=models.SmallIntegerField(choices=[(0, 'None'), (1, 'Not Proved'), (2, 'Another Sender'), (3, 'Nobody We Know'), (4, 'Unreadable'), (5, 'No Words'), (6, 'Refused'), (7, 'Automatic'), (8, 'Has Files'), (9, 'Wider'), (10, 'More Than A Word'), (11, 'Returned')], default=0),
        ),
        migrations.AlterField(
            model_name='following',
            name='way',
            field=models.SmallIntegerField(choices=[(1, 'Listening'), (2, 'Silent'), (3, 'Mailed')]),
        ),
        migrations.AlterField(
            model_name='outgoing',
            name='state',
            field=models.SmallIntegerField(choices=[(0, 'Waiting'), (1, 'Sent'), (2, 'Cancelled'), (3, 'Given Up'), (4, 'Left To Digest')], default=0),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['person', 'sent_at'], name='outgoing_sent'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['returns'], name='outgoing_returns'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['stops'], name='outgoing_stops'),
        ),
        migrations.CreateModel(
            name='DigestRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.BigIntegerField(unique=True)),
            ],
        ),
        migrations.RunPython(tell_by_notice, migrations.RunPython.noop),
    ]
