"""Names for rows."""

from __future__ import annotations

import secrets

import pytest

from webapp.db.ids import ID_LENGTH, is_id, new_id


def test_no_name_is_taken_for_an_option_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["-" + "a" * 21, "b" * 22])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _bytes: next(made))

    assert new_id() == "b" * 22


def test_names_are_ids_and_none_comes_twice() -> None:
    found = {new_id() for _ in range(1000)}

    assert len(found) == 1000
    assert all(is_id(one) and len(one) == ID_LENGTH for one in found)
