"""Files that are wrong as a whole: what they hold, which mistake it is, and in which line."""

from __future__ import annotations

from typing import NamedTuple

from tests.answers_broken.workshop import good_text

GOOD_BYTES = good_text().encode()
LARGE = 1_990_000


class Whole(NamedTuple):
    """``line`` is None where no line can be named."""

    id: str
    content: bytes
    code: str
    line: int | None
    message: str


def _of_size(unit: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    return before + unit * ((LARGE - len(before) - len(after)) // len(unit)) + after


def _answers(entries: int) -> bytes:
    body = ",".join(f'"k{at}":1' for at in range(entries))
    return GOOD_BYTES.replace(b'"answers": {', b'"answers": {' + body.encode() + b",", 1)


WHOLE = [
    Whole("empty", b"", "not_json", 1, "Expecting value"),
    Whole("only a byte order mark", b"\xef\xbb\xbf", "not_json", 1, "Expecting value"),
    Whole("blank lines", b"\n\n \n", "not_json", 4, "Expecting value"),
    Whole("truncated", GOOD_BYTES[:700], "not_json", 27, "not JSON"),
    Whole(
        "a comma too many", GOOD_BYTES.replace(b"false\n", b"false,\n", 1), "not_json", 16, "property name"
    ),
    Whole("single quotes", GOOD_BYTES.replace(b'"2025"', b"'2025'"), "not_json", 5, "Expecting value"),
    Whole("a comment", GOOD_BYTES.replace(b'"period"', b'// year\n"period"'), "not_json", 5, "property name"),
    Whole("two documents", GOOD_BYTES + b"{}", "not_json", 50, "Extra data"),
    Whole("NUL inside a text", GOOD_BYTES.replace(b"2025", b"20\x0025"), "not_json", 5, "control character"),
    Whole(
        "a line break inside a text", GOOD_BYTES.replace(b"2025", b"20\n25"), "not_json", 5, "control char"
    ),
    Whole("YAML", b"questionnaire: bicycle_shop\nversion: 1.0.0\n", "not_json", 1, "Expecting value"),
    Whole("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", "not_utf8", 1, "UTF-8 at byte 0"),
    Whole("Latin-1", GOOD_BYTES.replace("ø".encode(), b"\xf8"), "not_utf8", 32, "not valid UTF-8"),
    Whole("UTF-16", good_text().encode("utf-16"), "not_utf8", 1, "byte 0"),
    Whole("half a surrogate pair", GOOD_BYTES.replace(b"2025", b"\xed\xa0\x80"), "not_utf8", 5, "not valid"),
    Whole("a mark and then Latin-1", b"\xef\xbb\xbf{\n\xf8", "not_utf8", 2, "at byte 5"),
    Whole("a list", b'[{"questionnaire": "bicycle_shop"}]', "wrong_value", 1, "an object, but is a list"),
    Whole("a text", b'"bicycle_shop"', "wrong_value", 1, "an object, but is text"),
    Whole("a number", b"12", "wrong_value", 1, "an object, but is a number"),
    Whole("null", b"null", "wrong_value", 1, "an object, but is empty"),
    Whole("nested nine deep", b'{"a":\n' + b"[" * 8 + b"]" * 8 + b"}", "too_deep", 2, "nested too deep"),
    Whole("nested a million deep", _of_size(b"["), "too_deep", 1, "nested too deep"),
    Whole("objects a million deep", _of_size(b'{"a":'), "too_deep", 1, "nested too deep"),
    Whole("too large", b" " * 2_000_001, "file_too_large", None, "2000001 bytes"),
    Whole("a list of a million", _of_size(b"1,", b"[", b"1]"), "too_many_values", 1, "too many values"),
    Whole("a list of empty objects", _of_size(b"{},", b"[", b"1]"), "too_many_values", 1, "too many values"),
    Whole("a text that never ends", _of_size(b'\\"', b'"'), "not_json", 1, "Unterminated"),
    Whole("quotes and backslashes", _of_size(b'\\"'), "not_json", 1, "Expecting value"),
    Whole("backslashes", _of_size(b"\\", b'["'), "not_json", 1, "Unterminated"),
    Whole("closing brackets only", _of_size(b"]"), "not_json", 1, "Expecting value"),
    Whole(
        "one key of two million letters", _of_size(b"a", b'{"', b'":1}'), "answers_unknown_key", 1, "aaa..."
    ),
    Whole("one text of two million letters", _of_size(b"a", b'"', b'"'), "wrong_value", 1, "is text"),
    Whole("40 000 unknown questions", _answers(40_000), "unknown_question", 17, "there is no question 'k0'"),
    Whole("the same key 90 000 times", b'{"a":1' + b',"a":1' * 90_000 + b"}", "duplicate_key", 1, "twice"),
]
