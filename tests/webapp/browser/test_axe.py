"""The program that looks at every page (:mod:`tests.webapp.browser.test_pages`) sees what is wrong."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.webapp.browser.axe import axe_problems, carry_axe

TURNED = """<!DOCTYPE html><html lang="nb"><head><title>Snudd</title><style>
@media (orientation: landscape) { html { transform: rotate(90deg); } }
main { color: #ccc; background: #fff; }
</style></head><body><main><h1>Snudd</h1></main></body></html>"""


def test_it_finds_pale_words_each_time_and_what_the_styles_do_once(chromium: Browser) -> None:
    with chromium.new_context() as context:
        carry_axe(context)
        page = context.new_page()
        page.set_content(TURNED)

        found = [{one.partition(":")[0] for one in axe_problems(page)} for _ in range(2)]

    assert found == [{"color-contrast", "css-orientation-lock"}, {"color-contrast"}]
