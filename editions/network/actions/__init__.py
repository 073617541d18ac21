from .create_affiliate import CreateAffiliate
from .update_profile import UpdateProfile

__all__ = ["CreateAffiliate", "UpdateProfile"]
