"""What days must be, where case studies have always found it; the library's records use the same."""

from campaign_library.validators import DAY_HELP, validate_day, validate_past_day

__all__ = ["DAY_HELP", "validate_day", "validate_past_day"]
