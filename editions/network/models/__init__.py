from .affiliates import Affiliate, AffiliateGroup, Role
from .invitations import Invitation
from .national import NationalGroup, NationalRole
from .ownership import OwnedMixin
from .profiles import ProfileValue
from .structure import FolderPermissionMixin, HomePermissionMixin

__all__ = [
    "Affiliate",
    "AffiliateGroup",
    "FolderPermissionMixin",
    "HomePermissionMixin",
    "Invitation",
    "NationalGroup",
    "NationalRole",
    "OwnedMixin",
    "ProfileValue",
    "Role",
]
