"""Reads a programme file and refuses it unless every value has a Ziffer, an evidence class and a date checked."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from foerdercheck.model.angaben import BUDGETBLAETTER
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.felder import Datum, JaNein, Text
from foerdercheck.model.location import InputError, Path, SourceMap, placed
from foerdercheck.model.records import Intake, Tree
from foerdercheck.model.scalars import fold, shown, suggestion, unseen_flaw
from foerdercheck.model.words import Vocabulary
from foerdercheck.programmes.bedingungen import ARTEN_AUS, MERKMALE, WORTE_AUS
from foerdercheck.programmes.fassung import Fassung, Frist, Regel, Ziffer
from foerdercheck.programmes.norm import Herkunft, Norm, Parameter
from foerdercheck.programmes.parameter import (
    FOERDERZIELE,
    GELTUNGSDAUER,
    PARAMETER,
    PROGRAMMGEBIETE,
    ZIELE_DER_REGION,
    Spanne,
    Zeitraum,
)
from foerdercheck.reading.files import File, read_bytes, read_text
from foerdercheck.reading.yaml_tree import MAX_BYTES

_ZEIT = Regel(
    id="",
    pruefung="durchfuehrungszeitraum",
    titel="Nur Kosten während der Durchführung",
    berechnung="Kürzt Stunden und Monate außerhalb des Vorhabens und Verträge nach seinem Ende.",
    herkunft=Herkunft(
        ziffer="ohne Ziffer",
        inhalt="Kosten zählen nur, wenn sie während des Vorhabens anfallen.",
        beleg="auslegung",
        geprueft_am=date(2026, 11, 26),
        grund="das Programm sagt dazu nichts",
    ),
)

_HEAD = ("programm", "titel", "bekanntmachung", "fundstelle")
_ORIGIN = ("ziffer", "inhalt", "beleg", "geprueft_am", "grund", "quelle", "lesart", "fundstelle")


class _Kopf(NamedTuple):
    programm: Text
    titel: Text
    bekanntmachung: Datum
    fundstelle: Text


class _Grenzen(NamedTuple):
    """The dates between which one value of a parameter applies."""

    ab: Datum = date.min
    bis: Datum = date.max


class _Regeltext(NamedTuple):
    pruefung: Text
    titel: Text
    berechnung: Text
    ausnahme: JaNein = True


def load_fassung(file: FilePath | File, vocabulary: Vocabulary | None = None) -> Fassung:
    """Load one version of a programme; raises InputError with every problem of the file and its place.

    `vocabulary` holds the regulations a programme may name.
    """
    name, data = (file.name, file.data) if isinstance(file, File) else (file.name, read_bytes(file, MAX_BYTES))
    document = read_text(data, name)
    intake = Intake(vocabulary)
    intake.problems += document.problems
    summe = sha256(data.replace(b"\r\n", b"\n")).hexdigest()
    fassung = _Loader(intake, document.tree, document.source, summe).load()
    if fassung is None or intake.problems:
        raise InputError(placed(intake.problems, document.source), document.source)
    return fassung


def _flaw(norm: Norm[Any]) -> str | None:
    """Return what cannot be meant about a value; None if nothing is wrong."""
    wert = norm.wert
    if isinstance(wert, Zeitraum) and wert.bis < wert.von:
        return "bis liegt vor von"
    if isinstance(wert, Spanne) and wert.bis < wert.von:
        return "bis ist kleiner als von"
    if wert == () or not all(norm.wenn.values()):
        return "eine leere Liste sagt nichts: nennen Sie etwas, oder lassen Sie den Wert weg"
    return None


class _Loader:
    """One reading of one programme file."""

    def __init__(self, intake: Intake, tree: Tree, source: SourceMap, pruefsumme: str) -> None:
        self.intake = intake
        self.pruefsumme = pruefsumme
        self.source = source
        self.tree: dict[str, Tree] = tree if isinstance(tree, dict) else {}
        self.id = ""

    def load(self) -> Fassung | None:
        head = {key: self.tree[key] for key in _HEAD if key in self.tree}
        kopf = self.intake.read(_Kopf, head)
        for key in self.tree.keys() - head.keys() - {"parameter", "regeln", "ziffern", "fristen", "angaben"}:
            self.intake.note(f"unbekannter Abschnitt {key}", (key,), am_schluessel=True)
        self.id = kopf.programm if kopf else ""
        parameter = {name: self._norms(name, entry) for name, entry in self._section("parameter").items()}
        regeln = tuple(self._regel(name, entry) for name, entry in self._section("regeln").items())
        ziffern = {
            name: self.intake.read(Ziffer, entry, ("ziffern", name)) for name, entry in self._section("ziffern").items()
        }
        fristen = self.intake.read_kind(tuple[Frist, ...], self.tree.get("fristen", []), ("fristen",))
        if GELTUNGSDAUER.name not in parameter:
            self.intake.note("parameter: geltungsdauer fehlt", ("parameter",))
        self._own_words(parameter)
        self._goals_of_regions(parameter)
        self._sense(parameter, ziffern)
        angaben = {name: self._angaben(name, entry, ziffern) for name, entry in self._section("angaben").items()}
        self._cross_check(regeln, ziffern)
        if kopf is None or self.intake.problems:
            return None
        return Fassung(
            kopf.programm, kopf.titel, kopf.bekanntmachung, kopf.fundstelle,
            parameter, self._always(tuple(filter(None, regeln))),
            {name: ziffer for name, ziffer in ziffern.items() if ziffer}, fristen, angaben, self.source, self.pruefsumme,
        )  # fmt: skip

    def _always(self, regeln: tuple[Regel, ...]) -> tuple[Regel, ...]:
        """Add the rule of what is cut under every programme, where a programme states none: nothing is cut in silence."""
        if "regeln" not in self.tree or _ZEIT.pruefung in {regel.pruefung for regel in regeln}:
            return regeln
        return (*regeln, _ZEIT._replace(id=f"{self.id}/{_ZEIT.pruefung}"))

    def _section(self, name: str) -> dict[str, Tree]:
        section = self.tree.get(name, {})
        if isinstance(section, dict):
            for key in section:
                if wrong := unseen_flaw(key):
                    self.intake.note(f"{shown(key)} {wrong}", (name, key), am_schluessel=True)
            return section
        self.intake.note(f"{name}: hier werden Angaben der Form „name: …“ erwartet", (name,))
        return {}

    def _norms(self, name: str, tree: Tree) -> tuple[Norm[Any], ...]:
        path: Path = ("parameter", name)
        if name not in PARAMETER:
            hint = suggestion(name, list(PARAMETER))
            self.intake.note(f"unbekannter Parameter {name}{hint}", path, am_schluessel=True)
            return ()
        entries = (
            [((*path, index), entry) for index, entry in enumerate(tree)] if isinstance(tree, list) else [(path, tree)]
        )
        norms = [norm for where, entry in entries if (norm := self._norm(name, entry, where))]
        for index, norm in enumerate(norms):
            if any(norm.overlaps(other) for other in norms[:index]):
                self.intake.note(f"{name}: zwei Werte gelten für denselben Fall", entries[index][0])
        return tuple(norms)

    def _norm(self, name: str, tree: Tree, path: Path) -> Norm[Any] | None:
        if not isinstance(tree, dict) or "wert" not in tree:
            self.intake.note(f"{name}: hier werden wert, ziffer, inhalt, beleg und geprueft_am erwartet", path)
            return None
        herkunft = self.intake.read(Herkunft, {key: tree[key] for key in _ORIGIN if key in tree}, path)
        wert = self.intake.read_kind(PARAMETER[name].kind, tree["wert"], (*path, "wert"))
        grenzen = self._grenzen(PARAMETER[name], tree, path)
        for key in tree.keys() - {*_ORIGIN, *_Grenzen._fields, "wert", "wenn"}:
            self.intake.note(f"unbekannter Schlüssel {key}", (*path, key), am_schluessel=True)
        wenn = self._wenn(PARAMETER[name], tree.get("wenn", {}), (*path, "wenn"))
        if herkunft is None or grenzen is None:
            return None
        return Norm(name, wert, herkunft, wenn, grenzen.ab, grenzen.bis)

    def _grenzen(self, parameter: Parameter[Any], tree: dict[str, Tree], path: Path) -> _Grenzen | None:
        """Read between which days a value applies, which only one may say that is looked up with a day."""
        stated = {key: tree[key] for key in _Grenzen._fields if key in tree}
        for key in stated if not parameter.datiert else ():
            text = f"{parameter.name} kann nicht von Tagen abhängen: schreiben Sie je Fassung eine Datei mit ihrer geltungsdauer"
            self.intake.note(text, (*path, key), am_schluessel=True)
        grenzen = self.intake.read(_Grenzen, stated, path)
        if grenzen is not None and grenzen.bis < grenzen.ab:
            self.intake.note(f"{parameter.name}: bis liegt vor ab", (*path, "bis"))
        return grenzen

    def _wenn(self, parameter: Parameter[Any], tree: Tree, path: Path) -> Mapping[str, frozenset[str]]:
        conditions: dict[str, tuple[str, ...]] | None = (
            self.intake.read_kind(dict[Text, tuple[Text, ...]], tree, path) if tree else {}
        )
        for name, words in (conditions or {}).items():
            known = MERKMALE.get(name, ())
            if name not in MERKMALE:
                self.intake.note(f"unbekanntes Merkmal {name}{suggestion(name, list(MERKMALE))}", (*path, name))
            elif name not in parameter.merkmale:
                possible = (
                    f"nur von {aufzaehlung(sorted(parameter.merkmale), 'oder')}" if parameter.merkmale else "von nichts"
                )
                self.intake.note(
                    f"{parameter.name} kann nicht von {name} abhängen, {possible}", (*path, name), am_schluessel=True
                )
            for word in words:
                if known and word not in known:
                    self.intake.note(f"{name}: {word} ist nicht bekannt{suggestion(word, known)}", (*path, name))
        return {name: frozenset(words) for name, words in (conditions or {}).items()}

    def _sense(self, parameter: Mapping[str, tuple[Norm[Any], ...]], ziffern: Mapping[str, Any]) -> None:
        """What can be read but cannot be meant: a span that ends first, nothing at all, a district in two areas, an unknown Ziffer."""
        for name, norms in parameter.items():
            for norm in norms:
                if flaw := _flaw(norm):
                    self.intake.note(f"{name}: {flaw}", ("parameter", name, "wert"))
                if "regeln" in self.tree and not {norm.ziffer, norm.ziffer.split(" ")[0]} & ziffern.keys():
                    self.intake.note(f"{name}: die Ziffer {norm.ziffer} steht nicht unter ziffern", ("parameter", name))
        for norm in parameter.get(PROGRAMMGEBIETE.name, ()):
            names = Counter(district for districts in (norm.wert or {}).values() for district in districts)
            for district in (district for district, count in names.items() if count > 1):
                self.intake.note(
                    f"{district} liegt in zwei Programmgebieten", ("parameter", PROGRAMMGEBIETE.name, "wert")
                )

    def _own_words(self, parameter: Mapping[str, tuple[Norm[Any], ...]]) -> None:
        """Conditions name only words the programme defines, and only what it says how to tell."""
        for merkmal, quelle in WORTE_AUS.items():
            known = tuple(word for norm in parameter.get(quelle.name, ()) for word in norm.wert or ())
            for name, norms in parameter.items():
                unknown = {word: None for norm in norms for word in norm.wenn.get(merkmal, ()) if word not in known}
                for word in sorted(unknown):
                    text = f"{name}: {merkmal} {word} steht nicht unter {quelle.name}{suggestion(word, known)}"
                    self.intake.note(text, ("parameter", name))
        for merkmal, arten in ARTEN_AUS.items():
            for name in (name for name, norms in parameter.items() if any(merkmal in norm.wenn for norm in norms)):
                if arten.name not in parameter:
                    text = f"{name}: das Merkmal {merkmal} braucht den Parameter {arten.name}; er fehlt"
                    self.intake.note(text, ("parameter", name))

    def _goals_of_regions(self, parameter: Mapping[str, tuple[Norm[Any], ...]]) -> None:
        """Regions have chosen only goals the programme has."""
        known = tuple(goal for norm in parameter.get(FOERDERZIELE.name, ()) for goal in norm.wert or ())
        chosen = {goal: None for norm in parameter.get(ZIELE_DER_REGION.name, ()) for goal in norm.wert or ()}
        for goal in (goal for goal in chosen if goal not in known):
            text = f"{goal} steht nicht unter {FOERDERZIELE.name}{suggestion(goal, known)}"
            self.intake.note(text, ("parameter", ZIELE_DER_REGION.name))

    def _regel(self, name: str, tree: Tree) -> Regel | None:
        path: Path = ("regeln", name)
        if not isinstance(tree, dict):
            self.intake.note("hier wird eine Regel erwartet", path)
            return None
        origin = {key: tree[key] for key in _ORIGIN if key in tree}
        herkunft = self.intake.read(Herkunft, origin, path)
        text = self.intake.read(_Regeltext, {key: value for key, value in tree.items() if key not in origin}, path)
        if herkunft is None or text is None:
            return None
        return Regel(id=f"{self.id}/{name}", herkunft=herkunft, **text._asdict())

    def _angaben(self, name: str, tree: Tree, ziffern: Mapping[str, Any]) -> Mapping[str, str]:
        """Read which fields of a sheet are asked for, and for which Ziffer."""
        path: Path = ("angaben", name)
        sheets = {fold(blatt.name): blatt for blatt in BUDGETBLAETTER}
        if name not in sheets:
            self.intake.note(f"unbekanntes Blatt {name}{suggestion(name, list(sheets))}", path, am_schluessel=True)
            return {}
        asked: dict[str, str] = self.intake.read_kind(dict[Text, Text], tree, path) or {}
        known = [angabe.feld for angabe in sheets[name].angaben]
        for feld, ziffer in asked.items():
            if feld not in known:
                self.intake.note(
                    f"unbekannte Angabe {feld}{suggestion(feld, known)}", (*path, feld), am_schluessel=True
                )
            cited = [ziffer] if ziffer in ziffern else ziffer.split(", ")
            for missing in (name for name in cited if name not in ziffern):
                self.intake.note(f"{feld}: die Ziffer {missing} steht nicht unter ziffern", (*path, feld))
        return asked

    def _cross_check(self, regeln: tuple[Regel | None, ...], ziffern: Mapping[str, Ziffer | None]) -> None:
        """Every rule belongs to a Ziffer of the list, and the list names only rules that exist."""
        names = {regel.name for regel in regeln if regel}
        covered = {name for ziffer in ziffern.values() if ziffer for name in ziffer.regeln}
        for name in sorted(names - covered):
            self.intake.note(f"die Regel {name} steht unter keiner Ziffer der Liste ziffern", ("regeln", name))
        for name in sorted(covered - names):
            self.intake.note(f"ziffern nennt die Regel {name}, die es nicht gibt", ("ziffern",))
