"""Names in the demo network, for the tests that look at it."""

#: The site that has changed, hidden, added and moved, and has an open conflict.
ADAPTED = "santa-clara.localhost"
