"""Loads a demo organisation, invented from beginning to end."""

from argparse import ArgumentParser
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from checks.agenda import TOPICS
from checks.asking import INFOFICHE
from checks.codes import Body, Check, Company, Reply, Role
from ideas import demo
from ideas.exchange import Exchange, load, read_file
from ideas.models import Asking, FollowUp, Idea, Involvement, Meeting
from ideas.seal.sealing import seal
from people.models import Account, Member, Organisation, Team

FOLDER = Path(demo.__file__).parent

# Ideas of ideas.yaml that stand complete in a file of their own.
COMPLETED = ("woonklaar", "samen-een-dossier", "brug-aan-de-poort")

LINDEVEER: dict[str, Any] = {
    "name": "Lindeveer vzw (fictief)",
    "slug": "lindeveer",
    "demo": True,
    "mission": "Lindeveer staat naast mensen die het moeilijk hebben in Zonbeek, Kouterlo en Grasveer. "
    "We luisteren, zoeken samen een weg en blijven tot het weer lukt.",
    "vision": "In 2030 valt in onze streek niemand nog tussen twee diensten. We kiezen voor samenwerken waar dat "
    "mensen vooruithelpt, voor wonen als eerste stap, en voor medewerkers die zelf mogen beslissen.",
    "assignment": "We zijn erkend voor onthaal, begeleiding en woonbegeleiding van jongeren en volwassenen. "
    "Onze subsidie dient om dakloosheid te voorkomen en mensen hun rechten te geven.",
    "red_lines": "We geven niets over een cliënt door zonder dat die het weet en goed vindt. "
    "We werken niet mee aan controle of uitsluiting.",
}
MEANDER: dict[str, Any] = {
    "name": "De Meander vzw (fictief)",
    "slug": "de-meander",
    "demo": True,
    "mission": "De Meander brengt buren van alle leeftijden samen.",
}


@dataclass(frozen=True)
class Person:
    """An invented person, named by role. `team` is one of the organisation's teams."""

    mail: str
    name: str
    function: str
    team: str = ""
    support_service: str = ""
    policy_team: bool = False
    coordinator: bool = False


YOUTH, CARE, SUPPORT = "Team jongerenonthaal", "Team onthaal en begeleiding", "Team ondersteuning"
PEOPLE = [
    Person("opvolger", "Opvolger", "teamcoach jongerenonthaal", YOUTH),
    Person("collega", "Collega", "onthaalmedewerker Zonbeek", CARE),
    Person("steun", "Steun", "stafmedewerker financiën", SUPPORT, support_service="financiën"),
    Person("beleid", "Beleid", "directeur", policy_team=True),
    Person("coordinator", "Coördinator", "samenwerkingscoördinator", SUPPORT, coordinator=True),
    Person("teamlid1", "Teamlid 1", "woonbegeleider", YOUTH),
    Person("teamlid2", "Teamlid 2", "jongerenbegeleider", YOUTH),
    Person("teamlid3", "Teamlid 3", "jongerenwerker", YOUTH),
    Person("teamlid4", "Teamlid 4", "teamverantwoordelijke thuislozenzorg", CARE),
    Person("teamlid5", "Teamlid 5", "medewerker digitaal onthaal", CARE),
    Person("teamlid6", "Teamlid 6", "stafmedewerker kwaliteit", SUPPORT),
]
NEIGHBOURS = [
    Person("opvolger", "Buur-opvolger", "buurtwerker", "Team buurtwerk"),
    Person("coordinator", "Buur-coördinator", "coördinator buurtwerk", coordinator=True),
]


class Command(BaseCommand):
    help = "Loads two invented organisations with their people and ideas; what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", default="", help="the password of all demo accounts")
        parser.add_argument("--if-empty", action="store_true", help="only load into an empty database")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"]
        if password:
            try:
                validate_password(password)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        with transaction.atomic():
            is_new = not Organisation.objects.filter(slug__in=[LINDEVEER["slug"], MEANDER["slug"]]).exists()
            if is_new and not (options["if_empty"] and Organisation.objects.exists()):
                password = password or (settings.DEMO_PASSWORD if settings.DEMO else get_random_string(14))
                load_demo(password)
            elif password:
                set_password(password)
        self._print_accounts(password)

    def _print_accounts(self, password: str) -> None:
        members = Member.objects.present().filter(organisation__demo=True).order_by("pk")
        rows = [
            (member.email, member.role_words(), member.organisation.name)
            for member in members.select_related("account", "organisation", "team")
        ]
        account = Account.objects.filter(email__in=[mail for mail, _, _ in rows]).first()
        if account is None:
            return
        head = ("mail", "rol", "organisatie")
        wide = [max(len(row[column]) for row in [head, *rows]) for column in range(3)]
        for row in [head, *rows]:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip())
        if not password and account.check_password(settings.DEMO_PASSWORD):
            password = settings.DEMO_PASSWORD
        self.stdout.write(f"wachtwoord: {password or 'zoals eerder gekozen (--password kiest een nieuw)'}")


