"""custfocus: how customer-focused an organisation is, what holds it back, what to do next."""

__version__ = "0.1.0"
