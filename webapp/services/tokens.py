"""Secrets that are handed out once and kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
"""No vowels, so that no words come out, and nothing that looks like something else."""

CODE_LENGTH = 6


def new_token() -> str:
    """43 characters with 256 random bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A short code people can read aloud; it only helps together with a link."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def hash_of(secret: str) -> str:
    """What is kept of a secret. Fast on purpose: what it hashes cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def hash_of_code(code: str) -> str:
    """As ``hash_of`` for a code as people type it: case, spaces and dashes do not matter."""
    return hash_of("".join(sign for sign in code.upper() if sign.isalnum()))