def load_demo(password: str) -> None:
    """Loads everything; call it in a transaction."""
    ideas, other = read_file(FOLDER / "ideas.yaml"), read_file(FOLDER / "other.yaml")
    complete = {slug: read_file(FOLDER / f"{slug}.yaml").ideas[0] for slug in COMPLETED}
    pictures = tuple(complete.get(picture.slug, picture) for picture in ideas.ideas)
    days = timezone.localdate() - timedelta(days=1) - max(p.received for p in pictures if p.received)
    lindeveer = _organisation(LINDEVEER, PEOPLE, ideas, "lindeveer.test", password)
    for exchange, organisation in [
        (replace(ideas, ideas=pictures), lindeveer),
        (other, _organisation(MEANDER, NEIGHBOURS, other, "demeander.test", password)),
    ]:
        shifted = tuple(shift(picture, days) for picture in exchange.ideas)
        for idea in load(replace(exchange, ideas=shifted), organisation, imported=False):
            if idea.decisions.filter(current=True).exists():
                seal(idea)
    _name_people_on_ideas(lindeveer)
    _ask_around(lindeveer)
    _come_together(lindeveer)


# Who helps with which idea, by the head of the mail address.
HELPERS = {"woonklaar": "collega", "brug-aan-de-poort": "opvolger", "digimaat": "opvolger"}


# Who sees to a point, by the role that it names: one of these people, or whoever follows the idea.
OWNERS = {"idee-opvolger": "", "financiën": "steun", "Lindeveer": "collega"}


def _organisation(
    told: dict[str, Any], people: list[Person], exchange: Exchange, mail_domain: str, password: str
) -> Organisation:
    own = exchange.own_org
    organisation = Organisation.objects.create(**told, kind=own.kind or "", domain=own.domain or "", region=own.region)
    teams = {name: Team.objects.create(organisation=organisation, name=name) for name in _teams(people)}
    encoded = make_password(password)
    accounts = Account.objects.bulk_create(
        Account(email=f"{person.mail}@{mail_domain}", password=encoded) for person in people
    )
    Member.objects.bulk_create(
        Member(
            account=account,
            name=person.name,
            function=person.function,
            organisation=organisation,
            team=teams.get(person.team),
            support_service=person.support_service,
            policy_team=person.policy_team,
            coordinator=person.coordinator,
        )
        for account, person in zip(accounts, people, strict=True)
    )
    return organisation


def _teams(people: list[Person]) -> list[str]:
    return list(dict.fromkeys(person.team for person in people if person.team))


def _name_people_on_ideas(organisation: Organisation) -> None:
    """The support service is named on every idea, a colleague helps with Woonklaar, the follower with two others.

    Some points have an owner.
    """
    by_mail = {member.email.split("@")[0]: member for member in organisation.members.select_related("account")}
    for idea in Idea.objects.filter(organisation=organisation):
        Involvement.objects.create(idea=idea, member=by_mail["steun"], role=Role.SUPPORT)
        if helper := HELPERS.get(idea.slug):
            Involvement.objects.create(idea=idea, member=by_mail[helper], role=Role.COLLABORATOR)
        for owner, person in OWNERS.items():
            member = by_mail[person] if person else idea.idea_owner
            FollowUp.objects.filter(idea=idea, owner=owner).update(owner_member=member)
        if idea.slug == "woonklaar":
            idea.team = organisation.teams.get(name=YOUTH)
            idea.save(update_fields=["team"])


@dataclass(frozen=True)
class AskedInDemo:
    """A question at an idea, of the one to the other by the heads of their mail addresses; days count from today."""

    idea: str
    by: str
    role: Role
    to: tuple[str, ...]
    body: Body
    about: str
    sentence: str
    days_ago: int
    due_in: int | None = None
    reply: Reply | None = None
    note: str = ""


BRUG, DIGIMAAT = "brug-aan-de-poort", "digimaat"
ASKED = [
    AskedInDemo(
        BRUG, "opvolger", Role.COLLABORATOR, ("steun",), Body.SUPPORT, Check.EXPERTISE,
        "Kunnen we de uren van een brugfiguur dragen als de subsidie stopt?", 2, 3,
    ),
    AskedInDemo(
        BRUG, "opvolger", Role.COLLABORATOR, ("beleid",), Body.POLICY_TEAM, Check.DRIJFVEER,
        "Past hulp op school nog bij onze opdracht?", 5, -1, Reply.RATHER_TALK,
        "Ja, maar wat doet de school dan zelf? Zet het op de agenda.",
    ),
    AskedInDemo(
        BRUG, "opvolger", Role.COLLABORATOR, ("collega",), Body.COLLEAGUE, Check.SAMENWERK,
        "Je kent de scholen: zitten de juiste partners rond de tafel?", 4, None, Reply.NO_OBJECTION,
    ),
    AskedInDemo(
        DIGIMAAT, "opvolger", Role.COLLABORATOR, ("collega", "teamlid5"), Body.COLLEAGUE, INFOFICHE,
        "Herken je dit in het onthaal?", 6, -1,
    ),
    AskedInDemo(
        DIGIMAAT, "coordinator", Role.COORDINATOR, ("opvolger",), Body.COLLEAGUE, "s1.why.challenge",
        "Welk probleem lossen we hiermee op voor jongeren?", 1, 2,
    ),
    AskedInDemo(
        DIGIMAAT, "opvolger", Role.COLLABORATOR, ("beleid",), Body.POLICY_TEAM, Check.DRIJFVEER,
        "Mogen we hier uren in steken, of eerst het dossier afwerken?", 1, 6,
    ),
    AskedInDemo(
        DIGIMAAT, "opvolger", Role.COLLABORATOR, ("coordinator",), Body.COLLEAGUE, "step-1",
        "Loopt er elders al iets gelijkaardigs?", 1, None,
    ),
]  # fmt: skip


