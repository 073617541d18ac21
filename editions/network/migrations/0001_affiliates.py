import django.core.validators
import django.db.models.deletion
import editions.network.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailimages', '0027_image_description'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Affiliate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What the organisation calls itself.', max_length=120, verbose_name='name')),
                ('slug', models.SlugField(error_messages={'unique': 'Another affiliate already has this short name.'}, help_text='Small letters, digits and hyphens. Used in addresses and for groups.', max_length=63, unique=True, verbose_name='short name')),
                ('place', models.CharField(help_text='City, county or state, as people there say it.', max_length=120, verbose_name='place')),
                ('languages', models.JSONField(default=list, help_text='Codes of the languages of its site, the first one first.', verbose_name='languages')),
                ('colour_1', models.CharField(default='#1d4f7c', help_text='For the head of the site and for buttons. White text stands on it.', max_length=7, validators=[editions.network.validators.validate_colour], verbose_name='main colour')),
                ('colour_2', models.CharField(default='#7a2e4d', help_text='For links and marks. White text stands on it, and it stands on white.', max_length=7, validators=[editions.network.validators.validate_colour], verbose_name='second colour')),
                ('time_zone', models.CharField(default='America/New_York', max_length=64, validators=[editions.network.validators.validate_time_zone], verbose_name='time zone')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opened')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('collection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('folder', models.OneToOneField(help_text="The page above its home pages. Everything beneath it is the affiliate's.", on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='folder')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='logo')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='affiliate', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'affiliate',
                'verbose_name_plural': 'affiliates',
                'ordering': ('name', 'pk'),
                'permissions': (('act_nationally', 'Can act for the whole network'),),
            },
        ),
        migrations.CreateModel(
            name='AffiliateGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('editor', 'Editor'), ('moderator', 'Moderator')], max_length=20, verbose_name='role')),
                ('affiliate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='network.affiliate')),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='affiliate_group', to='auth.group')),
            ],
            options={
                'verbose_name': 'group of an affiliate',
                'verbose_name_plural': 'groups of affiliates',
                'constraints': [models.UniqueConstraint(fields=('affiliate', 'role'), name='network_one_group_a_role')],
            },
        ),
        migrations.CreateModel(
            name='ProfileValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=63, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*$', 'Use small letters, digits and _ only, and begin with a letter, such as office_hours.', code='name')], verbose_name='name')),
                ('value', models.CharField(blank=True, max_length=300, verbose_name='value')),
                ('affiliate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='network.affiliate')),
                ('locale', models.ForeignKey(blank=True, help_text='Empty where one value serves all languages.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='language')),
            ],
            options={
                'verbose_name': 'profile value',
                'verbose_name_plural': 'profile values',
                'constraints': [models.UniqueConstraint(fields=('affiliate', 'name', 'locale'), name='network_one_value_a_language'), models.UniqueConstraint(condition=models.Q(('locale', None)), fields=('affiliate', 'name'), name='network_one_value_for_all')],
            },
        ),
    ]
