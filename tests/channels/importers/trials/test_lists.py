"""Lists of what was tried: looked at first, brought in once, and no bad row costs a good one."""

import argparse
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from communis.answers.trials.models import Trial
from communis.answers.trials.writing import Around, write_trial
from communis.answers.verdicts import ReasonKind
from communis.channels.importers.trials.importing import Outcome, counts, import_trials
from communis.channels.importers.trials.reading import MOST_BYTES, read
from communis.cli.commands import trials as command
from communis.conversations.refusals import Refused
from communis.people import actions
from tests.answers.town import Answering
from tests.answers.trials.test_trials import POOL, drawn_by_karin
from tests.cast import Cast
from tests.web.forms import client_of

SAMPLE = Path(__file__).parents[4] / "docs" / "already-tried.csv"
HEADING = "Vad;Var;År;Varför;Vad som skulle behöva ändras"
BAD = f"{HEADING}\nCykelpool;Parken;2023;Fel.;Lås.\nUtan år;Parken;;Därför.;Allt.\nSist;Parken;2020;Därför.;Allt.\n"


@pytest.mark.parametrize(
    "data",
    [
        f'{HEADING}\nÖppet "hus"; Ån ;2023;Därför.;Allt.'.encode(),
        f'\ufeff{HEADING}\r\nÖppet "hus";Ån;2023;Därför.;Allt.\r\n;;;;\r\n'.encode(),
        f'{HEADING}\n"Öppet ""hus""";Ån;2023;Därför.;Allt.'.encode("cp1252"),
        'WHAT,Where,When,why,What  would have to change,Åsikt\n"Öppet ""hus""",Ån,hösten 2023,Därför.,Allt.,x'.encode(),
        f'{HEADING}\n\x07Öppet "hus"\x00;Ån;2023;Därför.;Allt.;för;många'.encode(),
        f'{HEADING}\nÖppet "hus";Ån;2023;Därför.;Allt.'.replace(";", "\t").encode(),
    ],
)
def test_it_is_read_as_spreadsheets_save_it(data: bytes) -> None:
    [row] = read(data)
    assert row.number == 2 and row.words is not None
    assert (row.words.what, row.words.place, row.words.year) == ('Öppet "hus"', "Ån", 2023)
    assert (row.words.reason, row.words.would_change) == ("Därför.", "Allt.")


