from .affiliates import Affiliate, AffiliateGroup, Role
from .ownership import OwnedMixin
from .profiles import ProfileValue
from .structure import FolderPermissionMixin, HomePermissionMixin

__all__ = [
    "Affiliate",
    "AffiliateGroup",
    "FolderPermissionMixin",
    "HomePermissionMixin",
    "OwnedMixin",
    "ProfileValue",
    "Role",
]
