
import django.db.models.deletion
import modelsearch.index
import uuid
import wagtail.models.preview
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign_library', '0003_adapted_copies_topics_and_records'),
        ('network', '0003_shows_first_language'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('as_of', models.DateField(blank=True, help_text='The date on which the facts given here were true.', null=True, verbose_name='as of')),
                ('source', models.CharField(blank=True, help_text='Who says so: report, law or organisation, with its year.', max_length=255, verbose_name='source')),
                ('checked_on', models.DateField(blank=True, help_text='The day on which somebody last compared it.', null=True, verbose_name='checked on')),
                ('checked_by', models.CharField(blank=True, help_text='A team or an office rather than a person. Readers see it.', max_length=160, verbose_name='checked by')),
                ('review_by', models.DateField(blank=True, help_text='When somebody should look again. After that day readers are told that it is overdue.', null=True, verbose_name='review by')),
                ('code', models.SlugField(help_text='Small letters, digits and hyphens, such as no-detainers. The same in all languages; it never changes.', max_length=60, verbose_name='code')),
                ('label', models.CharField(help_text='The rule in a few words, as it stands in lists and tables.', max_length=160, verbose_name='name')),
                ('category', models.CharField(choices=[('detainers', 'Holds and detainers'), ('access', 'Access to people in custody'), ('information', 'Information and records'), ('status', 'Questions about status'), ('resources', 'Money, staff and rooms'), ('operations', 'Joint operations'), ('registries', 'Registries'), ('services', 'Services and identity cards'), ('schools', 'Schools'), ('oversight', 'Oversight and record'), ('clauses', 'Standing clauses'), ('other', 'Other')], default='other', max_length=20, verbose_name='kind')),
                ('plain', models.TextField(blank=True, help_text='One or two sentences that a reader of twelve understands.', verbose_name='in plain words')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('owner', models.ForeignKey(blank=True, help_text='Empty for what national shares with the whole network.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.affiliate', verbose_name='belongs to')),
            ],
            options={
                'verbose_name': 'provision',
                'verbose_name_plural': 'provisions',
                'ordering': ['category', 'label'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'locale', 'code'), name='provision_code_of_owner'), models.UniqueConstraint(condition=models.Q(('owner', None)), fields=('locale', 'code'), name='provision_code_national')],
                'unique_together': {('translation_key', 'locale')},
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model, modelsearch.index.Indexed),
        ),
    ]
