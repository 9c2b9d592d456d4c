"""The embedded broker: kombu's SQLAlchemy transport, which is looked into often enough for a desk."""

from kombu.transport.sqlalchemy import Transport as SqlTransport


class Transport(SqlTransport):
    """A worker takes a message for each free hand and sleeps then: with kombu's second, two hands do two a second."""

    polling_interval = 0.2
