"""Events: when and where, calendars, lists by place, and how readers register one of their own."""
