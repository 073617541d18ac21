from .affiliates import Affiliate, AffiliateGroup, Role
from .ownership import OwnedMixin
from .profiles import ProfileValue

__all__ = ["Affiliate", "AffiliateGroup", "OwnedMixin", "ProfileValue", "Role"]
