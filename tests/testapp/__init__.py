"""A foreign page type: what a Wagtail project that never heard of toolkits would have."""
