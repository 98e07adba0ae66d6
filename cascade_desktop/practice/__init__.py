"""A behaving Cascade service on loopback; shares no code with the rest."""
