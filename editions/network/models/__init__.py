from .affiliates import Affiliate, AffiliateGroup, Role
from .invitations import Invitation
from .national import NationalGroup, NationalRole
from .openings import FormerAddress, Opening
from .ownership import OwnedMixin
from .profiles import ProfileValue
from .structure import FolderPermissionMixin, HomePermissionMixin

__all__ = [
    "Affiliate",
    "AffiliateGroup",
    "FolderPermissionMixin",
    "FormerAddress",
    "HomePermissionMixin",
    "Invitation",
    "NationalGroup",
    "NationalRole",
    "Opening",
    "OwnedMixin",
    "ProfileValue",
    "Role",
]
