"""What the parts of a cohort report share: the told tables by id, and the words to say them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.cohort.told import ToldTable
from reports.cohort.material import CohortMaterial
from reports.formatting import Voice, clean, shortened
from reports.translations.cohort import COHORT_WORDS

LONGEST_NAME = 70
"""How many characters of a region's, a sector's or an activity's name are shown."""

_LEVEL = "level."


@dataclass(frozen=True, slots=True)
class CohortDesk:
    """The material with what every part looks up in it.

    ``dimensions``: those of the release, in its order, told or not. ``tables``: the told ones by id.
    """

    material: CohortMaterial
    voice: Voice
    dimensions: tuple[str, ...]
    tables: Mapping[str, ToldTable]

    def count(self, owners: int) -> str:
        """A number of companies, with this language's mark between thousands."""
        return self.voice.decimal(str(owners))

    def share(self, percent: int) -> str:
        """A share to the nearest five percent; what rounds to none or to all is less than 5, more than 95."""
        key = {0: "percent_low", 100: "percent_high"}.get(percent, "percent")
        return self.voice.say(key, figure=percent)

    def steps(self, group: Sequence[str]) -> str:
        """What steps that are told together are called: "0–1", "under 80 %", "opp eller likt" …"""
        names = [self.voice.words[f"step_{step}"] for step in group]
        if names[0].isdigit():
            return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
        return self.voice.words.get(f"step_{'_'.join(group)}") or self.either(names)

    def either(self, names: list[str]) -> str:
        """Names told together: the first as it is, the others within the sentence."""
        rest = [name[:1].lower() + name[1:] for name in names[1:]]
        return f"{', '.join([names[0], *rest[:-1]])} {self.voice.words['or']} {rest[-1]}"


def lay_out(material: CohortMaterial) -> CohortDesk:
    """The desk of one report. KeyError later on where the questionnaire lacks what the release is of."""
    texts = material.questionnaire.words(material.language)
    whole = [one for one in material.release.tables if one.axis is None]
    return CohortDesk(
        material=material,
        voice=Voice(material.language, COHORT_WORDS[material.language], texts),
        dimensions=tuple(one.attribute.removeprefix(_LEVEL) for one in whole if one.id.startswith(_LEVEL)),
        tables={one.id: one for one in material.release.tables if one.is_told},
    )


def name_of(names: Mapping[str, str], id_: str) -> str:
    """A name somebody gave, as one line of what fits; the id where there is none that can be printed."""
    return shortened(clean(names.get(id_, "")) or clean(id_), LONGEST_NAME)
