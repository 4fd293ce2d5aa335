"""The sentences for every kind of problem: what is wrong, and what is allowed instead.

A plain table: code -> (message, allowed). Particulars in braces come from the problem.
"""

MESSAGES: dict[str, tuple[str, str]] = {
    # files
    "cannot_read": ("the file cannot be read: {reason}", "a file that can be read"),
    "file_too_large": ("the file is too large: {size} bytes", "at most {limit} bytes"),
    "folder_too_large": ("the files together are too large: {size} bytes", "at most {limit} bytes"),
    "not_a_file": ("this is a link, or not an ordinary file", "ordinary files"),
    "not_utf8": ("the file is not valid UTF-8 at byte {byte}", "text saved as UTF-8"),
    "missing_file": ("the file {name} is missing", "{name}"),
    "unknown_file": ("the file {name} does not belong here", "{names}"),
    "too_many_files": ("the folder holds too many files: {count}", "at most {limit}"),
    # YAML
    "not_yaml": ("this is not YAML: {reason}", "YAML 1.2"),
    "several_documents": ("a second document begins here", "one document in a file"),
    "alias": ("the alias *{name} is used", "write the value out; aliases are refused"),
    "anchor": ("the anchor &{name} is used", "write the value out; anchors are refused"),
    "tag": ("the tag {tag} is used", "plain values; tags are refused"),
    "duplicate_key": ("the key '{key}' is there twice, first in line {first}", "each key once"),
    "key_not_text": ("a key must be a word", "text as a key"),
    "not_a_number": ("{value} is not a number that can be used", "a finite number"),
    "directive": ("a directive (%YAML or %TAG) is used", "plain YAML 1.2; directives are refused"),
    "character": ("the character {character} is not allowed", "visible characters, spaces and line breaks"),
    "too_deep": ("the content is nested too deep", "at most {limit} levels"),
    "too_many_values": ("the file holds too many values", "at most {limit}"),
    "too_many_problems": ("the file has more mistakes than are listed here", "at most {limit} are listed"),
    # shape
    "too_many_entries": ("there are too many entries: {count}", "at most {limit}"),
    "unknown_key": ("the key '{key}' is not known{hint}", "{allowed_keys}"),
    "missing_key": ("the key '{key}' is missing", "the key '{key}' with its value"),
    "wrong_type": ("this must be {wanted}, but is {found}", "{wanted}"),
    "not_one_of": ("'{value}' is not one of the allowed values{hint}", "{choices}"),
    "bad_pattern": ("'{value}' is not written as it must be", "{wanted}"),
    "out_of_range": ("{value} is outside what is allowed", "{wanted}"),
    "bad_length": ("the text or list has the wrong length", "{wanted}"),
    "invalid": ("this cannot be used: {reason}", "what the documentation of the field says"),
    # a definition as a whole
    "folder_mismatch": ("the file says {found}, its folder or name says {wanted}", "{wanted}"),
    "duplicate_id": ("the id '{id}' is used twice, first in {first}", "ids are unique"),
    "unknown_question": ("there is no question '{id}'{hint}", "the id of a question"),
    "unknown_dimension": ("there is no dimension '{id}'{hint}", "{ids}"),
    "unknown_section": ("there is no section '{id}'{hint}", "{ids}"),
    "unknown_indicator": ("there is no indicator '{id}'", "{ids}"),
    "unknown_option": ("there is no option '{id}'{hint}", "{ids}"),
    "unknown_column": ("there is no such column in {table}: '{id}'", "{ids}"),
    "section_unlisted": ("the section '{id}' is not listed in questionnaire.yaml", "{ids}"),
    "weights_sum": ("the dimension weights sum to {sum}", "100"),
    "levels_incomplete": (
        "the levels 0 to 4 must each be described once, missing: {missing}",
        "0, 1, 2, 3, 4",
    ),
    "prefix": ("the id '{id}' does not begin with the name of a dimension or section", "{ids}"),
    "empty_dimension": (
        "no question counts towards the dimension '{id}'",
        "a section of this dimension, or no such dimension",
    ),
    # questions
    "field_not_for_kind": ("a {kind} question cannot have '{field}'", "{fields}"),
    "field_needed": ("a {kind} question needs '{field}'", "'{field}'"),
    "scored_kind": ("a {kind} question cannot score, but has weight {weight}", "weight 0"),
    "anchors_needed": (
        "a question with weight needs five anchors, or a score for each option",
        'the keys "0" to "4"',
    ),
    "anchors_or_options": ("anchors that score and options that score do not go together", "one of the two"),
    "breakpoints_count": ("there are {count} breakpoints", "four"),
    "breakpoints_order": ("the breakpoints are not strictly {order}", "four strictly {order} numbers"),
    "column_not_number": ("a column of text cannot have '{field}'", "kind: number"),
    "limits_order": (
        "the minimum {minimum} is above the maximum {maximum}",
        "a minimum of at most the maximum",
    ),
    "bundle_order": ("the bundles are not tried from high to low", "scores strictly descending"),
    "bundle_matches_nothing": ("the pattern '{pattern}' matches no option", "{ids}"),
    "bundle_too_few": ("{count} options cannot be reached: only {found} match", "at_least: {found} or less"),
    "computed_not_applicable": (
        "a computed question cannot be declared not applicable",
        "allows_not_applicable: false",
    ),
    "gate_not_applicable": (
        "'{id}' opens a gate, so it cannot be declared not applicable",
        "allows_not_applicable: false",
    ),
    "computed_order": ("the indicator {indicator} needs '{id}', which comes later", "earlier questions"),
    "computed_depth": ("a basic question cannot depend on the advanced question '{id}'", "basic questions"),
    "indicator_input_kind": ("'{id}' is a {kind} question", "{wanted}"),
    "indicator_inputs": ("the formula {formula} takes {wanted}", "{wanted}"),
    "indicator_cycle": ("the indicator {id} is computed from itself", "another question's answers"),
    # conditions
    "condition_syntax": ("the condition cannot be read: {reason}", "{grammar}"),
    "condition_unknown_name": (
        "the condition names '{name}', which does not exist{hint}",
        "profile.<fact>, <question>.value, <question>.score, <question>.state",
    ),
    "condition_types": ("the condition compares {left} with {right}", "like with like"),
    "condition_operand": ("{found} stands where {wanted} is needed", "{wanted}"),
    "condition_unknown_option": ("'{option}' is not an option of {name}{hint}", "{options}"),
    "condition_unknown_state": ("'{option}' is not a state", "{options}"),
    "condition_forward": ("the condition names '{name}', which comes later", "earlier questions and facts"),
    "condition_depth": (
        "a basic question cannot depend on the advanced question '{name}'",
        "basic questions",
    ),
    "condition_cycle": ("the conditions form a circle: {circle}", "questions that come earlier"),
    "condition_only_facts": ("only facts may stand here, not '{name}'", "profile.<fact>"),
    "never_shown": (
        "no profile and answers ever show the question '{id}'",
        "a condition that some profile and answers meet, or no condition",
    ),
    "condition_too_wide": (
        "the condition names too many answers to try every way it can come out",
        "at most {limit} ways: fewer questions, options and limits in one condition",
    ),
    "too_many_profiles": ("the conditions tell {count} profiles apart", "at most {limit}"),
    "thin_dimension": (
        "for the profile {profile} the dimension '{id}' asks {count} basic questions of weight {weight}",
        "at least 2 questions of weight 3 together",
    ),
    "gate_form": (
        "the gate could become true when an answer improves: {reason}",
        '< and <= on .score, == "unknown" on .state, joined with profile facts',
    ),
    "gate_never_binds": (
        "the gate can never hold the dimension below its raw level",
        "a limit some answers stay below, and a max_level the other answers rise above",
    ),
    # facts
    "derived_and_asked": ("a derived fact is not asked", "one of derived and asked_if"),
    "too_many_facts": ("{count} yes/no facts are asked", "at most {limit}"),
    "shared_fact": ("the fact '{id}' differs from the one in {other}: {field}", "the same in both"),
    # advice
    "advice_missing": ("the question '{id}' has no advice to {step}", "{step}"),
    "advice_needless": ("the question '{id}' needs no advice to {step}", "{steps}"),
    # translations
    "translation_missing": ("the text '{key}' is not translated to {language}", "the text in {language}"),
    "translation_stale": ('the source text has changed; revise this and set of: "{stamp}"', '"{stamp}"'),
    "translation_unstamped": (
        "the line 'of' is missing; when the text is right, set of: \"{stamp}\"",
        '"{stamp}"',
    ),
    "translation_unknown": (
        "there is no such text to translate: '{key}'{hint}",
        "the keys of the source text",
    ),
    "translation_language": ("the file says language {found}", "{wanted}"),
    "translation_not_text": ("a translation must be text, but is {found}", "text"),
    # versions
    "published_changed": (
        "the published version {id} {version} has changed: its checksum is {found}",
        "{wanted}, as in published.toml; change a draft instead",
    ),
    "published_missing": (
        "published.toml names {id} {version}, but there is no such folder",
        "the folder {version}, unchanged",
    ),
    "not_published": ("the version {id} {version} is not in published.toml", "a folder {version}-draft"),
    "version_step": ("the changes need a {needed} step, {old} to {new} is {found}", "{wanted} or later"),
    "published_toml": (
        "published.toml cannot be read: {reason}",
        '[<questionnaire>."<version>"] with sha256, and maybe retired and reasons',
    ),
    # answer files
    "not_json": ("this is not JSON: {reason}", ""),
    "answers_unknown_key": ("the key '{key}' is not known{hint}", "{allowed_keys}"),
    "unknown_questionnaire": ("there is no questionnaire '{id}'{hint}", "{ids}"),
    "unknown_version": ("the questionnaire '{id}' has no version '{version}'", "{ids}"),
    "definition_unusable": (
        "the questionnaire of this file cannot be used: {reason}",
        "a sound, unchanged version",
    ),
    "unknown_fact": ("there is no fact '{id}'{hint}", "{ids}"),
    "unknown_status": ("'{value}' is not a status", "{ids}"),
    "value_and_status": ("an answer cannot have both a value and the status {status}", "one of the two"),
    "no_value": ("the answer has neither a value nor a status", "value, or status"),
    "reason_missing": ("not applicable needs a reason", "a text in 'reason'"),
    "reason_misplaced": ("a reason goes with the status not_applicable only", "a comment instead"),
    "not_applicable_refused": ("the question '{id}' cannot be declared not applicable", "a value or unknown"),
    "computed_answer": ("the question '{id}' is computed and takes no answer", "no entry for it"),
    "wrong_value": ("this must be {wanted}, but is {found}", "{allowed_values}"),
    "number_form": ("{value} cannot be used as a number: {reason}", "{wanted}"),
    "number_range": ("{value} is outside what is allowed", "{wanted}"),
    "not_a_date": ("'{value}' is not a date", "YYYY-MM-DD"),
    "option_twice": ("the option '{id}' is chosen twice", "each option once"),
    "option_alone": ("the option '{id}' is chosen together with others", "'{id}' alone"),
    "options_clash": ("the options '{id}' and '{other}' cannot be chosen together", "one of them"),
    "option_requires": ("the option '{id}' needs another one beside it", "at least one of {ids}"),
    "nothing_chosen": ("no option is chosen", "at least one option, or no entry"),
    "text_too_long": ("the text is too long: {length} characters", "at most {limit}"),
    "text_empty": ("the text is empty", "some text, or no entry"),
    "too_many": ("there are too many entries: {count}", "at most {limit}"),
    "row_sum": ("the columns {columns} sum to {sum}", "at most {limit} in a row"),
    "orgnr": ("'{value}' is not an organisation number", "nine digits with a valid check digit"),
    "evidence_kind": ("'{value}' is not a kind of evidence", "{ids}"),
    "empty_row": ("the row is empty", "at least one cell, or no row"),
    # reports
    "cannot_write": ("the file cannot be written: {reason}", "a folder that can be written to"),
    "render_time": ("the PDF took too long and was given up: {reason}", "shorter texts"),
    "render_memory": ("the PDF took too much memory and was given up: {reason}", "shorter texts"),
    "render_crashed": ("the PDF could not be made: {reason}", ""),
    "render_refused": ("the PDF was refused: {reason}", ""),
    "previous_questionnaire": (
        "this is an answer file for '{found}', not for '{wanted}'",
        "an earlier answer file for the same questionnaire",
    ),
    "previous_organisation": (
        "this is an answer file of organisation {found}, not of {wanted}",
        "an earlier answer file of the same organisation",
    ),
    # branding files
    "colour_form": ("'{value}' is not a colour", "# and six hexadecimal digits, such as #0b5d4e"),
    "colour_contrast": (
        "the colour {value} has a contrast of {ratio}:1 against white",
        "a darker colour, with a contrast of at least {limit}:1",
    ),
    "address_form": (
        "'{value}' is not an address that can be printed",
        "https:// with a host and a path, without user name, spaces or #",
    ),
    "logo_outside": (
        "'{value}' is not in the folder of this file",
        "a file in this folder or below it, without .. and not as a full path",
    ),
    "image_format": (
        "{value}: this is not a PNG or JPEG image, whatever its name says",
        "a PNG or a JPEG file",
    ),
    "image_pixels": ("{value}: the image has too many pixels", "at most {limit} pixels, width times height"),
    "image_broken": ("{value}: the image is damaged", "an image that other programs open"),
    "image_limits": (
        "{value}: the image takes too much time or memory to read",
        "an image of ordinary size, saved anew",
    ),
    # warnings about answers
    "shares_sum": ("the shares {questions} sum to {sum} %", "at most 100 %"),
    "mass_balance": (
        "inflow {inflow} t and outflow {outflow} t differ by more than 20 %",
        "check stock build-up, moisture or missing flows",
    ),
    "not_asked_answer": ("the answer to '{id}' has no effect: the question is not asked", ""),
    "typed_beside_table": ("the typed share '{id}' has no effect: the table gives it", ""),
}
"""What each problem says. A message and what is allowed are sentences without a full stop."""
