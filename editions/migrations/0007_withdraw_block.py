import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0006_taken_off'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='withdrawal',
            name='kept',
        ),
        migrations.AddField(
            model_name='withdrawnpage',
            name='words',
            field=models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
        ),
    ]
