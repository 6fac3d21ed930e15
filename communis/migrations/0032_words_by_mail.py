import communis.looking.guarding
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communis', '0031_mail_checks'),
    ]

    operations = [
        migrations.AddField(
            model_name='arrived',
            name='ask',
            field=communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.ask'),
        ),
        migrations.AddField(
            model_name='arrived',
            name='widening',
            field=communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.widening'),
        ),
        migrations.AlterField(
            model_name='arrived',
            name='reason',
            field=models.SmallIntegerField(choices=[(0, 'None'), (1, 'Not Proved'), (2, 'Another Sender'), (3, 'Nobody We Know'), (4, 'Unreadable'), (5, 'No Words'), (6, 'Refused'), (7, 'Automatic'), (8, 'Has Files'), (9, 'Wider'), (10, 'More Than A Word'), (12, 'Many'), (11, 'Returned'), (20, 'Page Changed'), (21, 'Not The Word'), (22, 'Too Late'), (23, 'Not Whole')], default=0),
        ),
        migrations.AddField(
            model_name='mailchoice',
            name='receipts',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='replyaddress',
            name='ask',
            field=communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.ask'),
        ),
        migrations.AddField(
            model_name='replyaddress',
            name='does',
            field=models.SmallIntegerField(choices=[(0, 'Answers'), (1, 'Consents'), (2, 'Corrects'), (3, 'Gives Verdict')], default=0),
        ),
        migrations.AddField(
            model_name='replyaddress',
            name='page',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='replyaddress',
            name='widening',
            field=communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.widening'),
        ),
        migrations.AlterField(
            model_name='replyaddress',
            name='line',
            field=communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.line'),
        ),
    ]
