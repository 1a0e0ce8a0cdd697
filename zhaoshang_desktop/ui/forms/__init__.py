"""Compiled from forms/*.ui; do not edit."""
