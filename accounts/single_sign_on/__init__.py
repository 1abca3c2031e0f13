"""Signing in with the account of the agency: OpenID Connect."""