def test_the_sample_can_be_brought_in() -> None:
    pool, evenings = read(SAMPLE.read_bytes())
    assert pool.words is not None and evenings.words is not None
    assert pool.words.cost == "46 000 kronor" and not pool.words.declined
    assert evenings.words.declined and evenings.words.reason_kind == ReasonKind.PRIORITY


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "columns"),
        (b"Vad;Var\nA;B", "Why"),
        (b"x" * (MOST_BYTES + 1), "5 MB"),
        (f"{HEADING}\n{'a;b;2020;c;d' * 1}\n".encode() + b"a;b;2020;c;d\n" * 5000, "5000"),
        (b"\xff\xfe\x00", "columns"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(data: bytes, says: str) -> None:
    with translation.override("en"), pytest.raises(Refused, match=says):
        read(data)


def test_a_row_that_cannot_be_used_says_why_and_costs_no_other() -> None:
    heading = f"{HEADING};Slags skäl;Bortvalt;Se igen"
    bad = [
        "a;b;x;c;d;;;",
        "a;;2020;c;d;;;",
        "a;b;2020;c;d;glömska;;",
        "a;b;2020;c;d;;kanske;",
        "a;b;2020;c;d;;;i mars",
    ]
    rows = read("\n".join([heading, *bad, "a;b;2020;c;d;lag;ja;2030-03-31"]).encode())
    assert [bool(row.fault) for row in rows] == [True] * 5 + [False]
    assert [row.number for row in rows] == [2, 3, 4, 5, 6, 7]
    last = rows[-1].words
    assert last is not None and last.reason_kind == ReasonKind.LAW and str(last.review_on) == "2030-03-31"


def test_it_is_looked_at_first_and_brought_in_once(answering: Answering) -> None:
    people = answering.people
    unit = actions.found_circle("Gata och park", by=people.leyla, unit=True)
    data = (
        f"{HEADING};Enhet;Prata med\n"
        "=cmd|' /C calc'!A0;Parken;2023;Elin Forsgren ville inte.;Lås.;gata OCH park;nadja@avinge.example\n"
        "Gemensam cykelpool;Gata och park;2023;Fel.;Lås.;;\n"
        "Utan enhet;Parken;2023;Fel.;Lås.;Ingenstans;\n"
        "Utan vän;Parken;2023;Fel.;Lås.;;ingen@avinge.example\n"
        "Två gånger;Parken;2023;Fel.;Lås.;;\n"
        "TVÅ gånger;parken;2023;Annat.;Annat.;;\n"
    ).encode()
    write_trial(POOL.__class__(**{**POOL.__dict__, "period": ""}), Around(), by=people.karin)
    with pytest.raises(Refused):
        import_trials(data, by=people.karin)
    looked = import_trials(data, by=people.leyla, dry_run=True)
    assert Trial.everything.count() == 1
    there, added, refused = Outcome.THERE, Outcome.ADDED, Outcome.REFUSED
    assert [one.outcome for one in looked] == [added, there, refused, refused, added, there]
    assert looked[0].look_at == ("Elin Forsgren",)
    assert counts(import_trials(data, by=people.leyla)) == {"added": 2, "there already": 2, "refused": 2}
    assert counts(import_trials(data, by=people.leyla))["added"] == 0
    made = Trial.everything.get(place="Parken", unit_id=unit.id)
    assert made.guardian_id == people.nadja.id and made.what.startswith("=cmd")


def test_it_tells_nothing_of_what_the_steward_does_not_see(answering: Answering) -> None:
    _letter, made = drawn_by_karin(answering)
    hidden = Trial.everything.get(public_id=made)
    data = f"{HEADING};När\n{hidden.what};{hidden.place};{hidden.year};Fel.;Lås.;{hidden.period}\n".encode()
    [judged] = import_trials(data, by=answering.people.leyla, dry_run=True)
    assert judged.outcome == Outcome.ADDED


def test_the_steward_sees_each_row_before_it_is_written(
    people: Cast, tmp_path: Path, settings: object
) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    assert client_of(people.karin).get("/already-tried/import").status_code == 404
    leyla = client_of(people.leyla)
    assert leyla.post("/already-tried/import").status_code == 422
    answer = leyla.post("/already-tried/import", {"file": SimpleUploadedFile("l.csv", BAD.encode())})
    shown = answer.content.decode()
    assert "Bring in 2 for all employees" in shown and "Write the year" in shown
    assert not Trial.everything.exists()
    kept = shown.partition('name="list" value="')[2].partition('"')[0]
    answer = leyla.post("/already-tried/import", {"list": kept})
    # The bad row is said once more, with its words.
    assert answer.status_code == 200 and "Utan år" in answer.content.decode()
    assert set(Trial.everything.values_list("what", flat=True)) == {"Cykelpool", "Sist"}
    for name in (kept, "../../etc/passwd", "x" * 32):
        assert leyla.post("/already-tried/import", {"list": name}).status_code == 422
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_long_list_is_for_the_command() -> None:
    long = "Vad;Var;År;Varför;Vad som skulle behöva ändras\n" + "A;B;2023;C;D\n" * 3
    assert len(read(long.encode(), most=3)) == 3
    with pytest.raises(Refused, match="2"):
        read(long.encode(), most=2)


def test_the_command_does_the_same(people: Cast, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(BAD, encoding="utf-8")
    asked = {"action": "import", "file": tmp_path / "list.csv", "steward": ""}
    with translation.override("en"):
        looked = command.run(argparse.Namespace(**asked, dry_run=True))
        assert not Trial.everything.exists() and looked.text.startswith("Would bring in: 2.")
        done = command.run(argparse.Namespace(**asked, dry_run=False))
        assert done.data["added"] == 2 and done.data["rows"][0]["number"] == 3 and "row 3" in done.text
        missing = command.run(argparse.Namespace(**asked | {"file": tmp_path / "none"}, dry_run=True))
        assert missing.failed
