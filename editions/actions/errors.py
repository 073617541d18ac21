"""What actions raise. Each message is shown to the person who acted, so it says what to do."""

from django.core.exceptions import PermissionDenied, ValidationError


class EditionError(ValidationError):
    """The action cannot be done; nothing was written."""


class NotAllowed(PermissionDenied):
    """The person may not do this; nothing was written."""
