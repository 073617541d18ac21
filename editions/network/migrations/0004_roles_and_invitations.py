import django.db.models.deletion
import editions.network.models.invitations
from django.conf import settings
from django.db import migrations, models


def keep_national_staff(apps, schema_editor):
    """*National staff* had every right that network managers have: its people go on as those."""
    Group, NationalGroup = apps.get_model("auth", "Group"), apps.get_model("network", "NationalGroup")
    staff = Group.objects.filter(name="National staff").first()
    if staff is not None:
        Group.objects.filter(pk=staff.pk).update(name="Network managers")
        NationalGroup.objects.create(role="manager", group_id=staff.pk)


def give_the_name_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name="Network managers").update(name="National staff")


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('network', '0003_shows_first_language'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='affiliate',
            options={'ordering': ('name', 'pk'), 'permissions': (('act_nationally', 'Can act for the whole network'), ('manage_people', 'Can invite and remove the people of every affiliate'), ('manage_national_people', 'Can invite and remove national people'), ('read_log', 'Can read the log of the whole network')), 'verbose_name': 'affiliate', 'verbose_name_plural': 'affiliates'},
        ),
        migrations.AddField(
            model_name='affiliate',
            name='moderated',
            field=models.BooleanField(default=False, help_text='Editors then hand their pages in, and a moderator or an administrator publishes them.', verbose_name='a moderator approves what editors write'),
        ),
        migrations.AlterField(
            model_name='affiliategroup',
            name='role',
            field=models.CharField(choices=[('editor', 'Editor'), ('moderator', 'Moderator'), ('administrator', 'Administrator')], max_length=20, verbose_name='role'),
        ),
        migrations.CreateModel(
            name='NationalGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('writer', 'Writer'), ('legal', 'Legal reviewer'), ('manager', 'Network manager'), ('national_administrator', 'National administrator')], max_length=30, unique=True, verbose_name='role')),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='national_group', to='auth.group')),
            ],
            options={
                'verbose_name': 'national group',
                'verbose_name_plural': 'national groups',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('editor', 'Editor'), ('moderator', 'Moderator'), ('administrator', 'Administrator'), ('writer', 'Writer'), ('legal', 'Legal reviewer'), ('manager', 'Network manager'), ('national_administrator', 'National administrator')], max_length=30, verbose_name='role')),
                ('email', models.EmailField(max_length=150, verbose_name='e-mail address')),
                ('secret', models.CharField(default=editions.network.models.invitations.new_secret, editable=False, max_length=40)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('problem', models.CharField(blank=True, editable=False, max_length=255)),
                ('accepted_at', models.DateTimeField(editable=False, null=True)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('affiliate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='network.affiliate')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ('-created_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('affiliate__isnull', False), ('revoked_at', None)), fields=('affiliate', 'email'), name='network_one_open_invitation'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('affiliate__isnull', True), ('revoked_at', None)), fields=('email', 'role'), name='network_one_open_national_invitation')],
            },
        ),
        migrations.RunPython(keep_national_staff, give_the_name_back),
    ]
