"""Names in the demo network, for the tests that look at it."""

#: The site that has changed, hidden, added and moved, and has an open conflict.
ADAPTED = "santa-clara.localhost"
NATIONAL, EDITOR = "national", "santa-clara"
#: A chapter that national and the site above have changed in the same place, by its title.
CONTESTED = "Build a small team"
