"""The record of every campaign: intents before requests, results after, in one SQLite file."""
