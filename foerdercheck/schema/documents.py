"""The schemas of budgets, histories and results, whole and as text."""

import json
from collections.abc import Callable, Mapping
from itertools import chain

from foerdercheck.model.angaben import BUDGETBLAETTER
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.beihilfeangaben import HISTORIENBLAETTER
from foerdercheck.model.budget import Budget
from foerdercheck.model.zuordnung import Zuordnung
from foerdercheck.programmes import load_version, programme_ids, programme_titles, versions
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.schema.explanations import Erklaerungen
from foerdercheck.schema.mapping import explained
from foerdercheck.schema.records import Definitions
from foerdercheck.schema.result_documents import ResultDefinitions
from foerdercheck.schema.results import Ergebnisdokument, Kontodokument
from foerdercheck.schema.values import Schema, words_schema
from foerdercheck.schema.vergleich_results import Vergleichsdokument
from foerdercheck.schema.vocabulary import VocabularySchemas


def budget_schema(eigene_fassung: Fassung | None = None) -> Schema:
    """Return the JSON Schema of a budget; it accepts every budget that `check` can read, and some more.

    `eigene_fassung` is a programme of the user's own: its words hold whatever programme the budget names.
    """
    if eigene_fassung is not None:
        vocabulary = VocabularySchemas([eigene_fassung])
        return _budget([eigene_fassung], [vocabulary.schema()], vocabulary.schemas)
    fassungen = {programm: [load_version(file) for file in versions(programm)] for programm in programme_ids()}
    vocabularies = [VocabularySchemas(of_programme) for of_programme in fassungen.values()]
    titles = list(chain.from_iterable(programme_titles().values()))
    conditions = [{"properties": {"foerderprogramm": words_schema(list(fassungen), auch=titles)}}]
    conditions += [vocabulary.condition() for vocabulary in vocabularies]
    schemas = {name: schema for vocabulary in vocabularies for name, schema in vocabulary.schemas.items()}
    return _budget([of_programme[-1] for of_programme in fassungen.values()], conditions, schemas)


def _budget(fassungen: list[Fassung], conditions: list[Schema], schemas: Mapping[str, Schema]) -> Schema:
    """Return the schema of a budget with what programmes add; `fassungen` are those whose Ziffern are named."""
    definitions = Definitions(Erklaerungen(BUDGETBLAETTER, fassungen).of)
    title = "Projektbudget, das foerdercheck check prüft"
    root = {**definitions.record(Budget), "allOf": conditions}
    return {**_head("budget", title), **root, "$defs": {**definitions.schemas, **schemas}}


def history_schema() -> Schema:
    """Return the JSON Schema of a de-minimis history; it accepts every history that `deminimis` can read, and some more."""
    definitions = Definitions(Erklaerungen(HISTORIENBLAETTER).of)
    title = "Historie der De-minimis-Beihilfen, die foerdercheck deminimis prüft"
    return {**_head("historie", title), **definitions.record(Historie), "$defs": definitions.schemas}


def mapping_schema() -> Schema:
    """Return the JSON Schema of a mapping file; it accepts every one that `--spalten` can read, and some more."""
    definitions = Definitions(explained)
    title = "Zuordnung, nach der foerdercheck mit --spalten eine fremde Tabelle liest"
    return {**_head("zuordnung", title), **definitions.record(Zuordnung), "$defs": definitions.schemas}


def result_schema() -> Schema:
    """Return the JSON Schema of what `check --format json` writes."""
    return _result("ergebnis", "Ergebnis von foerdercheck check --format json", Ergebnisdokument)


def account_schema() -> Schema:
    """Return the JSON Schema of what `deminimis --format json` writes."""
    return _result("konto", "Ergebnis von foerdercheck deminimis --format json", Kontodokument)


def comparison_schema() -> Schema:
    """Return the JSON Schema of what `vergleichen --format json` writes."""
    return _result("vergleich", "Ergebnis von foerdercheck vergleichen --format json", Vergleichsdokument)


def _result(art: str, title: str, kind: type) -> Schema:
    definitions = ResultDefinitions()
    return {**_head(art, title), **definitions.document(kind), "$defs": definitions.schemas}


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "budget": budget_schema,
    "historie": history_schema,
    "zuordnung": mapping_schema,
    "ergebnis": result_schema,
    "konto": account_schema,
    "vergleich": comparison_schema,
}
"""Every schema there is, by its kind."""


def _head(art: str, title: str) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:foerdercheck:schema:{art}",
        "$comment": "erzeugt von foerdercheck schema",
        "title": title,
    }


def schema_text(schema: Schema) -> str:
    """Return a schema as text, the same on every run."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
