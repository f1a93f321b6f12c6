"""What leaves the answer of an account open: who may be part of the single undertaking and is not counted."""

from collections.abc import Iterator

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Konten, Verbundlesart
from foerdercheck.model.befund import Feststellung, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, euro


def zweifel(konten: Konten, unternehmen: str, frage: Frage) -> Iterator[Feststellung]:
    """Yield who may belong to the single undertaking: a remark, open where it would change the verdict."""
    if konten.buch.verbund.persons:
        text = (
            "sind ganz oder teilweise nur über eine natürliche Person verbunden. Ob das ein einziges Unternehmen ist, "
            "beurteilen die Mitgliedstaaten verschieden"
        )
        yield from _wider(konten, unternehmen, frage, "mit_personen", (text, "fragen Sie die bewilligende Stelle"))
    if konten.buch.near:
        text = "zählen getrennt, doch die Namen unterscheiden sich kaum (ist einer verschrieben?)"
        advice = "schreiben Sie denselben Namen überall gleich; sind es mehrere, unterscheiden Sie die Namen, z. B. mit dem Ort"
        yield from _wider(konten, unternehmen, frage, "mit_nahen", (text, advice))


def _wider(
    konten: Konten, unternehmen: str, frage: Frage, lesart: Verbundlesart, words: tuple[str, str]
) -> Iterator[Feststellung]:
    """Yield what would follow if the group were read in a wider way, if anything."""
    wider, day, (said, advice) = konten.buch.konten(frage, lesart), frage.stichtag, words
    members = wider.members(unternehmen, day)
    asked = frage.together_with(set(members).difference(konten.members(unternehmen, day)))
    decides = wider.verdict(unternehmen, asked) != konten.verdict(unternehmen, frage)
    if not decides and members == konten.members(unternehmen, day):
        return
    text = f"{aufzaehlung(konten.buch.names[name] for name in members)} {said}"
    room = wider.konto(unternehmen, day).room(frage.verordnung, day)
    if room is not None:
        planned = f", geplant {euro(asked.betrag)}" if asked.betrag is not None and asked is not frage else ""
        text += f"; zusammen wären noch {euro(room)} frei{planned}"
    if decides:
        yield offen(f"{text}. Davon hängt das Ergebnis ab: {advice}.")
    else:
        yield hinweis(f"{text}. Am Ergebnis ändert das hier nichts.")
