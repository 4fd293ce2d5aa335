"""What the documents of a pack share: words, when and where it is, and how people are shown to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reports.formatting import Voice, clean, shortened
from reports.gathering.material import PackMaterial, Person
from reports.qr import QrCode, qr_code
from reports.sections.learning import clock
from reports.translations.gathering import GATHERING_WORDS

LONGEST = 300
"""How many characters of a name, a title or a question are kept; there is no room for more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A person in words. ``company``: empty where there is none to show; ``role``: of facilitators alone.

    ``is_named``: whether the name is theirs, and not a word in its place.
    """

    name: str
    company: str
    role: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class PackDesk:
    """The material with the words to say it in. ``voices``: of the questionnaires, by id."""

    material: PackMaterial
    voice: Voice
    voices: Mapping[str, Voice]

    @property
    def participants(self) -> tuple[Person, ...]:
        """Those who come as participants, by name."""
        return tuple(sorted((one for one in self.material.people if not is_facilitator(one)), key=by_name))

    @property
    def title(self) -> str:
        """What the gathering is called."""
        return printed(self.material.gathering.title) or self.voice.words["unnamed"]

    @property
    def when(self) -> str:
        """Its day and time; empty when not set."""
        starts, ends = self.material.gathering.starts, self.material.gathering.ends
        if starts is None:
            return ""
        day = self.voice.date(starts.date())
        if ends is None or ends.date() != starts.date():
            return self.voice.say("at", day=day, time=clock(starts))
        return self.voice.say("from_to", day=day, time=clock(starts), until=clock(ends))

    @property
    def when_and_where(self) -> str:
        """Day, time and place on one line, as far as they are set."""
        return " · ".join(filter(None, (self.when, printed(self.material.gathering.place))))

    def question(self, questionnaire: str, question: str) -> str:
        """What a question asks; empty where no questionnaire of the pack has it."""
        voice = self.voices.get(questionnaire)
        return "" if voice is None else voice.texts.get(f"questions/{question}/text", "")

    def topic(self, topic: str) -> str:
        """What a topic asks (:func:`assessment.gathering.prework.topic_of`); empty as :meth:`question`."""
        questionnaire, _, question = topic.partition("/")
        return self.question(questionnaire, question)

    def questionnaire(self, id_: str) -> str:
        """What a questionnaire is called; empty where the pack has none of this id."""
        return self.voices[id_].texts["questionnaire/title"] if id_ in self.voices else ""

    def own_code(self, address: str | None) -> QrCode | None:
        """The code of somebody's own page; None without an address."""
        return qr_code(address, self.voice.words["own_page"]) if address else None

    def own(self, person: Person) -> Shown:
        """A person as they may see themselves."""
        name, role = printed(person.name), self.voice.words["facilitator"] if is_facilitator(person) else ""
        return Shown(name or self.voice.words[person.role], printed(person.company), role, bool(name))

    def shown(self, person: Person) -> Shown:
        """A person as others may see them: without consent a role, and no company."""
        return self.own(person if person.is_named else replace(person, name="", company=""))


def lay_out(material: PackMaterial) -> PackDesk:
    """The desk of one pack."""
    language = material.language
    words = GATHERING_WORDS[language]
    voices = {
        id_: Voice(language, words, one.words(language)) for id_, one in material.questionnaires.items()
    }
    return PackDesk(material, Voice(language, words, {}), voices)


def printed(text: str) -> str:
    """Somebody's text as one line of what can be printed and has room."""
    return shortened(clean(text), LONGEST)


def is_facilitator(person: Person) -> bool:
    """Whether they lead a table and are no participant."""
    return person.role == "facilitator"


def by_name(person: Person) -> tuple[str, str]:
    """What people are ordered by: their name whatever its case, then their id."""
    return (clean(person.name).casefold(), person.id)
