"""Certificates of an invented authority, made anew for every run of the tests."""

import ssl
from datetime import UTC, datetime
from functools import cache

import trustme

HOST = "restapi.cascade.example"
"""The service behind a proxy: a name that leads nowhere else."""


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


def trusted() -> ssl.SSLContext:
    """Return a client's side that trusts the authority and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _authority().configure_trust(context)
    return context


def good() -> ssl.SSLContext:
    """Return a server's side as it should be."""
    return _server(_authority(), HOST, "127.0.0.1")


def self_signed() -> ssl.SSLContext:
    """Return a server's side that nobody vouches for."""
    return _server(trustme.CA(), HOST, "127.0.0.1")


def wrong_host() -> ssl.SSLContext:
    """Return a server's side with somebody else's certificate."""
    return _server(_authority(), "somebody.example")


def expired() -> ssl.SSLContext:
    """Return a server's side whose time has passed."""
    past = datetime(2020, 1, 1, tzinfo=UTC)
    return _server(_authority(), HOST, "127.0.0.1", until=past)


def curious() -> ssl.SSLContext:
    """Return a server's side that wants to see a certificate too, which nobody has."""
    context = good()
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def _server(ca: trustme.CA, *names: str, until: datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names, not_after=until).configure_cert(context)
    return context
