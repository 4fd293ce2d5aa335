"""What a cohort report is made from: a frozen release, and the names it is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assessment.cohort.members import Tag
from assessment.cohort.publishing import Release
from questionnaires.model import Questionnaire
from questionnaires.values import Language
from reports.branding import NO_BRANDING, Branding


@dataclass(frozen=True, slots=True)
class CohortMaterial:
    """One release, in one language, with one programme's look.

    ``questionnaire``: the version the release's dimensions and questions are of. ``released_on``: the day of
    the release, the only time in the report. ``regions``, ``sectors``, ``activities``: names by the ids of
    the cohort's layout; an id without a name is shown as it is. ``tags``: by question, what a gap in it is
    mostly a lack of; questions without one are shown without. Of the release, its basis is never looked at.
    """

    release: Release
    questionnaire: Questionnaire
    language: Language
    programme: str
    cohort: str
    released_on: date
    regions: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, Tag] = field(default_factory=dict)
    branding: Branding = NO_BRANDING
