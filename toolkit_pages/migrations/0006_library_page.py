
import django.db.models.deletion
import editions.fields
import toolkit_pages.public.library
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('toolkit_pages', '0005_search_folds_accents'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='LibraryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('base_version', models.PositiveBigIntegerField(editable=False, help_text='The id of the version that this page was last merged with.', null=True)),
                ('kept', models.JSONField(blank=True, default=list, editable=False, help_text='Paths, as lists.')),
                ('summary', models.TextField(blank=True, help_text='One or two sentences beneath the title.', verbose_name='introduction')),
                ('body', editions.fields.RegisteredStreamField(blank=True, registry='chapter', verbose_name='body')),
            ],
            options={
                'verbose_name': 'library page',
                'verbose_name_plural': 'library pages',
            },
            bases=(toolkit_pages.public.library.PublicLibraryMixin, wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
    ]
