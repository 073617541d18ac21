import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0001_inheritance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='protected',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='update',
            name='outcome',
            field=models.CharField(choices=[('applied', 'applied'), ('merged', 'merged with local words'), ('forced', 'local words replaced, as protected'), ('conflict', 'in conflict'), ('added', 'added'), ('waiting', 'waits for the affiliate'), ('held', 'held'), ('hidden', 'hidden here'), ('skipped', 'skipped'), ('failed', 'failed')], max_length=10),
        ),
        migrations.CreateModel(
            name='Protection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_key', models.UUIDField(db_index=True, help_text='The translation key of the national page.')),
                ('path', models.JSONField(default=list)),
                ('reason', models.CharField(help_text='Editors of affiliates read it.', max_length=255, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'protection',
                'verbose_name_plural': 'protections',
                'ordering': ['pk'],
                'permissions': [('protect_content', 'Can protect national content')],
            },
        ),
    ]
