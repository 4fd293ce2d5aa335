// Back from the identity provider: the button presses itself.
"use strict";

document.querySelector("[data-send-at-once]")?.requestSubmit();
