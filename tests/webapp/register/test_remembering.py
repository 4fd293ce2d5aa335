"""The register is asked once for what many want to know, and by few at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from webapp.register import remembering
from webapp.register.port import RegisterEntry, RegisterUnavailable
from webapp.register.remembering import AT_ONCE, KEPT_SECONDS, RememberingRegister

NUMBER, OTHER = "310028142", "310028150"


@dataclass
class Counting:
    """Counts what it is asked; ``is_away``: does not answer."""

    asked: list[str] = field(default_factory=list)
    is_away: bool = False

    def find(self, orgnr: str) -> RegisterEntry | None:
        self.asked.append(orgnr)
        if self.is_away:
            raise RegisterUnavailable(orgnr)
        return RegisterEntry(orgnr, "Eksempel AS") if orgnr == NUMBER else None

    def sub_units(self, orgnr: str) -> tuple[RegisterEntry, ...]:
        self.asked.append(f"under {orgnr}")
        return ()


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asked() -> Counting:
    return Counting()


@pytest.fixture
def register(asked: Counting, clock: Clock) -> RememberingRegister:
    return RememberingRegister(asked, clock)


def test_what_it_said_is_not_asked_again_for_ten_minutes(
    register: RememberingRegister, asked: Counting, clock: Clock
) -> None:
    first = register.find(NUMBER)
    clock.now += KEPT_SECONDS - 1
    again = register.find(NUMBER)
    clock.now += 1
    register.find(NUMBER)

    assert first == again == RegisterEntry(NUMBER, "Eksempel AS")
    assert asked.asked == [NUMBER, NUMBER]


def test_that_there_is_no_such_unit_is_remembered_too(register: RememberingRegister, asked: Counting) -> None:
    assert register.find(OTHER) is None
    assert register.find(OTHER) is None
    assert asked.asked == [OTHER]


def test_a_unit_and_those_under_it_are_two_questions(register: RememberingRegister, asked: Counting) -> None:
    register.find(NUMBER)
    register.sub_units(NUMBER)

    assert asked.asked == [NUMBER, f"under {NUMBER}"]


def test_that_it_was_away_is_forgotten_at_once(register: RememberingRegister, asked: Counting) -> None:
    asked.is_away = True
    with pytest.raises(RegisterUnavailable):
        register.find(NUMBER)
    asked.is_away = False

    assert register.find(NUMBER) is not None


def test_only_so_many_answers_are_kept(
    register: RememberingRegister, asked: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MOST_KEPT", 2)
    for number in ("1", "2", "3", "1"):
        register.find(number)

    assert asked.asked == ["1", "2", "3", "1"]


def test_whoever_comes_while_many_wait_for_it_is_told_at_once() -> None:
    waiting, go_on = threading.Semaphore(0), threading.Event()

    class Slow(Counting):
        def find(self, orgnr: str) -> RegisterEntry | None:
            waiting.release()
            go_on.wait(30)
            return super().find(orgnr)

    register = RememberingRegister(Slow())
    threads = [threading.Thread(target=register.find, args=[str(number)]) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
        assert waiting.acquire(timeout=30)

    with pytest.raises(RegisterUnavailable, match="too many"):
        register.find(NUMBER)

    go_on.set()
    for thread in threads:
        thread.join(30)
    assert register.find("0") is None
