from django_tasks import task

from editions.models import Release


@task()
def apply_release(release_id: int) -> None:
    """Carry out a release. Safe to run again: it goes on where it was."""
    from editions.actions.apply import ApplyRelease

    ApplyRelease(Release.objects.get(pk=release_id)).execute()
    send_digests.enqueue()


@task()
def send_digests() -> None:
    """Tell affiliates by e-mail what waits for them, each thing once."""
    from editions.digest import send_digests as send

    send()
