"""Words that are put into a message as particulars: English -> (bokmål, nynorsk).

``{}`` stands for any text and is taken over; other programs' words (of the YAML, JSON and TOML
readers and the operating system) are here as far as people meet them.
"""

PHRASES: dict[str, tuple[str, str]] = {
    # what a value is
    "empty": ("tomt", "tomt"),
    "true or false": ("true eller false", "true eller false"),
    "a mapping": ("et sett med nøkler og verdier", "eit sett med nøklar og verdiar"),
    "a list": ("en liste", "ei liste"),
    "text": ("tekst", "tekst"),
    "a number": ("et tall", "eit tal"),
    "a number with decimals": ("et tall med desimaler", "eit tal med desimalar"),
    "a whole number": ("et heltall", "eit heiltal"),
    "an object": ("et objekt", "eit objekt"),
    "a row": ("en rad", "ei rad"),
    "a list of rows": ("en liste med rader", "ei liste med rader"),
    "a list of ids": ("en liste med id-er", "ei liste med id-ar"),
    "a list of option ids": (
        "en liste med id-er til svaralternativer",
        "ei liste med id-ar til svaralternativ",
    ),
    "a list of objects": ("en liste med objekter", "ei liste med objekt"),
    "an object with {}": ("et objekt med {}", "eit objekt med {}"),
    "the id of an option in quotes": (
        "id-en til et svaralternativ, i anførselstegn",
        "id-en til eit svaralternativ, i hermeteikn",
    ),
    "text in quotes": ("tekst i anførselstegn", "tekst i hermeteikn"),
    "text (in quotes if it looks like a number)": (
        "tekst (i anførselstegn hvis den ligner et tall)",
        "tekst (i hermeteikn om han liknar eit tal)",
    ),
    "a boolean": ("en ja/nei-verdi", "ein ja/nei-verdi"),
    "a text": ("en tekst", "ein tekst"),
    "an empty list": ("en tom liste", "ei tom liste"),
    "a single value": ("en enkelt verdi", "ein enkelt verdi"),
    # limits
    "a number of at most {} digits and {} decimals, such as {}": (
        "skriv tallet uten enhet, for eksempel {2}; høyst {0} sifre og {1} desimaler",
        "skriv talet utan eining, til dømes {2}; høgst {0} siffer og {1} desimalar",
    ),
    "a finite number": ("et endelig tall", "eit endeleg tal"),
    "some text": ("skriv en tekst", "skriv ein tekst"),
    "at most {} characters": ("høyst {} tegn", "høgst {} teikn"),
    "at most {} digits": ("høyst {} sifre", "høgst {} siffer"),
    "at most {} decimals": ("høyst {} desimaler", "høgst {} desimalar"),
    "at most {}": ("høyst {}", "høgst {}"),
    "at least {}": ("minst {}", "minst {}"),
    "more than {}": ("mer enn {}", "meir enn {}"),
    "above {}": ("mer enn {}", "meir enn {}"),
    "above {} {} or less": ("mer enn {} og høyst {}", "meir enn {} og høgst {}"),
    "{} or more": ("{} eller mer", "{} eller meir"),
    "{} or less": ("{} eller mindre", "{} eller mindre"),
    "{} to {}": ("{} til {}", "{} til {}"),
    "the pattern {}": ("mønsteret {}", "mønsteret {}"),
    "ascending": ("stigende", "stigande"),
    "descending": ("synkende", "søkkande"),
    # where something stood before
    "above": ("lenger oppe", "lenger oppe"),
    "line {}": ("linje {}", "linje {}"),
    "option {}": ("svaralternativ {}", "svaralternativ {}"),
    "column {}": ("kolonne {}", "kolonne {}"),
    "place {}": ("plass {}", "plass {}"),
    # definitions
    "none of its own": ("ingen egne felt", "ingen eigne felt"),
    "none: it has no weight": ("ingen: spørsmålet har ikke vekt", "ingen: spørsmålet har ikkje vekt"),
    "no step": ("ikke noe steg", "ikkje noko steg"),
    "without facts": ("uten opplysninger", "utan opplysningar"),
    "one number question": ("ett spørsmål av typen number", "eitt spørsmål av typen number"),
    "one table": ("én tabell", "éin tabell"),
    "a table of inflows and a table of outflows": (
        "en tabell over det som går inn, og en over det som går ut",
        "ein tabell over det som går inn, og ein over det som går ut",
    ),
    "a table and a number question": (
        "en tabell og et spørsmål av typen number",
        "ein tabell og eit spørsmål av typen number",
    ),
    "a basic activity builds on no other": (
        "en aktivitet i basisdelen bygger ikke på noen annen",
        "ein aktivitet i basisdelen byggjer ikkje på nokon annan",
    ),
    "what helps with questions names their questionnaire": (
        "det som hjelper med spørsmål, må si hvilket spørreskjema de står i",
        "det som hjelper med spørsmål, må seie kva for spørjeskjema dei står i",
    ),
    "an end needs a beginning": (
        "det som har en slutt, må også ha en start",
        "det som har ein slutt, må også ha ein start",
    ),
    "the end is not after the beginning": ("slutten er ikke etter starten", "slutten er ikkje etter starten"),
    "a chapter begins after the one before it": (
        "et kapittel begynner etter det som står foran",
        "eit kapittel byrjar etter det som står føre",
    ),
    "a role is named twice": ("en rolle står to ganger", "ei rolle står to gonger"),
    "the pattern YYYY-MM-DDTHH:MMZ: a moment in UTC, with seconds if wanted": (
        "et tidspunkt i UTC, som 2027-02-03T08:00Z, gjerne med sekunder",
        "eit tidspunkt i UTC, som 2027-02-03T08:00Z, gjerne med sekund",
    ),
    "the pattern https:// or http:// with a host, without user name or spaces": (
        "https:// eller http:// med et domene, uten brukernavn og mellomrom",
        "https:// eller http:// med eit domene, utan brukarnamn og mellomrom",
    ),
    # conditions
    '||, &&, !, ==, !=, <, <=, >, >=, in, "text", numbers, true, false, dotted names': (
        '||, &&, !, ==, !=, <, <=, >, >=, in, "tekst", tall, true, false, navn med punktum',
        '||, &&, !, ==, !=, <, <=, >, >=, in, "tekst", tal, true, false, namn med punktum',
    ),
    "{} (column {})": ("{} (kolonne {})", "{} (kolonne {})"),
    "the condition breaks off": ("vilkåret slutter midt i", "vilkåret sluttar midt i"),
    "{} is not expected here": ("her kan det ikke stå {}", "her kan det ikkje stå {}"),
    "this is not part of a condition": ("dette kan ikke stå i et vilkår", "dette kan ikkje stå i eit vilkår"),
    "a condition is at most {} characters long": (
        "et vilkår kan ha høyst {} tegn",
        "eit vilkår kan ha høgst {} teikn",
    ),
    "a condition is nested at most {} deep": (
        "et vilkår kan være nøstet i høyst {} nivåer",
        "eit vilkår kan vere nøsta i høgst {} nivå",
    ),
    "substring({}, {}) is not a cut within {} to {}": (
        "substring({}, {}) er ikke et utsnitt mellom {} og {}",
        "substring({}, {}) er ikkje eit utsnitt mellom {} og {}",
    ),
    "! stands before an answer": ("! står foran et svar", "! står framfor eit svar"),
    "an answer is compared in another way": (
        "et svar er sammenlignet på en annen måte",
        "eit svar er samanlikna på ein annan måte",
    ),
    # numbers in answers
    "it is not finite": ("det er ikke endelig", "det er ikkje endeleg"),
    "it is not written as a number": ("det er ikke skrevet som et tall", "det er ikkje skrive som eit tal"),
    "its exponent is beyond {}": ("eksponenten er utenfor ±{}", "eksponenten er utanfor ±{}"),
    "it is too long": ("det er for langt", "det er for langt"),
    "it has more than {} decimals": ("det har mer enn {} desimaler", "det har meir enn {} desimalar"),
    "it has more than {} digits": ("det har mer enn {} sifre", "det har meir enn {} siffer"),
    # files and the operating system
    "it is not a file": ("det er ikke en fil", "det er ikkje ei fil"),
    "it is larger than {} bytes": ("filen er større enn {} byte", "fila er større enn {} byte"),
    "it is nested too deep": ("innholdet er nøstet for dypt", "innhaldet er nøsta for djupt"),
    "No such file or directory": ("filen finnes ikke", "fila finst ikkje"),
    "Permission denied": ("dere har ikke tilgang til filen", "de har ikkje tilgang til fila"),
    "Is a directory": ("det er en mappe", "det er ei mappe"),
    "Not a directory": ("en del av stien er ikke en mappe", "ein del av stien er ikkje ei mappe"),
    "No such device or address": ("det er ikke en fil", "det er ikkje ei fil"),
    "File name too long": ("filnavnet er for langt", "filnamnet er for langt"),
    "Input/output error": ("disken svarer ikke som den skal", "disken svarer ikkje som han skal"),
    "Read-only file system": (
        "her kan filer bare leses, ikke skrives",
        "her kan filer berre lesast, ikkje skrivast",
    ),
    "No space left on device": ("disken er full", "disken er full"),
    "Too many levels of symbolic links": ("lenkene går i ring", "lenkjene går i ring"),
    "Too many open files": ("for mange filer er åpne", "for mange filer er opne"),
    "embedded null byte": ("filnavnet inneholder et nulltegn", "filnamnet inneheld eit nullteikn"),
    # JSON
    "Expecting value": ("her mangler en verdi", "her manglar ein verdi"),
    "Expecting property name enclosed in double quotes": (
        "her skal det stå en nøkkel i anførselstegn",
        "her skal det stå ein nøkkel i hermeteikn",
    ),
    "Expecting {} delimiter": ("her mangler tegnet {}", "her manglar teiknet {}"),
    "Extra data": ("det står noe mer etter slutten", "det står noko meir etter slutten"),
    "Unterminated string starting at": (
        "teksten som begynner her, mangler anførselstegn til slutt",
        "teksten som byrjar her, manglar hermeteikn til slutt",
    ),
    "Invalid control character at": ("her står et usynlig tegn", "her står eit usynleg teikn"),
    "Invalid \\escape": ("dette tegnet kan ikke stå etter \\", "dette teiknet kan ikkje stå etter \\"),
    "Invalid \\escape: {}": ("dette tegnet kan ikke stå etter \\", "dette teiknet kan ikkje stå etter \\"),
    "Invalid \\uXXXX escape": (
        "etter \\u skal det stå fire heksadesimale sifre",
        "etter \\u skal det stå fire heksadesimale siffer",
    ),
    "Illegal trailing comma before end of {}": (
        "her står det et komma for mye før slutten",
        "her står det eit komma for mykje før slutten",
    ),
    # YAML
    "did not find expected node content": ("her mangler en verdi", "her manglar ein verdi"),
    "did not find expected key": (
        "her skal det stå en nøkkel; se på innrykket",
        "her skal det stå ein nøkkel; sjå på innrykket",
    ),
    "did not find expected '-' indicator": (
        "her skal det stå en bindestrek; se på innrykket",
        "her skal det stå ein bindestrek; sjå på innrykket",
    ),
    "did not find expected ',' or '}'": ("her mangler , eller }", "her manglar , eller }"),
    "did not find expected ',' or ']'": ("her mangler , eller ]", "her manglar , eller ]"),
    "did not find expected comment or line break": (
        "her skal linjen være slutt",
        "her skal linja vere slutt",
    ),
    "did not find expected alphabetic or numeric character": (
        "her skal det stå en bokstav eller et siffer",
        "her skal det stå ein bokstav eller eit siffer",
    ),
    "did not find expected hexdecimal number": (
        "her skal det stå et heksadesimalt tall",
        "her skal det stå eit heksadesimalt tal",
    ),
    "did not find expected tag URI": ("her skal taggen ha en adresse", "her skal taggen ha ei adresse"),
    "did not find expected <document start>": (
        "her står det noe mer etter slutten",
        "her står det noko meir etter slutten",
    ),
    "could not find expected ':'": ("her mangler et kolon", "her manglar eit kolon"),
    "mapping values are not allowed in this context": (
        "her kan det ikke stå et kolon; sett teksten i anførselstegn, eller se på innrykket",
        "her kan det ikkje stå eit kolon; set teksten i hermeteikn, eller sjå på innrykket",
    ),
    "block sequence entries are not allowed in this context": (
        "her kan ikke en liste begynne; se på innrykket",
        "her kan ikkje ei liste byrje; sjå på innrykket",
    ),
    "block mapping keys are not allowed in this context": (
        "her kan det ikke stå en nøkkel; se på innrykket",
        "her kan det ikkje stå ein nøkkel; sjå på innrykket",
    ),
    "found character that cannot start any token": (
        "ingenting kan begynne med dette tegnet; bruk mellomrom, ikke tabulator, og anførselstegn om teksten",
        "ingenting kan byrje med dette teiknet; bruk mellomrom, ikkje tabulator, og hermeteikn om teksten",
    ),
    "found a tab character where an indentation space is expected": (
        "innrykket er laget med tabulator; bruk mellomrom",
        "innrykket er laga med tabulator; bruk mellomrom",
    ),
    "found unexpected end of stream": (
        "filen slutter inne i en tekst; se etter et anførselstegn som mangler",
        "fila sluttar inne i ein tekst; sjå etter eit hermeteikn som manglar",
    ),
    "found unexpected document indicator": (
        "her står --- eller ... inne i en tekst",
        "her står --- eller ... inne i ein tekst",
    ),
    "found unexpected ':'": ("her kan det ikke stå et kolon", "her kan det ikkje stå eit kolon"),
    "found unknown escape character": (
        "dette tegnet kan ikke stå etter \\",
        "dette teiknet kan ikkje stå etter \\",
    ),
    "found unknown directive name": ("dette direktivet er ukjent", "dette direktivet er ukjent"),
    "found undefined tag handle": ("denne taggen er ukjent", "denne taggen er ukjend"),
    # TOML
    "TOMLDecodeError: {} (at line {}, column {})": (
        "{} (linje {}, kolonne {})",
        "{} (linje {}, kolonne {})",
    ),
    "TOMLDecodeError: {} (at end of document)": ("{} (på slutten av filen)", "{} (på slutten av fila)"),
    "PermissionError: {}": ("dere har ikke tilgang til filen", "de har ikkje tilgang til fila"),
    "IsADirectoryError: {}": ("det er en mappe", "det er ei mappe"),
    "UnicodeDecodeError: {}": ("filen er ikke gyldig UTF-8", "fila er ikkje gyldig UTF-8"),
    "Invalid value": ("verdien kan ikke leses", "verdien kan ikkje lesast"),
    "Invalid statement": ("linjen kan ikke leses", "linja kan ikkje lesast"),
    "Invalid initial character for a key part": (
        "en nøkkel kan ikke begynne slik",
        "ein nøkkel kan ikkje byrje slik",
    ),
    "Unterminated string": (
        "teksten mangler anførselstegn til slutt",
        "teksten manglar hermeteikn til slutt",
    ),
    "Unclosed array": ("listen mangler ] til slutt", "lista manglar ] til slutt"),
    "Unclosed inline table": ("tabellen mangler } til slutt", "tabellen manglar } til slutt"),
    "Cannot overwrite a value": ("nøkkelen har en verdi fra før", "nøkkelen har ein verdi frå før"),
    "Cannot declare {} twice": ("{} står to ganger", "{} står to gonger"),
    "Illegal character {}": ("tegnet {} kan ikke stå her", "teiknet {} kan ikkje stå her"),
    "Found invalid character {}": ("tegnet {} kan ikke stå her", "teiknet {} kan ikkje stå her"),
    "Expected {} after a key in a key/value pair": (
        "det skal stå {} etter nøkkelen",
        "det skal stå {} etter nøkkelen",
    ),
    "Expected {} at the end of a table declaration": (
        "det skal stå {} til slutt på linjen",
        "det skal stå {} til slutt på linja",
    ),
    "Expected newline or end of document after a statement": (
        "her skal linjen være slutt",
        "her skal linja vere slutt",
    ),
    # shape, in the words of Pydantic
    "Field required": ("noe som må være her, mangler", "noko som må vere her, manglar"),
    "Extra inputs are not permitted": ("nøkkelen er ukjent", "nøkkelen er ukjend"),
    "String should match pattern {}": (
        "teksten skal følge mønsteret {}",
        "teksten skal følgje mønsteret {}",
    ),
    "String should have at most {} character{}": (
        "teksten kan ha høyst {} tegn",
        "teksten kan ha høgst {} teikn",
    ),
    "Input should be a valid string": ("dette skal være tekst", "dette skal vere tekst"),
    "Input should be a valid boolean": (
        "dette skal være true eller false",
        "dette skal vere true eller false",
    ),
    "Input should be a valid dictionary": (
        "dette skal være et sett med nøkler og verdier",
        "dette skal vere eit sett med nøklar og verdiar",
    ),
    "Input should be a valid dictionary or instance of {}": (
        "dette skal være et sett med nøkler og verdier",
        "dette skal vere eit sett med nøklar og verdiar",
    ),
    "Input should be a valid integer, got a number with a fractional part": (
        "dette skal være et heltall",
        "dette skal vere eit heiltal",
    ),
    # what somebody may have meant
    "; did you mean '{}'?": ("; kanskje dere mente «{}»", "; kanskje de meinte «{}»"),
}
"""Of two templates that fit, the longer one is taken."""
