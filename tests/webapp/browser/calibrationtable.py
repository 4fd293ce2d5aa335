"""The pages of calibration and the states they can be in."""

from __future__ import annotations

from tests.webapp.browser import deeds
from tests.webapp.browser.calibrations import ENOUGH, FEW, within
from tests.webapp.browser.rows import PageRow

_LIST, _QUESTION, _WHO = "calibration.show_calibration", "calibration.show_question", "method_owner"

CALIBRATION = (
    PageRow("calibration", _LIST, _WHO, within()),
    PageRow("calibration opened", _LIST, _WHO, within(), deeds.open_everything),
    PageRow("calibration empty", _LIST, _WHO, within("?rounds=later")),
    PageRow("calibration question", _QUESTION, _WHO, within(f"/questions/{ENOUGH}")),
    PageRow("calibration question few", _QUESTION, _WHO, within(f"/questions/{FEW}")),
    PageRow("calibration question unknown", "", _WHO, within("/questions/nothing"), None, 404),
)