def _ask_around(organisation: Organisation) -> None:
    """What people asked each other: some of it is answered. Nobody gets a mail of it."""
    by_mail = {member.email.split("@")[0]: member for member in organisation.members.select_related("account")}
    today, now = timezone.localdate(), timezone.now()
    for told in ASKED:
        asking = Asking.ask(
            Idea.objects.get(organisation=organisation, slug=told.idea),
            by_mail[told.by],
            told.role,
            [by_mail[head] for head in told.to],
            about=told.about,
            body=told.body,
            service=by_mail[told.to[0]].support_service if told.body is Body.SUPPORT else "",
            sentence=told.sentence,
            due=None if told.due_in is None else today + timedelta(days=told.due_in),
        )
        Asking.objects.filter(pk=asking.pk).update(asked_at=now - timedelta(days=told.days_ago))
        if told.reply:
            for one in asking.asked.all():
                one.answer(by_mail[told.to[0]], told.reply, told.note)
            asking.asked.update(answered_at=now - timedelta(days=1))


@dataclass(frozen=True)
class MeetingInDemo:
    """A meeting at an idea, planned by one for the others by the heads of their mail addresses; days count from today.

    `said` are the things on the agenda, each with what was said on it.
    """

    idea: str
    by: str
    invited: tuple[str, ...]
    with_whom: Company
    days: int
    hour: time
    place: str
    said: tuple[tuple[str, str], ...]
    present: tuple[str, ...] = ()
    notes: str = ""


MEETINGS = [
    MeetingInDemo(
        BRUG, "opvolger", ("opvolger", "collega", "steun", "beleid"), Company.SUPPORT, 5, time(14), "Zonbeek, zaal 2",
        (
            ("s2.drive.mission", ""), (Check.DRIJFVEER, ""), (Check.EXPERTISE, ""), (Check.SAMENWERK, ""),
            ("s2.followups", ""), ("s2.conditions", ""), ("Wie belt de school?", ""),
        ),
    ),
    MeetingInDemo(
        BRUG, "opvolger", ("opvolger", "collega", "teamlid1"), Company.OWN_TEAM, -9, time(10), "Kouterlo",
        (
            ("s1.why.challenge", "Herkenbaar: we horen dit elke week in het onthaal."),
            ("s1.goals.list", "Liever drie doelen die we halen dan zes die we dromen."),
            ("s1.who.involved", "De leerlingenbegeleiding er meteen bij vragen."),
        ),
        ("teamcoach jongerenonthaal", "onthaalmedewerker Zonbeek", "woonbegeleider"),
        "Het team wil verder. Volgende keer met de diensten erbij.",
    ),
]  # fmt: skip


def _come_together(organisation: Organisation) -> None:
    """A meeting that is planned and one that was. Nobody gets a mail of it."""
    by_mail = {member.email.split("@")[0]: member for member in organisation.members.select_related("account")}
    for told in MEETINGS:
        day = timezone.localdate() + timedelta(days=told.days)
        meeting = Meeting.objects.create(
            idea=Idea.objects.get(organisation=organisation, slug=told.idea),
            date=day,
            time=told.hour,
            minutes=90,
            place=told.place,
            with_whom=told.with_whom,
            planned_by=by_mail[told.by],
            present="\n".join(told.present),
            notes=told.notes,
        )
        meeting.invited.set([by_mail[head] for head in told.invited])
        for topic, note in told.said:
            is_ours = topic not in TOPICS
            meeting.put_on_agenda([] if is_ours else [topic], [topic] if is_ours else [])
            if note:
                meeting.items.filter(topic=topic).update(note=note, dealt_with=meeting.starts)
        if told.days < 0:
            Meeting.objects.filter(pk=meeting.pk).update(began=meeting.starts, ended=meeting.until)


def set_password(password: str) -> None:
    """Sets the password of all demo accounts that have another one; those who keep theirs stay signed in."""
    encoded = make_password(password)
    for account in Account.objects.filter(members__organisation__demo=True):
        if not account.check_password(password):
            account.password = encoded
            account.save(update_fields=["password"])


def shift[R](record: R, days: timedelta) -> R:
    """The same record with every date in it moved by `days`. Source: domain.md, part 6."""
    changes: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, date):
            changes[field.name] = value + days
        elif is_dataclass(value):
            changes[field.name] = shift(value, days)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(shift(item, days) if is_dataclass(item) else item for item in value)
    return replace(record, **changes)  # type: ignore[type-var]
