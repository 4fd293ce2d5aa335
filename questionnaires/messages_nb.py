"""The sentences for every kind of problem in bokmål; codes and particulars as in :mod:`questionnaires.messages`.

Names that stand in the file itself (keys, ids, ``true``) are never translated.
"""

MESSAGES_NB: dict[str, tuple[str, str]] = {
    # files
    "cannot_read": ("filen kan ikke leses: {reason}", "en fil som kan leses"),
    "file_too_large": ("filen er for stor: {size} byte", "høyst {limit} byte"),
    "folder_too_large": ("filene er for store til sammen: {size} byte", "høyst {limit} byte"),
    "not_a_file": ("dette er en lenke, eller ikke en vanlig fil", "vanlige filer"),
    "not_utf8": ("filen er ikke gyldig UTF-8 ved byte {byte}", "lagre teksten som UTF-8"),
    "missing_file": ("filen {name} mangler", "{name}"),
    "unknown_file": ("filen {name} hører ikke hjemme her", "{names}"),
    "too_many_files": ("mappen inneholder for mange filer: {count}", "høyst {limit}"),
    # YAML
    "not_yaml": ("dette er ikke YAML: {reason}", "YAML 1.2"),
    "several_documents": ("her begynner et dokument til", "ett dokument i hver fil"),
    "alias": ("her er aliaset *{name} brukt", "skriv verdien helt ut; alias kan ikke brukes"),
    "anchor": ("her er ankeret &{name} brukt", "skriv verdien helt ut; ankere kan ikke brukes"),
    "tag": ("her er taggen {tag} brukt", "vanlige verdier; tagger kan ikke brukes"),
    "duplicate_key": ("nøkkelen «{key}» står to ganger, første gang: {first}", "hver nøkkel én gang"),
    "key_not_text": ("en nøkkel må være et ord", "tekst som nøkkel"),
    "not_a_number": ("{value} er ikke et tall som kan brukes", "et endelig tall"),
    "directive": ("her er et direktiv (%YAML eller %TAG) brukt", "ren YAML 1.2; direktiver kan ikke brukes"),
    "character": ("tegnet {character} kan ikke brukes", "synlige tegn, mellomrom og linjeskift"),
    "too_deep": ("innholdet er nøstet for dypt", "høyst {limit} nivåer"),
    "too_many_values": ("filen inneholder for mange verdier", "høyst {limit}"),
    "too_many_problems": (
        "filen har flere feil enn dem som er listet opp her",
        "høyst {limit} blir listet opp",
    ),
    # shape
    "too_many_entries": ("det er for mange oppføringer: {count}", "høyst {limit}"),
    "unknown_key": ("nøkkelen «{key}» er ukjent{hint}", "{allowed_keys}"),
    "missing_key": ("nøkkelen «{key}» mangler", "nøkkelen «{key}» med en verdi"),
    "wrong_type": ("dette skal være {wanted}, men er {found}", "{wanted}"),
    "not_one_of": ("«{value}» er ikke en av de tillatte verdiene{hint}", "{choices}"),
    "bad_pattern": ("«{value}» er ikke skrevet på riktig måte", "{wanted}"),
    "out_of_range": ("{value} er utenfor det som er tillatt", "{wanted}"),
    "bad_length": ("teksten eller listen har feil lengde", "{wanted}"),
    "invalid": ("dette kan ikke brukes: {reason}", "det dokumentasjonen sier om feltet"),
    # a definition as a whole
    "folder_mismatch": ("i filen står {found}, men mappen eller filen heter {wanted}", "{wanted}"),
    "duplicate_id": ("id-en «{id}» er brukt to ganger, første gang: {first}", "hver id bare én gang"),
    "unknown_question": ("det finnes ikke noe spørsmål «{id}»{hint}", "id-en til et spørsmål"),
    "unknown_dimension": ("det finnes ikke noen dimensjon «{id}»{hint}", "{ids}"),
    "unknown_section": ("det finnes ikke noen del «{id}»{hint}", "{ids}"),
    "unknown_indicator": ("det finnes ikke noen indikator «{id}»", "{ids}"),
    "unknown_option": ("det finnes ikke noe svaralternativ «{id}»{hint}", "{ids}"),
    "unknown_column": ("det finnes ikke noen slik kolonne i {table}: «{id}»", "{ids}"),
    "section_unlisted": ("delen «{id}» er ikke ført opp i questionnaire.yaml", "{ids}"),
    "weights_sum": ("vektene til dimensjonene er {sum} til sammen", "100"),
    "levels_incomplete": (
        "nivå 0 til 4 skal beskrives én gang hver, disse mangler: {missing}",
        "0, 1, 2, 3, 4",
    ),
    "prefix": ("id-en «{id}» begynner ikke med navnet på en dimensjon eller del", "{ids}"),
    "empty_dimension": (
        "ingen spørsmål teller med i dimensjonen «{id}»",
        "en del som hører til dimensjonen, eller ingen slik dimensjon",
    ),
    # questions
    "field_not_for_kind": ("et spørsmål av typen {kind} kan ikke ha «{field}»", "{fields}"),
    "field_needed": ("et spørsmål av typen {kind} må ha «{field}»", "«{field}»"),
    "scored_kind": ("et spørsmål av typen {kind} kan ikke gi poeng, men har vekt {weight}", "vekt 0"),
    "anchors_needed": (
        "et spørsmål med vekt må ha fem trinntekster (anchors), eller poeng på hvert svaralternativ",
        'nøklene "0" til "4"',
    ),
    "anchors_or_options": (
        "trinntekster (anchors) som gir poeng, kan ikke stå sammen med svaralternativer som gir poeng",
        "det ene av de to",
    ),
    "breakpoints_count": ("det er {count} grenseverdier (breakpoints)", "fire"),
    "breakpoints_order": (
        "grenseverdiene (breakpoints) er ikke strengt {order}",
        "fire strengt {order} tall",
    ),
    "column_not_number": ("en kolonne med tekst kan ikke ha «{field}»", "kind: number"),
    "limits_order": (
        "minimum {minimum} er høyere enn maksimum {maximum}",
        "et minimum som ikke er høyere enn maksimum",
    ),
    "bundle_order": ("gruppene (bundles) er ikke ordnet fra høy til lav", "poeng som synker for hver gruppe"),
    "bundle_matches_nothing": ("mønsteret «{pattern}» passer ikke med noe svaralternativ", "{ids}"),
    "bundle_too_few": (
        "det går ikke an å velge {count} svaralternativer her: bare {found} passer",
        "at_least: {found} eller lavere",
    ),
    "computed_not_applicable": (
        "et spørsmål som blir regnet ut, kan ikke settes til ikke relevant",
        "allows_not_applicable: false",
    ),
    "gate_not_applicable": (
        "«{id}» åpner en sperre og kan derfor ikke settes til ikke relevant",
        "allows_not_applicable: false",
    ),
    "computed_order": (
        "indikatoren {indicator} trenger «{id}», som kommer senere",
        "spørsmål som kommer før",
    ),
    "computed_depth": (
        "et spørsmål i basisdelen kan ikke avhenge av «{id}» i den avanserte delen",
        "spørsmål i basisdelen",
    ),
    "indicator_input_kind": ("«{id}» er et spørsmål av typen {kind}", "{wanted}"),
    "indicator_inputs": ("formelen {formula} trenger {wanted}", "{wanted}"),
    "indicator_cycle": ("indikatoren {id} blir regnet ut av seg selv", "svar på et annet spørsmål"),
    # conditions
    "condition_syntax": ("vilkåret kan ikke leses: {reason}", "{grammar}"),
    "condition_unknown_name": (
        "vilkåret nevner «{name}», som ikke finnes{hint}",
        "profile.<fact>, <question>.value, <question>.score, <question>.state",
    ),
    "condition_types": ("vilkåret sammenligner {left} med {right}", "to av samme slag"),
    "condition_operand": ("her står {found} der det skal stå {wanted}", "{wanted}"),
    "condition_unknown_option": ("«{option}» er ikke et svaralternativ i {name}{hint}", "{options}"),
    "condition_unknown_state": ("«{option}» er ikke en tilstand", "{options}"),
    "condition_forward": (
        "vilkåret nevner «{name}», som kommer senere",
        "spørsmål og opplysninger som kommer før",
    ),
    "condition_depth": (
        "et spørsmål i basisdelen kan ikke avhenge av «{name}» i den avanserte delen",
        "spørsmål i basisdelen",
    ),
    "condition_cycle": ("vilkårene går i ring: {circle}", "spørsmål som kommer før"),
    "condition_only_facts": (
        "her kan det bare stå opplysninger om bedriften, ikke «{name}»",
        "profile.<fact>",
    ),
    "never_shown": (
        "ingen profil og ingen svar gjør at spørsmålet «{id}» blir vist",
        "et vilkår som noen profiler og svar oppfyller, eller ikke noe vilkår",
    ),
    "condition_too_wide": (
        "vilkåret nevner så mange svar at vi ikke kan prøve alle utfallene",
        "høyst {limit} utfall: færre spørsmål, svaralternativer og grenser i ett vilkår",
    ),
    "too_many_profiles": ("vilkårene skiller mellom {count} profiler", "høyst {limit}"),
    "thin_dimension": (
        "for profilen {profile} har dimensjonen «{id}» så mange spørsmål i basisdelen: {count}, "
        "med vekt til sammen: {weight}",
        "minst 2 spørsmål med vekt 3 til sammen",
    ),
    "gate_form": (
        "sperren kan slå inn når et svar blir bedre: {reason}",
        '< og <= med .score, == "unknown" med .state, bundet sammen med opplysninger fra profilen',
    ),
    "gate_never_binds": (
        "sperren kan aldri holde dimensjonen under nivået den ellers ville fått",
        "en grense som noen svar ligger under, og et max_level som de andre svarene kommer over",
    ),
    # facts
    "derived_and_asked": (
        "en opplysning som følger av andre, blir det ikke spurt om",
        "enten derived eller asked_if",
    ),
    "too_many_facts": ("det blir spurt om {count} ja/nei-opplysninger", "høyst {limit}"),
    "shared_fact": (
        "opplysningen «{id}» er ikke lik den i {other}: {field}",
        "det samme i begge spørreskjemaene",
    ),
    # advice
    "advice_missing": ("spørsmålet «{id}» mangler råd for {step}", "{step}"),
    "advice_needless": ("spørsmålet «{id}» trenger ikke råd for {step}", "{steps}"),
    # translations
    "translation_missing": ("teksten «{key}» er ikke oversatt til {language}", "teksten på {language}"),
    "translation_stale": (
        'kildeteksten er endret; se over oversettelsen og sett of: "{stamp}"',
        '"{stamp}"',
    ),
    "translation_unstamped": (
        'linjen «of» mangler; når teksten er riktig, sett of: "{stamp}"',
        '"{stamp}"',
    ),
    "translation_unknown": (
        "det finnes ikke noen slik tekst å oversette: «{key}»{hint}",
        "nøklene i kildeteksten",
    ),
    "translation_language": ("i filen står språket {found}", "{wanted}"),
    "translation_not_text": ("en oversettelse skal være tekst, men er {found}", "tekst"),
    # versions
    "published_changed": (
        "den publiserte versjonen {id} {version} er endret: sjekksummen er {found}",
        "{wanted}, som i published.toml; gjør endringen i et utkast",
    ),
    "published_missing": (
        "published.toml nevner {id} {version}, men det finnes ikke noen slik mappe",
        "mappen {version}, uendret",
    ),
    "not_published": ("versjonen {id} {version} står ikke i published.toml", "en mappe {version}-draft"),
    "version_step": (
        "endringene krever et steg av typen {needed}, men {old} til {new} er {found}",
        "{wanted} eller senere",
    ),
    "published_toml": (
        "published.toml kan ikke leses: {reason}",
        '[<questionnaire>."<version>"] med sha256, og eventuelt retired og reasons',
    ),
    # answer files
    "not_json": ("dette er ikke JSON: {reason}", ""),
    "answers_unknown_key": ("nøkkelen «{key}» er ukjent{hint}", "{allowed_keys}"),
    "unknown_questionnaire": ("det finnes ikke noe spørreskjema «{id}»{hint}", "{ids}"),
    "unknown_version": ("spørreskjemaet «{id}» har ingen versjon «{version}»", "{ids}"),
    "definition_unusable": (
        "spørreskjemaet som filen viser til, kan ikke brukes: {reason}",
        "en versjon uten feil og uten endringer",
    ),
    "unknown_fact": ("det finnes ikke noen opplysning «{id}»{hint}", "{ids}"),
    "unknown_status": ("«{value}» er ikke en status", "{ids}"),
    "value_and_status": ("et svar kan ikke ha både en verdi og statusen {status}", "det ene av de to"),
    "no_value": ("svaret har verken verdi eller status", "value eller status"),
    "reason_missing": ("ikke relevant (not_applicable) må ha en begrunnelse", "en tekst i «reason»"),
    "reason_misplaced": (
        "en begrunnelse (reason) hører bare til statusen not_applicable",
        "skriv teksten i «comment»",
    ),
    "not_applicable_refused": (
        "spørsmålet «{id}» kan ikke settes til ikke relevant",
        "en verdi, eller statusen unknown",
    ),
    "computed_answer": ("spørsmålet «{id}» blir regnet ut og skal ikke ha svar", "ta det bort fra filen"),
    "wrong_value": ("dette skal være {wanted}, men er {found}", "{allowed_values}"),
    "number_form": ("{value} kan ikke brukes som tall: {reason}", "{wanted}"),
    "number_range": ("{value} er utenfor det som er tillatt", "{wanted}"),
    "not_a_date": ("«{value}» er ikke en dato", "ÅÅÅÅ-MM-DD, for eksempel 2026-03-01"),
    "option_twice": ("svaralternativet «{id}» er valgt to ganger", "hvert svaralternativ én gang"),
    "option_alone": ("svaralternativet «{id}» er valgt sammen med andre", "«{id}» alene"),
    "options_clash": ("svaralternativene «{id}» og «{other}» kan ikke velges sammen", "det ene av dem"),
    "option_requires": ("svaralternativet «{id}» må ha et annet ved siden av seg", "minst ett av {ids}"),
    "nothing_chosen": (
        "ingen svaralternativer er valgt",
        "velg minst ett svaralternativ, eller ta spørsmålet bort fra filen",
    ),
    "text_too_long": ("teksten er for lang: {length} tegn", "høyst {limit}"),
    "text_empty": ("teksten er tom", "skriv en tekst, eller ta feltet bort"),
    "too_many": ("det er for mange oppføringer: {count}", "høyst {limit}"),
    "row_sum": ("kolonnene {columns} er {sum} til sammen", "høyst {limit} i en rad"),
    "orgnr": (
        "«{value}» er ikke et organisasjonsnummer",
        "ni sifre der det siste stemmer som kontrollsiffer",
    ),
    "evidence_kind": ("«{value}» er ikke en type dokumentasjon", "{ids}"),
    "empty_row": ("raden er tom", "fyll ut minst én celle, eller ta raden bort"),
    # reports
    "cannot_write": ("filen kan ikke skrives: {reason}", "en mappe det går an å skrive til"),
    "render_time": (
        "det tok for lang tid å lage PDF-en, og forsøket ble avbrutt: {reason}",
        "kortere tekster",
    ),
    "render_memory": (
        "det gikk med for mye minne til å lage PDF-en, og forsøket ble avbrutt: {reason}",
        "kortere tekster",
    ),
    "render_crashed": ("PDF-en kunne ikke lages: {reason}", ""),
    "render_refused": ("PDF-en ble avvist: {reason}", ""),
    "previous_questionnaire": (
        "dette er en svarfil for «{found}», ikke for «{wanted}»",
        "en tidligere svarfil for samme spørreskjema",
    ),
    "previous_organisation": (
        "dette er en svarfil fra organisasjon {found}, ikke fra {wanted}",
        "en tidligere svarfil fra samme organisasjon",
    ),
    # branding files
    "colour_form": ("«{value}» er ikke en farge", "# og seks heksadesimale sifre, for eksempel #0b5d4e"),
    "colour_contrast": (
        "fargen {value} har kontrasten {ratio}:1 mot hvitt",
        "en mørkere farge, med en kontrast på minst {limit}:1",
    ),
    "address_form": (
        "«{value}» er ikke en adresse som kan trykkes",
        "https:// med vert og sti, uten brukernavn, mellomrom og #",
    ),
    "logo_outside": (
        "«{value}» ligger ikke i mappen til denne filen",
        "en fil i denne mappen eller under den, uten .. og ikke som full sti",
    ),
    "image_format": (
        "{value}: dette er ikke et PNG- eller JPEG-bilde, uansett hva filen heter",
        "en PNG- eller JPEG-fil",
    ),
    "image_pixels": ("{value}: bildet har for mange piksler", "høyst {limit} piksler, bredde ganger høyde"),
    "image_broken": ("{value}: bildet er skadet", "et bilde som andre programmer kan åpne"),
    "image_limits": (
        "{value}: det tar for mye tid eller minne å lese bildet",
        "et bilde av vanlig størrelse, lagret på nytt",
    ),
    # warnings about answers
    "shares_sum": ("andelene {questions} er {sum} prosent til sammen", "høyst 100 prosent"),
    "mass_balance": (
        "det er mer enn 20 prosent forskjell på {inflow} tonn inn og {outflow} tonn ut",
        "se etter lageroppbygging, fuktighet eller strømmer som mangler",
    ),
    "not_asked_answer": ("svaret på «{id}» teller ikke med: spørsmålet blir ikke stilt", ""),
    "typed_beside_table": (
        "andelen dere har skrevet i «{id}», teller ikke med: den blir regnet ut fra tabellen",
        "",
    ),
}
"""What each problem says in bokmål. A message and what is allowed are sentences without a full stop."""
