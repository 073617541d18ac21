import editions.network.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0001_affiliates'),
    ]

    operations = [
        migrations.AlterField(
            model_name='profilevalue',
            name='value',
            field=models.CharField(blank=True, max_length=300, validators=[editions.network.validators.validate_value], verbose_name='value'),
        ),
    ]
