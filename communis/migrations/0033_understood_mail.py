import communis.looking.guarding
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communis', '0032_words_by_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='arrived',
            name='mail',
            field=models.CharField(default='', max_length=64),
        ),
        migrations.AddField(
            model_name='arrived',
            name='to_all',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='arrived',
            name='to_hosts',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='arrived',
            name='passed_on',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='arrived',
            name='reason',
            field=models.SmallIntegerField(choices=[(0, 'None'), (1, 'Not Proved'), (2, 'Another Sender'), (3, 'Nobody We Know'), (4, 'Unreadable'), (5, 'No Words'), (6, 'Refused'), (7, 'Automatic'), (8, 'File Refused'), (9, 'Wider'), (10, 'More Than A Word'), (12, 'Many'), (11, 'Returned'), (13, 'Mixed'), (14, 'Unclear'), (15, 'Forwarded'), (20, 'Page Changed'), (21, 'Not The Word'), (22, 'Too Late'), (23, 'Not Whole')], default=0),
        ),
        migrations.AddIndex(
            model_name='arrived',
            index=models.Index(fields=['mail'], name='arrived_together'),
        ),
        migrations.AddIndex(
            model_name='arrived',
            index=models.Index(condition=models.Q(('passed_on', True)), fields=['person'], name='arrived_passed_on'),
        ),
        migrations.CreateModel(
            name='Passing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=32, unique=True)),
                ('asked_at', models.BigIntegerField()),
                ('answered_at', models.BigIntegerField(null=True)),
                ('arrived', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.arrived')),
                ('author', communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.person')),
                ('contribution', communis.looking.guarding.Refers(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communis.contribution')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['author'], name='passing_asked')],
            },
        ),
    ]
