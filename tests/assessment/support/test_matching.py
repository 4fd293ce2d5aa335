"""Which offers fit what somebody looks for, and which a dimension that scores low."""

from __future__ import annotations

import pytest

from assessment.support.matching import Wanted, areas_of, find_actors, offers_for
from questionnaires.programme_values import Paragraph, Words
from questionnaires.support import Help, SupportActor, SupportOffer, Theme


def offer(
    id_: str,
    themes: tuple[Theme, ...] = (),
    help_: tuple[Help, ...] = ("advice",),
    counties: tuple[str, ...] = (),
    municipalities: tuple[str, ...] = (),
) -> SupportOffer:
    title = Words(nb=f"Tilbud {id_}", nn=f"Tilbod {id_}", en=f"Offer {id_}")
    return SupportOffer(
        id=id_, title=title, help=help_, themes=themes, counties=counties, municipalities=municipalities
    )


def actor(id_: str, *offers: SupportOffer) -> SupportActor:
    return SupportActor(id=id_, name=f"Eksempel {id_}", kind="other", offers=offers)


FUND = actor("fund", offer("loan", ("design",), ("financing",)), offer("any"))
COUNTY = actor("county", offer("rules", ("symbiosis",), ("regulation",), counties=("Eksempelfylket",)))
TOWN = actor("town", offer("land", ("symbiosis",), ("land",), municipalities=("Eksempelvik",)))
ALL = (FUND, COUNTY, TOWN)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(Wanted(), {"loan", "any", "rules", "land"}, id="anything"),
        pytest.param(Wanted(theme="design"), {"loan", "any"}, id="what is for every theme fits each"),
        pytest.param(Wanted(help="regulation"), {"rules"}, id="a kind of help"),
        pytest.param(Wanted(area="Eksempelvik"), {"loan", "any", "land"}, id="the whole country fits too"),
        pytest.param(Wanted(text="OFFER LO"), set(), id="a text of another language"),
        pytest.param(Wanted(text="tilbud LO"), {"loan"}, id="a text, whatever its capitals"),
        pytest.param(Wanted(text="eksempel town"), {"land"}, id="the name of who offers"),
        pytest.param(Wanted(theme="symbiosis", help="financing"), set(), id="both must fit one offer"),
    ],
)
def test_what_is_looked_for_is_found(wanted: Wanted, found: set[str]) -> None:
    assert {one.id for actor in find_actors(ALL, wanted, "nb") for one in actor.offers} == found


def test_a_text_is_found_over_the_end_of_a_line() -> None:
    about = Paragraph(nb="Lån til grønn\nvekst", nn="Lån til grøn vekst", en="Loans for green growth")
    told = FUND.model_copy(update={"about": about})

    assert find_actors([told], Wanted(text="grønn vekst"), "nb")
    assert not find_actors([told], Wanted(text="vekst Tilbud"), "nb")  # the title is another text


def matched(theme: str, municipality: str, *, most: int = 9) -> list[str]:
    by_key = {f"row-{one.id}": one for one in ALL}
    return [one.offer.id for one in offers_for(theme, by_key, municipality, most=most)]


def test_the_closest_offer_comes_first_and_general_ones_last() -> None:
    assert matched("symbiosis", "Eksempelvik") == ["land", "rules", "any"]
    assert matched("symbiosis", "eksempelvik", most=1) == ["land"]


def test_an_offer_for_other_municipalities_alone_is_left_out() -> None:
    assert matched("symbiosis", "Eksempelby") == ["rules", "any"]
    assert matched("symbiosis", "") == ["rules", "land", "any"]


def test_each_actor_is_named_once_with_its_closest_offer() -> None:
    assert matched("design", "") == ["loan"]


def test_places_are_named_once_in_order() -> None:
    assert areas_of(ALL) == ("Eksempelfylket", "Eksempelvik")
