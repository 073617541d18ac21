"""Affiliates and national, as in the network's own tests."""

from tests.network.conftest import national_home

__all__ = ["national_home"]
