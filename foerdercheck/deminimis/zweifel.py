"""What leaves the answer of an account open: who may be part of the single undertaking, and which regulation an award names."""

from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Konten, Verbundlesart
from foerdercheck.model.befund import Feststellung, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, datum, euro


def zweifel(konten: Konten, unternehmen: str, frage: Frage) -> Iterator[Feststellung]:
    """Yield what may count otherwise: a remark, open where it would change the verdict."""
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
    for verordnung in sorted({planung.verordnung for planung in frage.geplant} - {konten.buch.recht.unstated}):
        yield from _under(konten, unternehmen, frage, verordnung)


def _under(konten: Konten, unternehmen: str, frage: Frage, verordnung: str) -> Iterator[Feststellung]:
    """Yield what would follow if awards that name no regulation were granted under the one of a planned award."""
    buch = konten.buch
    tag = next(planung.tag for planung in frage.geplant if planung.verordnung == verordnung)
    stated = [posten for posten in konten.konto(unternehmen, tag).posten if buch.ohne_verordnung[posten.nummer]]
    if not stated:
        return
    pot, whole = buch.recht.pots[verordnung], dict.fromkeys(map(buch.original, stated))
    counted = [posten._replace(pot=pot) for posten in whole]
    other = konten.changed(more=counted, without={posten.nummer for posten in counted})
    here, there = (each.konto(unternehmen, tag).room(verordnung, tag) for each in (konten, other))
    decides = other.verdict(unternehmen, frage) != konten.verdict(unternehmen, frage)
    if there is None or (here == there and not decides):
        return
    amount = euro(sum((posten.wert for posten in counted), Decimal()))
    text = (
        f"Beihilfen über {amount} nennen keine Verordnung; angenommen ist {buch.recht.unstated}. Nach {verordnung} gezählt wären am "
        f"{datum(tag)} noch {euro(there)} frei"
    )
    if decides:
        yield offen(f"{text}. Davon hängt das Ergebnis ab: geben Sie bei jeder die Verordnung an.")
    else:
        yield hinweis(f"{text}. Am Ergebnis ändert das hier nichts.")


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
