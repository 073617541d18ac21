
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign_library', '0001_library_of_actions_and_terms'),
        ('network', '0001_affiliates'),
    ]

    operations = [
        migrations.AddField(
            model_name='calltoaction',
            name='owner',
            field=models.ForeignKey(blank=True, help_text='Empty for what national shares with the whole network.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.affiliate', verbose_name='belongs to'),
        ),
        migrations.AddField(
            model_name='glossaryterm',
            name='owner',
            field=models.ForeignKey(blank=True, help_text='Empty for what national shares with the whole network.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.affiliate', verbose_name='belongs to'),
        ),
    ]
