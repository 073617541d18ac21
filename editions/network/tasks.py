from django_tasks import task

from .models import Invitation, Opening


@task()
def send_invitation(invitation_id: int) -> None:
    """Mail the newest link of an invitation. What goes wrong stands at the invitation, for who sent it."""
    from .mail import send

    send(Invitation.objects.select_related("affiliate__site", "invited_by").get(pk=invitation_id))


@task()
def open_affiliate(opening_id: int) -> None:
    """Carry out an opening. Safe to run again: it goes on where it was."""
    from .actions.open_affiliate import OpenAffiliate

    OpenAffiliate(Opening.objects.select_related("affiliate__site").get(pk=opening_id)).execute()
