"""Mailing lists and mailboxes come in whole, each mail once, for those alone who are to read them (K8)."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation

from bench.made_mailbox import made_mail, message_id, write_mbox
from communis.channels.importers.mailbox import bringing
from communis.channels.importers.mailbox.importing import MailboxRefused, import_mailbox
from communis.channels.importers.mailbox.places import MAIL, name_key
from communis.channels.importers.models import Imported
from communis.channels.importers.name_claiming import claim_name, claimable_name
from communis.cli.main import main
from communis.conversations.contributing import contribute
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Conversation, Revision, Share
from communis.conversations.openings import newest_openings
from communis.conversations.reading import shares_of, thread
from communis.conversations.reconciling import differences
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.visible_text import plain
from communis.journal.reactions import react
from communis.looking.viewers import PUBLIC_VIEWER, Viewer
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Circle, OutsideName, Person
from communis.search import reconciling as found_by_words
from communis.widening.completing import choose_to_open, open_due
from communis.widening.proposing import propose
from tests.cast import Cast

# A list: two threads that are whole, and two answers to a mail that is not here; the first is a bounce.
GONE = message_id(99)
LIST = [
    made_mail(0, sender="MAILER-DAEMON@x.example", more="Auto-Submitted: auto-replied\n"),
    made_mail(1, body="Kaffe?"),
    made_mail(2, [message_id(1)], body="Ja.\n\nDen 2 jan. skrev Person 1 <person1@lista.example>:\n> Kaffe?"),
    made_mail(3, [message_id(1), message_id(2)], sender="bo@x.example", more="Precedence: bulk\n"),
    made_mail(4, [message_id(1), GONE], body="Nej."),
    made_mail(5, [GONE], body="Först av två."),
    made_mail(6, [GONE], body="Den andra.", date=""),
    made_mail(7, [message_id(0)], body="Svar på en studs."),
    made_mail(8, body="Te?"),
]
SAID = len(LIST) - 1
PARENTS = {2: 1, 3: 2, 4: 1, 6: 5}


@pytest.fixture
def coffee(people: Cast) -> Circle:
    """A circle that shows what was said before somebody joined; Leyla the steward and Amina are in it."""
    circle = actions.found_circle("Kaffe", by=people.amina, history=True)
    actions.let_in(people.leyla, circle, by=people.amina)
    return circle


def seen_by(viewer: Viewer) -> Counter[str]:
    """The words of everything brought in that the viewer sees, each as often as it is seen."""
    numbers = Imported.objects.filter(kind=MAIL).values_list("contribution_id", flat=True)
    shares = Share.visible.to(viewer).filter(contribution_id__in=list(numbers))
    return Counter(
        Revision.everything.filter(id__in=shares.values("revision_id")).values_list("html", flat=True)
    )


def parents() -> dict[int, int | None]:
    """By the numbers of the made mails, what each answers here."""
    named = Imported.objects.filter(kind="mail name")
    numbers = {name_key(message_id(number)): number for number in range(100)}
    here = {row.contribution_id: numbers[row.key] for row in named if row.key in numbers}
    above = dict(Contribution.everything.filter(id__in=list(here)).values_list("id", "parent_id"))
    return {here[one]: here[parent] if parent else None for one, parent in above.items()}


def test_a_list_comes_into_a_circle_once_however_often_and_in_whatever_form(
    people: Cast, coffee: Circle, tmp_path: Path
) -> None:
    dry = import_mailbox(write_mbox(tmp_path / "list", LIST), by=people.leyla, circle="Kaffe", dry_run=True)
    assert not Contribution.everything.exists() and not OutsideName.objects.exists()
    chance = random.Random(7)
    first = import_mailbox(tmp_path / "list", by=people.leyla, circle=coffee.public_id)
    assert first.as_dict() == dry.as_dict()
    assert (first.added, first.conversations, dict(first.left_out)) == (SAID, 4, {"bounce": 1})
    words, tree = seen_by(viewer_for(people.leyla.id)), parents()
    assert tree == {number: PARENTS.get(number) for number in range(1, 9)}
    for round_number in range(4):
        copies = [mail for mail in LIST for _ in range(chance.randint(1, 5))]
        chance.shuffle(copies)
        # Another archive has the list's footer below, and its own lines above; by the date they are the same mail.
        footer = b"_____\nprat mailing list\n"
        copies += [b"Received: from x by y\n" + mail + footer for mail in LIST if b"\nDate: " in mail]
        path = tmp_path / f"round {round_number}"
        if round_number % 2:
            write_mbox(path, copies)
        else:
            (path / "cur").mkdir(parents=True)
            for mail in copies:
                (path / "cur" / f"{chance.random()}.eml").write_bytes(mail)
        report = import_mailbox(path, by=people.leyla, circle="Kaffe")
        assert (report.added, report.already_there, report.read) == (0, SAID, len(copies))
        assert report.twice == len(copies) - len(LIST)
    assert seen_by(viewer_for(people.amina.id)) == words and set(words.values()) == {1}
    assert len(words) == SAID and parents() == tree
    for other in (PUBLIC_VIEWER, viewer_for(people.karin.id), viewer_for(people.johan.id)):
        assert not seen_by(other)
    react()
    assert differences() == [] and found_by_words.differences() == []


def test_archives_that_overlap_are_one_list_and_what_comes_late_finds_its_place(
    people: Cast, tmp_path: Path
) -> None:
    archives = [LIST[4:6], LIST[:4], [*LIST[2:], made_mail(99, body="Den som saknades.")], LIST]
    added = []
    for number, mails in enumerate(archives):
        report = import_mailbox(write_mbox(tmp_path / f"{number}", mails), by=people.leyla, public=True)
        added.append((report.added, report.already_there))
        assert report.read == report.added + report.already_there + report.left_out.total()
    assert added == [(2, 0), (3, 0), (4, 4), (0, SAID)]
    # Of two that answer a mail which is not here the first begins their conversation; when it comes it stands there.
    tree = parents()
    assert (tree[5], tree[6], tree[99]) == (4, 99, 4) and tree[4] is None and tree[3] == 2
    assert set(seen_by(PUBLIC_VIEWER).values()) == {1} and Share.visible.to(PUBLIC_VIEWER).count() == SAID + 1
    react()
    assert differences() == []


def test_what_stands_there_is_what_was_written_under_the_name_that_was_given(
    people: Cast, tmp_path: Path
) -> None:
    report = import_mailbox(write_mbox(tmp_path / "list", LIST), by=people.leyla, public=True)
    opening = next(one for one in newest_openings(PUBLIC_VIEWER, 9) if "Kaffe" in one.share.html)
    shares = shares_of(opening.share.conversation, PUBLIC_VIEWER)
    read = [(one.outside_name, plain(one.html), one.opened_at // 1_000_000) for one in shares]
    assert read == [
        ("Person 1", "Ämne 1\nKaffe?", 1_577_924_400),
        ("Person 2", "Ja.", 1_577_925_600),
        ("Person 4", "Nej.", 1_577_928_000),
        ("", "Ord 3.", 1_577_926_800),
    ]
    assert [node.depth for node in thread(opening.share.conversation, shares)] == [0, 1, 2, 1]
    # Without a date of its own it has that of what it answers here.
    undated = Share.everything.get(
        contribution_id__in=Contribution.everything.filter(parent__isnull=False)
        .exclude(conversation_id=opening.share.conversation)
        .values("id")
    )
    assert undated.opened_at == 1_577_923_200_000_000 + 5 * 1_200_000_000
    kept = str(list(Revision.everything.values_list("source", "html"))) + str(
        list(OutsideName.objects.values())
    )
    assert "@" not in kept.replace("…@…", "") and "person1" not in kept
    assert report.files_total == 0
    # A name can be claimed, and what stands for all who gave none cannot.
    named, nameless = shares[0], shares[3]
    assert claimable_name(named.line, viewer_for(people.elin.id)) == "Person 1"
    assert claim_name(named.line, "Det är jag.", by=people.elin)
    for look in (
        lambda: claimable_name(nameless.line, viewer_for(people.elin.id)),
        lambda: claim_name(nameless.line, "", by=people.elin),
    ):
        with pytest.raises(NotThere):
            look()


def test_a_name_in_a_circle_is_the_circles_own(people: Cast, coffee: Circle, tmp_path: Path) -> None:
    path = write_mbox(tmp_path / "list", LIST[:2])
    import_mailbox(path, by=people.leyla, circle="Kaffe")
    share = Share.everything.get()
    amina = viewer_for(people.amina.id)
    (seen,) = shares_of(share.conversation_id, amina)
    with pytest.raises(NotThere):
        claim_name(seen.line, "", by=people.amina)
    # The same list for anyone is another matter: its names are others, and so are its words.
    import_mailbox(path, by=people.leyla, public=True)
    assert OutsideName.objects.filter(name="Person 1").count() == 2
    (public,) = newest_openings(PUBLIC_VIEWER, 9)
    assert claim_name(public.share.line, "", by=people.amina)


def test_a_list_in_a_circle_never_opens_wider(people: Cast, coffee: Circle, tmp_path: Path) -> None:
    import_mailbox(write_mbox(tmp_path / "list", LIST[1:3]), by=people.leyla, circle="Kaffe")
    (conversation,) = Conversation.everything.values_list("public_id", flat=True)
    opening = Share.everything.get(opening=True)
    contribute(address_of(opening)[1], "Jag med.", by=people.amina)
    proposed = propose(conversation, Choice(Rung.ORGANISATION), "Fler.", by=people.amina)
    with pytest.raises(Refused):
        choose_to_open(proposed, by=people.amina)
    assert open_due() == 0
    assert not Share.visible.to(viewer_for(people.karin.id)).exists()


@pytest.mark.parametrize("death", [3, 7])
def test_what_is_killed_goes_on_and_ends_the_same(
    people: Cast, coffee: Circle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, death: int
) -> None:
    class Killed(BaseException):
        pass

    def die(done: int, total: int) -> None:
        if total and done == death:
            raise Killed

    monkeypatch.setattr(bringing, "BATCH", 2)
    path = write_mbox(tmp_path / "list", LIST)
    with pytest.raises(Killed):
        import_mailbox(path, by=people.leyla, circle="Kaffe", progress=die)
    some = Contribution.everything.count()
    rest = import_mailbox(path, by=people.leyla, circle="Kaffe")
    assert 0 < some == rest.already_there and rest.added == SAID - some
    assert parents() == {number: PARENTS.get(number) for number in range(1, 9)}
    rows = Imported.objects.order_by("kind", "key").values_list("kind", "key")
    killed = list(rows)
    Imported.objects.all().delete()
    import_mailbox(path, by=people.leyla, circle="Kaffe")
    assert list(rows) == killed and differences() == []


def test_real_lists_have_exactly_the_mails_that_were_counted(people: Cast, shared_data: Path) -> None:
    folder = shared_data / "maillists" / "apache"
    here: set[str] = set()
    for gold in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        report = import_mailbox(folder / gold["file"], by=people.leyla, public=True)
        names = {mail["message_id"] for mail in gold["messages"]}
        assert report.read == gold["messages_in_file"], gold["file"]
        assert (report.added, report.already_there) == (len(names - here), len(names & here)), gold["file"]
        assert (report.left_out.total(), report.refused_total, report.twice) == (0, 0, 0)
        here |= names
        for mail in gold["messages"]:
            if mail["parent"] in names:
                answer, above = (
                    Imported.objects.get(kind="mail name", key=name_key(mail[word]))
                    for word in ("message_id", "parent")
                )
                parent = Contribution.everything.get(id=answer.contribution_id).parent_id
                assert parent == above.contribution_id
    assert Share.visible.to(PUBLIC_VIEWER).count() == len(here) == 70
    assert differences() == []


def test_whoever_may_not_is_told_so_and_nothing_of_what_there_is(
    people: Cast, coffee: Circle, tmp_path: Path
) -> None:
    path = write_mbox(tmp_path / "list", LIST)

    def why(**chosen: object) -> str:
        with pytest.raises(MailboxRefused) as refused, translation.override("en"):
            import_mailbox(**{"mailbox": path, "by": people.leyla} | chosen)  # type: ignore[arg-type]
        return str(refused.value)

    assert "steward" in why(by=people.amina, circle="Kaffe")
    assert "--public" in why() and "--circle" in why() == why(circle="Kaffe", public=True)
    # She is in neither: one of them is there, the other is not.
    assert why(circle=people.management.name) == why(circle="Ingen alls")
    actions.let_in(people.leyla, actions.found_circle("Kaffe", by=people.karin), by=people.karin)
    assert "two circles" in why(circle="Kaffe")
    assert "cannot be opened" in why(public=True, mailbox=tmp_path / "none")
    with override_settings(PUBLIC_RUNG=False):
        assert "opens nothing" in why(public=True)
    assert not Contribution.everything.exists() and not OutsideName.objects.exists()


def test_the_command_answers_in_one_object_and_tells_of_what_stays_behind(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "box").mkdir()
    with_file = made_mail(2).replace(
        b"Content-Type: text/plain; charset=utf-8\n",
        b'Content-Type: application/pdf\nContent-Disposition: attachment; filename="karta.pdf"\n',
    )
    write_mbox(tmp_path / "box" / "a.mbox", [made_mail(number) for number in range(1, 121)] + [LIST[0]])
    (tmp_path / "box" / "b.eml").write_bytes(with_file.replace(message_id(2).encode(), b"<file@x>"))
    (tmp_path / "box" / "c.png").write_bytes(b"\x89PNG\r\n")
    command = ["import", "mbox", str(tmp_path / "box"), "--public"]
    with translation.override("en"):
        assert main([*command, "--json"]) == 0
        said = capsys.readouterr()
        assert main(command) == 0
        words = capsys.readouterr().out
        assert main(["import", "maildir", str(tmp_path / "box"), "--json"]) == 1
        refused = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert main(["import", "wxr", str(tmp_path), "--public"]) == 1
    answer = json.loads(said.out.splitlines()[-1])
    assert answer == {
        "ok": True,
        "read": {"mails": 123},
        "added": {"mails": 121, "conversations": 121},
        "already_there": {"mails": 0},
        "twice": 0,
        "left_out": {"bounce": 1},
        "refused": [{"where": "c.png", "why": "This is no mail."}],
        "refused_total": 1,
        "files": [{"where": "b.eml", "name": "karta.pdf"}],
        "files_total": 1,
    }
    assert said.err.split("\n")[:2] == ["100 read", "100 of 122"]
    assert "Here already: 121." in words
    assert refused["added"]["mails"] == 0 and "--circle" in refused["refused"][0]["why"]
    assert Conversation.everything.count() == 121


def test_a_steward_is_needed(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "eml", str(write_mbox(tmp_path / "x", LIST)), "--public"]) == 1
    assert not Person.everything.exists()
