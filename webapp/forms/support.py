"""The forms of a directory of support, of looking something up in it, and of referrals to it.

Messages are keys of words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from pydantic import TypeAdapter, ValidationError
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, StopValidation

from assessment.support.matching import Wanted
from assessment.support.outcomes import OUTCOMES
from questionnaires.programme_values import Paragraph, WebAddress, Words
from questionnaires.scalars import forbidden_character
from questionnaires.support import ACTOR_KINDS, HELPS, MAX_PLACES, THEMES, SupportActor, SupportOffer
from questionnaires.values import LANGUAGES
from webapp.forms.texts import as_kept
from webapp.forms.versions import version_field

MAX_NAME, MAX_ABOUT, MAX_NOTE, MAX_SOUGHT, MAX_PLACE = 200, 2_000, 2_000, 100, 60
_ADDRESS = TypeAdapter(WebAddress)
_NEW = "new"


def _refuse_invisible(_form: Any, field: Any) -> None:
    """What a programme's file cannot hold."""
    if forbidden_character(field.data or "") is not None:
        raise StopValidation("programme.signs_wrong")


def _line(*more: Any, most: int = MAX_NAME) -> StringField:
    checks = [*more, Length(max=most, message="programme.too_long"), _refuse_invisible]
    return StringField(validators=checks, filters=[as_kept])


def _text() -> TextAreaField:
    checks = [Length(max=MAX_ABOUT, message="programme.too_long"), _refuse_invisible]
    return TextAreaField(validators=checks, filters=[as_kept])


class _AboutForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What an entry and an offer have in common: a description in every language or none, and pages."""

    about_nb, about_nn, about_en = _text(), _text(), _text()
    url = _line(most=1_000)
    base = version_field(0)

    def validate_about_nb(self, _field: Any) -> None:
        """In one language only it would be missing for others."""
        said = [bool(self[f"about_{language}"].data) for language in LANGUAGES]
        if any(said) and not all(said):
            raise StopValidation("support.languages_missing")

    def validate_url(self, field: Any) -> None:
        """Nothing, or an address of the web."""
        try:
            if field.data:
                _ADDRESS.validate_python(field.data)
        except ValidationError as error:
            raise StopValidation("programme.url_wrong") from error

    def _about(self) -> Paragraph | None:
        said = {language: self[f"about_{language}"].data for language in LANGUAGES}
        return Paragraph(**said) if all(said.values()) else None


class ActorForm(_AboutForm):
    """An organisation of the directory, without its offers."""

    name = _line(DataRequired("support.name_missing"))
    kind = StringField(validators=[AnyOf(ACTOR_KINDS, "support.kind_missing")])
    languages = SelectMultipleField(choices=list(LANGUAGES), validate_choice=False)
    source = _line()

    def validate_languages(self, field: Any) -> None:
        """None, or some of ours."""
        if not set(field.data or ()) <= set(LANGUAGES):
            raise StopValidation("support.language_wrong")

    @property
    def said(self) -> SupportActor:
        """What it says, once it is valid; its id and its offers are somebody else's."""
        return SupportActor(
            id=_NEW,
            name=_one(self.name.data),
            kind=self.kind.data,
            about=self._about(),
            url=self.url.data or None,
            languages=tuple(one for one in LANGUAGES if one in (self.languages.data or ())),
            source=_one(self.source.data) or None,
        )


class OfferForm(_AboutForm):
    """One offer. ``counties``, ``municipalities``: names, each on a line or with commas between."""

    title_nb = _line(DataRequired("support.title_missing"))
    title_nn = _line(DataRequired("support.title_missing"))
    title_en = _line(DataRequired("support.title_missing"))
    help = SelectMultipleField(choices=list(HELPS), validate_choice=False)
    themes = SelectMultipleField(choices=list(THEMES), validate_choice=False)
    counties = _text()
    municipalities = _text()

    def validate_help(self, field: Any) -> None:
        """At least one kind there is."""
        if not field.data or not set(field.data) <= set(HELPS):
            raise StopValidation("support.help_missing")

    def validate_themes(self, field: Any) -> None:
        """None, or some there are."""
        if not set(field.data or ()) <= set(THEMES):
            raise StopValidation("support.theme_wrong")

    def validate_counties(self, field: Any) -> None:
        """Not more than a directory holds."""
        names = _names(field.data)
        if len(names) > MAX_PLACES or any(len(name) > MAX_PLACE for name in names):
            raise StopValidation("support.places_many")

    def validate_municipalities(self, field: Any) -> None:
        """The same."""
        self.validate_counties(field)

    @property
    def said(self) -> SupportOffer:
        """What it says, once it is valid; its id is somebody else's."""
        return SupportOffer(
            id=_NEW,
            title=Words(**{language: _one(self[f"title_{language}"].data) for language in LANGUAGES}),
            about=self._about(),
            help=tuple(one for one in HELPS if one in self.help.data),
            themes=tuple(one for one in THEMES if one in (self.themes.data or ())),
            counties=_names(self.counties.data),
            municipalities=_names(self.municipalities.data),
            url=self.url.data or None,
        )


class ReferForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """Whom to refer a company to. ``offer``: ``<actor>.<offer>``; ``question``: empty for the whole."""

    offer = StringField(validators=[DataRequired("support.offer_missing")], filters=[as_kept])
    question = StringField(filters=[as_kept])
    note = TextAreaField(validators=[Length(max=MAX_NOTE, message="support.note_long")], filters=[as_kept])


class OutcomeForm(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """What came of a referral."""

    outcome = StringField(validators=[AnyOf(OUTCOMES, "support.outcome_missing")])
    note = TextAreaField(validators=[Length(max=MAX_NOTE, message="support.note_long")], filters=[as_kept])


def shown_actor(said: SupportActor, version: int) -> ActorForm:
    """The form of an entry as it stands."""
    content = {
        **_shown_about(said.about),
        "name": said.name,
        "kind": said.kind,
        "languages": list(said.languages),
        "source": said.source or "",
        "url": said.url or "",
        "base": version,
    }
    return ActorForm(formdata=None, data=content)


def shown_offer(said: SupportOffer, version: int) -> OfferForm:
    """The form of an offer as it stands."""
    content = {
        **_shown_about(said.about),
        **{f"title_{language}": getattr(said.title, language) for language in LANGUAGES},
        "help": list(said.help),
        "themes": list(said.themes),
        "counties": "\n".join(said.counties),
        "municipalities": "\n".join(said.municipalities),
        "url": said.url or "",
        "base": version,
    }
    return OfferForm(formdata=None, data=content)


def read_wanted(args: Mapping[str, Any]) -> Wanted:
    """What an address looks for; what nobody can choose counts as nothing."""
    theme, help_ = str(args.get("theme", "")), str(args.get("help", ""))
    return Wanted(
        theme=next((one for one in THEMES if one == theme), None),
        help=next((one for one in HELPS if one == help_), None),
        area=as_kept(str(args.get("area", ""))[:MAX_SOUGHT]),
        text=" ".join(as_kept(str(args.get("text", ""))[:MAX_SOUGHT]).split()),
    )


def _shown_about(about: Paragraph | None) -> dict[str, str]:
    return {f"about_{language}": "" if about is None else getattr(about, language) for language in LANGUAGES}


def _one(text: str | None) -> str:
    return " ".join((text or "").split())


def _names(text: str | None) -> tuple[str, ...]:
    found = (" ".join(name.split()) for name in re.split("[,;\n]", text or ""))
    return tuple(dict.fromkeys(name for name in found if name))
