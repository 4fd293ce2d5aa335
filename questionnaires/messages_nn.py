"""The sentences for every kind of problem in nynorsk; codes and particulars as in :mod:`questionnaires.messages`.

Names that stand in the file itself (keys, ids, ``true``) are never translated.
"""

MESSAGES_NN: dict[str, tuple[str, str]] = {
    # files
    "cannot_read": ("fila kan ikkje lesast: {reason}", "ei fil som kan lesast"),
    "file_too_large": ("fila er for stor: {size} byte", "høgst {limit} byte"),
    "folder_too_large": ("filene er for store til saman: {size} byte", "høgst {limit} byte"),
    "not_a_file": ("dette er ei lenkje, eller ikkje ei vanleg fil", "vanlege filer"),
    "not_utf8": ("fila er ikkje gyldig UTF-8 ved byte {byte}", "lagre teksten som UTF-8"),
    "missing_file": ("fila {name} manglar", "{name}"),
    "unknown_file": ("fila {name} høyrer ikkje heime her", "{names}"),
    "too_many_files": ("det er for mange filer i mappa: {count}", "høgst {limit}"),
    # YAML
    "not_yaml": ("dette er ikkje YAML: {reason}", "YAML 1.2"),
    "several_documents": ("her byrjar eit dokument til", "eitt dokument i kvar fil"),
    "alias": ("her er aliaset *{name} brukt", "skriv verdien heilt ut; alias kan ikkje brukast"),
    "anchor": ("her er ankeret &{name} brukt", "skriv verdien heilt ut; anker kan ikkje brukast"),
    "tag": ("her er taggen {tag} brukt", "vanlege verdiar; taggar kan ikkje brukast"),
    "duplicate_key": ("nøkkelen «{key}» står to gonger, første gongen: {first}", "kvar nøkkel éin gong"),
    "key_not_text": ("ein nøkkel må vere eit ord", "tekst som nøkkel"),
    "not_a_number": ("{value} er ikkje eit tal som kan brukast", "eit endeleg tal"),
    "directive": (
        "her er eit direktiv (%YAML eller %TAG) brukt",
        "rein YAML 1.2; direktiv kan ikkje brukast",
    ),
    "character": ("teiknet {character} kan ikkje brukast", "synlege teikn, mellomrom og linjeskift"),
    "too_deep": ("innhaldet er nøsta for djupt", "høgst {limit} nivå"),
    "too_many_values": ("det er for mange verdiar i fila", "høgst {limit}"),
    "too_many_problems": (
        "fila har fleire feil enn dei som er lista opp her",
        "høgst {limit} blir lista opp",
    ),
    # shape
    "too_many_entries": ("det er for mange oppføringar: {count}", "høgst {limit}"),
    "unknown_key": ("nøkkelen «{key}» er ukjend{hint}", "{allowed_keys}"),
    "missing_key": ("nøkkelen «{key}» manglar", "nøkkelen «{key}» med ein verdi"),
    "wrong_type": ("dette skal vere {wanted}, men er {found}", "{wanted}"),
    "not_one_of": ("«{value}» er ikkje ein av dei tillatne verdiane{hint}", "{choices}"),
    "bad_pattern": ("«{value}» er ikkje skrive på rett måte", "{wanted}"),
    "out_of_range": ("{value} er utanfor det som er tillate", "{wanted}"),
    "bad_length": ("teksten eller lista har feil lengd", "{wanted}"),
    "invalid": ("dette kan ikkje brukast: {reason}", "det dokumentasjonen seier om feltet"),
    # a definition as a whole
    "folder_mismatch": ("i fila står {found}, men mappa eller fila heiter {wanted}", "{wanted}"),
    "duplicate_id": ("id-en «{id}» er brukt to gonger, første gongen: {first}", "kvar id berre éin gong"),
    "unknown_question": ("det finst ikkje noko spørsmål «{id}»{hint}", "id-en til eit spørsmål"),
    "unknown_dimension": ("det finst ikkje nokon dimensjon «{id}»{hint}", "{ids}"),
    "unknown_section": ("det finst ikkje nokon del «{id}»{hint}", "{ids}"),
    "unknown_indicator": ("det finst ikkje nokon indikator «{id}»", "{ids}"),
    "unknown_option": ("det finst ikkje noko svaralternativ «{id}»{hint}", "{ids}"),
    "unknown_column": ("det finst ikkje nokon slik kolonne i {table}: «{id}»", "{ids}"),
    "section_unlisted": ("delen «{id}» er ikkje ført opp i questionnaire.yaml", "{ids}"),
    "weights_sum": ("vektene til dimensjonane er {sum} til saman", "100"),
    "levels_incomplete": (
        "nivå 0 til 4 skal skildrast éin gong kvar, desse manglar: {missing}",
        "0, 1, 2, 3, 4",
    ),
    "prefix": ("id-en «{id}» byrjar ikkje med namnet på ein dimensjon eller del", "{ids}"),
    "empty_dimension": (
        "ingen spørsmål tel med i dimensjonen «{id}»",
        "ein del som høyrer til dimensjonen, eller ingen slik dimensjon",
    ),
    # questions
    "field_not_for_kind": ("eit spørsmål av typen {kind} kan ikkje ha «{field}»", "{fields}"),
    "field_needed": ("eit spørsmål av typen {kind} må ha «{field}»", "«{field}»"),
    "scored_kind": ("eit spørsmål av typen {kind} kan ikkje gi poeng, men har vekt {weight}", "vekt 0"),
    "anchors_needed": (
        "eit spørsmål med vekt må ha fem trinntekstar (anchors), eller poeng på kvart svaralternativ",
        'nøklane "0" til "4"',
    ),
    "anchors_or_options": (
        "trinntekstar (anchors) som gir poeng, kan ikkje stå saman med svaralternativ som gir poeng",
        "det eine av dei to",
    ),
    "breakpoints_count": ("det er {count} grenseverdiar (breakpoints)", "fire"),
    "breakpoints_order": (
        "grenseverdiane (breakpoints) er ikkje strengt {order}",
        "fire strengt {order} tal",
    ),
    "column_not_number": ("ei kolonne med tekst kan ikkje ha «{field}»", "kind: number"),
    "limits_order": (
        "minimum {minimum} er høgare enn maksimum {maximum}",
        "eit minimum som ikkje er høgare enn maksimum",
    ),
    "bundle_order": ("gruppene (bundles) er ikkje ordna frå høg til låg", "poeng som søkk for kvar gruppe"),
    "bundle_matches_nothing": ("mønsteret «{pattern}» passar ikkje med noko svaralternativ", "{ids}"),
    "bundle_too_few": (
        "det går ikkje an å velje {count} svaralternativ her: berre {found} passar",
        "at_least: {found} eller lågare",
    ),
    "computed_not_applicable": (
        "eit spørsmål som blir rekna ut, kan ikkje setjast til ikkje relevant",
        "allows_not_applicable: false",
    ),
    "gate_not_applicable": (
        "«{id}» opnar ei sperre og kan difor ikkje setjast til ikkje relevant",
        "allows_not_applicable: false",
    ),
    "computed_order": ("indikatoren {indicator} treng «{id}», som kjem seinare", "spørsmål som kjem før"),
    "computed_depth": (
        "eit spørsmål i basisdelen kan ikkje vere avhengig av «{id}» i den avanserte delen",
        "spørsmål i basisdelen",
    ),
    "indicator_input_kind": ("«{id}» er eit spørsmål av typen {kind}", "{wanted}"),
    "indicator_inputs": ("formelen {formula} treng {wanted}", "{wanted}"),
    "indicator_cycle": ("indikatoren {id} blir rekna ut av seg sjølv", "svar på eit anna spørsmål"),
    # conditions
    "condition_syntax": ("vilkåret kan ikkje lesast: {reason}", "{grammar}"),
    "condition_unknown_name": (
        "vilkåret nemner «{name}», som ikkje finst{hint}",
        "profile.<fact>, <question>.value, <question>.score, <question>.state",
    ),
    "condition_types": ("vilkåret samanliknar {left} med {right}", "to av same slag"),
    "condition_operand": ("her står {found} der det skal stå {wanted}", "{wanted}"),
    "condition_unknown_option": ("«{option}» er ikkje eit svaralternativ i {name}{hint}", "{options}"),
    "condition_unknown_state": ("«{option}» er ikkje ein tilstand", "{options}"),
    "condition_forward": (
        "vilkåret nemner «{name}», som kjem seinare",
        "spørsmål og opplysningar som kjem før",
    ),
    "condition_depth": (
        "eit spørsmål i basisdelen kan ikkje vere avhengig av «{name}» i den avanserte delen",
        "spørsmål i basisdelen",
    ),
    "condition_cycle": ("vilkåra går i ring: {circle}", "spørsmål som kjem før"),
    "condition_only_facts": (
        "her kan det berre stå opplysningar om verksemda, ikkje «{name}»",
        "profile.<fact>",
    ),
    "never_shown": (
        "ingen profil og ingen svar gjer at spørsmålet «{id}» blir vist",
        "eit vilkår som nokre profilar og svar oppfyller, eller ikkje noko vilkår",
    ),
    "condition_too_wide": (
        "vilkåret nemner så mange svar at vi ikkje kan prøve alle utfalla",
        "høgst {limit} utfall: færre spørsmål, svaralternativ og grenser i eitt vilkår",
    ),
    "too_many_profiles": ("vilkåra skil mellom {count} profilar", "høgst {limit}"),
    "thin_dimension": (
        "for profilen {profile} har dimensjonen «{id}» så mange spørsmål i basisdelen: {count}, "
        "med vekt til saman: {weight}",
        "minst 2 spørsmål med vekt 3 til saman",
    ),
    "gate_form": (
        "sperra kan slå inn når eit svar blir betre: {reason}",
        '< og <= med .score, == "unknown" med .state, bundne saman med opplysningar frå profilen',
    ),
    "gate_never_binds": (
        "sperra kan aldri halde dimensjonen under nivået han elles ville ha fått",
        "ei grense som nokre svar ligg under, og eit max_level som dei andre svara kjem over",
    ),
    # facts
    "derived_and_asked": (
        "ei opplysning som følgjer av andre, blir det ikkje spurt om",
        "anten derived eller asked_if",
    ),
    "too_many_facts": ("det blir spurt om {count} ja/nei-opplysningar", "høgst {limit}"),
    "shared_fact": (
        "opplysninga «{id}» er ikkje lik den i {other}: {field}",
        "det same i begge spørjeskjemaa",
    ),
    # advice
    "advice_missing": ("spørsmålet «{id}» manglar råd for {step}", "{step}"),
    "advice_needless": ("spørsmålet «{id}» treng ikkje råd for {step}", "{steps}"),
    # translations
    "translation_missing": ("teksten «{key}» er ikkje omsett til {language}", "teksten på {language}"),
    "translation_stale": (
        'kjeldeteksten er endra; sjå over omsetjinga og set of: "{stamp}"',
        '"{stamp}"',
    ),
    "translation_unstamped": (
        'linja «of» manglar; når teksten er rett, set of: "{stamp}"',
        '"{stamp}"',
    ),
    "translation_unknown": (
        "det finst ikkje nokon slik tekst å omsetje: «{key}»{hint}",
        "nøklane i kjeldeteksten",
    ),
    "translation_language": ("i fila står språket {found}", "{wanted}"),
    "translation_not_text": ("ei omsetjing skal vere tekst, men er {found}", "tekst"),
    # versions
    "published_changed": (
        "den publiserte versjonen {id} {version} er endra: sjekksummen er {found}",
        "{wanted}, som i published.toml; gjer endringa i eit utkast",
    ),
    "published_missing": (
        "published.toml nemner {id} {version}, men det finst ikkje noka slik mappe",
        "mappa {version}, uendra",
    ),
    "not_published": ("versjonen {id} {version} står ikkje i published.toml", "ei mappe {version}-draft"),
    "version_step": (
        "endringane krev eit steg av typen {needed}, men {old} til {new} er {found}",
        "{wanted} eller seinare",
    ),
    "published_toml": (
        "published.toml kan ikkje lesast: {reason}",
        '[<questionnaire>."<version>"] med sha256, og eventuelt retired og reasons',
    ),
    # answer files
    "not_json": ("dette er ikkje JSON: {reason}", ""),
    "answers_unknown_key": ("nøkkelen «{key}» er ukjend{hint}", "{allowed_keys}"),
    "unknown_questionnaire": ("det finst ikkje noko spørjeskjema «{id}»{hint}", "{ids}"),
    "unknown_version": ("spørjeskjemaet «{id}» har ingen versjon «{version}»", "{ids}"),
    "definition_unusable": (
        "spørjeskjemaet som fila viser til, kan ikkje brukast: {reason}",
        "ein versjon utan feil og utan endringar",
    ),
    "unknown_fact": ("det finst ikkje noka opplysning «{id}»{hint}", "{ids}"),
    "unknown_status": ("«{value}» er ikkje ein status", "{ids}"),
    "value_and_status": ("eit svar kan ikkje ha både ein verdi og statusen {status}", "det eine av dei to"),
    "no_value": ("svaret har verken verdi eller status", "value eller status"),
    "reason_missing": ("ikkje relevant (not_applicable) må ha ei grunngjeving", "ein tekst i «reason»"),
    "reason_misplaced": (
        "ei grunngjeving (reason) høyrer berre til statusen not_applicable",
        "skriv teksten i «comment»",
    ),
    "not_applicable_refused": (
        "spørsmålet «{id}» kan ikkje setjast til ikkje relevant",
        "ein verdi, eller statusen unknown",
    ),
    "computed_answer": ("spørsmålet «{id}» blir rekna ut og skal ikkje ha svar", "ta det bort frå fila"),
    "wrong_value": ("dette skal vere {wanted}, men er {found}", "{allowed_values}"),
    "number_form": ("{value} kan ikkje brukast som tal: {reason}", "{wanted}"),
    "number_range": ("{value} er utanfor det som er tillate", "{wanted}"),
    "not_a_date": ("«{value}» er ikkje ein dato", "ÅÅÅÅ-MM-DD, til dømes 2026-03-01"),
    "option_twice": ("svaralternativet «{id}» er valt to gonger", "kvart svaralternativ éin gong"),
    "option_alone": ("svaralternativet «{id}» er valt saman med andre", "«{id}» åleine"),
    "options_clash": ("svaralternativa «{id}» og «{other}» kan ikkje veljast saman", "det eine av dei"),
    "option_requires": ("svaralternativet «{id}» må ha eit anna ved sida av seg", "minst eitt av {ids}"),
    "nothing_chosen": (
        "ingen svaralternativ er valde",
        "vel minst eitt svaralternativ, eller ta spørsmålet bort frå fila",
    ),
    "text_too_long": ("teksten er for lang: {length} teikn", "høgst {limit}"),
    "text_empty": ("teksten er tom", "skriv ein tekst, eller ta feltet bort"),
    "too_many": ("det er for mange oppføringar: {count}", "høgst {limit}"),
    "row_sum": ("kolonnene {columns} er {sum} til saman", "høgst {limit} i ei rad"),
    "orgnr": (
        "«{value}» er ikkje eit organisasjonsnummer",
        "ni siffer der det siste stemmer som kontrollsiffer",
    ),
    "evidence_kind": ("«{value}» er ikkje ein type dokumentasjon", "{ids}"),
    "empty_row": ("rada er tom", "fyll ut minst éi celle, eller ta rada bort"),
    # reports
    "cannot_write": ("fila kan ikkje skrivast: {reason}", "ei mappe det går an å skrive til"),
    "render_time": (
        "det tok for lang tid å lage PDF-en, og forsøket blei avbrote: {reason}",
        "kortare tekstar",
    ),
    "render_memory": (
        "det gjekk med for mykje minne til å lage PDF-en, og forsøket blei avbrote: {reason}",
        "kortare tekstar",
    ),
    "render_crashed": ("PDF-en kunne ikkje lagast: {reason}", ""),
    "render_refused": ("PDF-en blei avvist: {reason}", ""),
    "previous_questionnaire": (
        "dette er ei svarfil for «{found}», ikkje for «{wanted}»",
        "ei tidlegare svarfil for same spørjeskjemaet",
    ),
    "previous_organisation": (
        "dette er ei svarfil frå organisasjon {found}, ikkje frå {wanted}",
        "ei tidlegare svarfil frå same organisasjonen",
    ),
    # branding files
    "colour_form": ("«{value}» er ikkje ein farge", "# og seks heksadesimale siffer, til dømes #0b5d4e"),
    "colour_contrast": (
        "fargen {value} har kontrasten {ratio}:1 mot kvitt",
        "ein mørkare farge, med ein kontrast på minst {limit}:1",
    ),
    "address_form": (
        "«{value}» er ikkje ei adresse som kan trykkjast",
        "https:// med vert og sti, utan brukarnamn, mellomrom og #",
    ),
    "logo_outside": (
        "«{value}» ligg ikkje i mappa til denne fila",
        "ei fil i eller under denne mappa, utan .. og ikkje som full sti",
    ),
    "image_format": (
        "{value}: dette er ikkje eit PNG- eller JPEG-bilete, uansett kva fila heiter",
        "ei PNG- eller JPEG-fil",
    ),
    "image_pixels": ("{value}: biletet har for mange pikslar", "høgst {limit} pikslar, breidd gonger høgd"),
    "image_broken": ("{value}: biletet er skadd", "eit bilete som andre program kan opne"),
    "image_limits": (
        "{value}: det tek for mykje tid eller minne å lese biletet",
        "eit bilete av vanleg storleik, lagra på nytt",
    ),
    # warnings about answers
    "shares_sum": ("prosentane i {questions} er {sum} til saman", "høgst 100 prosent"),
    "mass_balance": (
        "det er meir enn 20 prosent skilnad på {inflow} tonn inn og {outflow} tonn ut",
        "sjå etter lageroppbygging, fukt eller straumar som manglar",
    ),
    "not_asked_answer": ("svaret på «{id}» tel ikkje med: spørsmålet blir ikkje stilt", ""),
    "typed_beside_table": (
        "prosenten de har skrive i «{id}», tel ikkje med: han blir rekna ut frå tabellen",
        "",
    ),
}
"""What each problem says in nynorsk. A message and what is allowed are sentences without a full stop."""
