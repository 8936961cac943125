"""The pages of the meetings about an idea: planning them, their agenda, what is noted, and the report."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from checks.codes import Company
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.forms import SavedForm
from ideas.meetings.forms import AgendaForm, ItemNoteForm, MeetingForm, NotesForm, PlanForm, PresentForm
from ideas.meetings.report import report_of, since, when
from ideas.meetings.telling import call_off, tell
from ideas.meetings.topics import name_of, proposed, raised_at
from ideas.models import AgendaItem, Idea, Meeting
from ideas.models.past import record
from ideas.once import once
from ideas.picture import WITHOUT_TALK, read
from ideas.steps.lists import LISTS
from ideas.steps.page import Page, show_idea
from ideas.steps.saving import Saving, asked_of, posted, saved, saving, status_of
from people.models import Member

# What saves itself on the page of a meeting.
PARTS: dict[str, type[SavedForm[Meeting]]] = {"present": PresentForm, "notes": NotesForm}
# How the screen can look: dark ink on light, or the reverse.
INKS = ("light", "dark")


def meeting_of(idea: Idea, meeting_id: int) -> Meeting:
    """A meeting of this idea. Raises Http404 where there is none."""
    meeting = get_object_or_404(Meeting.objects.select_related("planned_by"), idea=idea, pk=meeting_id)
    meeting.idea = idea
    return meeting


def item_of(meeting: Meeting, item_id: int) -> AgendaItem:
    item = get_object_or_404(AgendaItem, meeting=meeting, pk=item_id)
    item.meeting, item.idea = meeting, meeting.idea
    return item


def screen_of(meeting: Meeting, item: int, ink: str = "") -> str:
    """Where a thing on the agenda stands large on the screen, in light or dark where that was chosen."""
    at = reverse("ideas:meeting_screen", args=[meeting.idea_id, meeting.pk])
    return f"{at}?item={item}" + (f"&ink={ink}" if ink in INKS else "")


@require_safe
def meetings(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The meetings about an idea: those to come, the next one first; then those that were, the last one first."""
    idea, standing = get_idea(request, idea_id)
    told, today = list(Meeting.objects.filter(idea=idea)), timezone.localdate()
    context = {
        "idea": idea,
        "to_come": [one for one in told if one.date >= today and not one.ended],
        "past": [one for one in reversed(told) if one.date < today or one.ended],
        "may_plan": standing.may(Act.MEET),
    }
    return render(request, "ideas/meetings/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Plans a meeting, with an agenda of what is open; who is invited gets a mail."""
    idea, standing = get_idea(request, idea_id, Act.MEET, lock=request.method == "POST")
    new = Meeting(idea=idea, planned_by=standing.member)
    form = PlanForm(posted(request), instance=new, idea=idea, standing=standing)
    if form.is_bound and form.is_valid():
        meeting = form.save()
        meeting.put_on_agenda(form.cleaned_data.get("agenda", []), form.cleaned_data["own"])
        tell(meeting, standing.member)
        return redirect("ideas:meeting", idea.pk, meeting.pk)
    picture = read([idea.pk], WITHOUT_TALK)[idea.pk].whole()
    form.propose(proposed(picture, raised_at(idea, standing)))
    return render(request, "ideas/meetings/plan.html", {"idea": idea, "form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """Changes when, where and with whom; who is invited, or no longer is, hears of it."""
    idea, standing = get_idea(request, idea_id, Act.MEET, lock=request.method == "POST")
    meeting = meeting_of(idea, meeting_id)
    form = MeetingForm(posted(request), instance=meeting, idea=idea)
    if form.is_bound and form.is_valid():
        before, moved = list(meeting.invited.all()), bool({"date", "time", "place"} & set(form.changed_data))
        if moved:
            meeting.planned_at = timezone.now()
        tell(form.save(), standing.member, before, moved=moved)
        return redirect("ideas:meeting", idea.pk, meeting.pk)
    context = {"idea": idea, "form": form, "meeting": meeting}
    return render(request, "ideas/meetings/plan.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def remove(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """Asks whether a meeting may go, and takes it away; who was invited hears of it."""
    idea, standing = get_idea(request, idea_id, Act.MEET, lock=request.method == "POST")
    meeting = meeting_of(idea, meeting_id)
    if request.method != "POST":
        return render(request, "ideas/meetings/remove.html", {"idea": idea, "meeting": meeting, "when": when(meeting)})
    call_off(meeting, standing.member)
    meeting.delete()
    return redirect("ideas:meetings", idea.pk)


@require_safe
@vary_on_headers("HX-Request")
def meeting(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """One meeting: its agenda, who was there, and the notes."""
    template = "ideas/meetings/meeting.html"
    return show_idea(request, idea_id, template, None, lambda page: _told(page, meeting_id), template)


def _told(page: Page, meeting_id: int) -> dict[str, Any]:
    meeting, may_edit = meeting_of(page.idea, meeting_id), page.standing.may(Act.MEET)
    items = list(meeting.items.all())
    invited = list(meeting.invited.select_related("team").order_by("name"))
    return {
        "meeting": meeting,
        "when": when(meeting),
        "agenda": [(item, name_of(item)) for item in items],
        "may_edit": may_edit,
        "notes": part_saving(meeting, NotesForm(instance=meeting), "notes") if may_edit else None,
        "present": part_saving(meeting, PresentForm(instance=meeting), "present") if may_edit else None,
        "invited": invited,
        "roles": _roles(meeting, invited) if may_edit else [],
        "came": since(meeting, page.reading),
        "may_prepare": may_edit
        and meeting.with_whom is Company.SUPPORT
        and meeting.ended
        and not meeting.support_row_id,
    }


def _roles(meeting: Meeting, invited: Iterable[Member]) -> list[str]:
    """Who could be noted as present with one press: the functions or roles of who is invited."""
    stands = {line.strip() for line in meeting.present.split("\n")}
    told = [member.function or str(member.role_words()) for member in invited]
    return [role for role in dict.fromkeys(told) if role and role not in stands]


def part_saving(meeting: Meeting, form: SavedForm[Meeting], name: str) -> Saving:
    """The notes or who is present, as they stand on their page."""
    url = reverse("ideas:meeting_part", args=[meeting.idea_id, meeting.pk, name])
    return saving(form, f"meeting-{meeting.pk}-{name}", url)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def meeting_part(request: HtmxHttpRequest, idea_id: int, meeting_id: int, name: str) -> HttpResponse:
    """Saves the notes or who is present. On its own it is a page with just that."""
    if name not in PARTS:
        raise Http404
    idea, standing = get_idea(request, idea_id, asked_of(request, Act.MEET), lock=request.method == "POST")
    meeting, may_edit = meeting_of(idea, meeting_id), standing.may(Act.MEET)
    return saved(
        request,
        PARTS[name](posted(request), instance=meeting),
        idea,
        lambda form: part_saving(meeting, form, name) if may_edit else None,
        reverse("ideas:meeting", args=[idea.pk, meeting.pk]),
        "ideas/meetings/part.html",
        meeting=meeting,
        name=name,
        told=getattr(meeting, name),
    )


def note_saving(item: AgendaItem, form: SavedForm[AgendaItem]) -> Saving:
    url = reverse("ideas:agenda_note", args=[item.idea_id, item.meeting_id, item.pk])
    return saving(form, f"item-{item.pk}", url)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def agenda_note(request: HtmxHttpRequest, idea_id: int, meeting_id: int, item_id: int) -> HttpResponse:
    """Saves what was said on one thing of the agenda. On its own it is a page with just that."""
    idea, standing = get_idea(request, idea_id, asked_of(request, Act.MEET), lock=request.method == "POST")
    item, may_edit = item_of(meeting_of(idea, meeting_id), item_id), standing.may(Act.MEET)
    return saved(
        request,
        ItemNoteForm(posted(request), instance=item),
        idea,
        lambda form: note_saving(item, form) if may_edit else None,
        screen_of(item.meeting, item.pk),
        "ideas/meetings/note.html",
        item=item,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def add_to_agenda(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """Adds to the agenda: what is open and not on it yet, or something of people's own."""
    idea, standing = get_idea(request, idea_id, Act.MEET, lock=request.method == "POST")
    meeting = meeting_of(idea, meeting_id)
    picture = read([idea.pk], WITHOUT_TALK)[idea.pk].whole()
    open_topics = proposed(picture, raised_at(idea, standing), meeting.items.all())
    topics = [topic for topic in open_topics if meeting.may_show(topic)]
    form = AgendaForm(posted(request), topics=topics)
    if form.is_bound and form.is_valid():
        meeting.put_on_agenda(form.cleaned_data.get("agenda", []), form.cleaned_data["own"])
        return redirect(f"{reverse('ideas:meeting', args=[idea.pk, meeting.pk])}#agenda")
    context = {"idea": idea, "meeting": meeting, "form": form, "when": when(meeting)}
    return render(request, "ideas/meetings/add.html", context, status=422 if form.is_bound else 200)


@require_POST
@once
def on_agenda(request: HtmxHttpRequest, idea_id: int, meeting_id: int, item_id: int) -> HttpResponse:
    """Moves a thing on the agenda, takes it off, or says that it is dealt with; leads back to where it was pressed."""
    idea, _standing = get_idea(request, idea_id, Act.MEET, lock=True)
    meeting = meeting_of(idea, meeting_id)
    item = item_of(meeting, item_id)
    match request.POST.get("do"):
        case "up" | "down" as way:
            was = [one.pk for one in meeting.items.all()]
            meeting.move(item, up=way == "up")
            record(item, order=(was, [one.pk for one in meeting.items.all()]))
        case "remove":
            item.delete()
        case "dealt_with":
            item.deal_with()
        case "open":
            item.open_again()
    if request.POST.get("from") == "screen":
        return redirect(screen_of(meeting, item_id, request.POST.get("ink", "")))
    return redirect(f"{reverse('ideas:meeting', args=[idea.pk, meeting.pk])}#agenda")


@require_POST
@once
def present(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """Notes with one press that somebody of this role is there."""
    idea, _standing = get_idea(request, idea_id, Act.MEET, lock=True)
    meeting = meeting_of(idea, meeting_id)
    role = request.POST.get("role", "")
    if role in _roles(meeting, meeting.invited.select_related("team")):
        meeting.present = "\n".join(filter(None, [meeting.present.strip(), role]))
        meeting.save(update_fields=["present"])
    return redirect(f"{reverse('ideas:meeting', args=[idea.pk, meeting.pk])}#present")


@require_POST
@once
def begin(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """It begins, and is shown on the screen."""
    idea, _standing = get_idea(request, idea_id, Act.MEET, lock=True)
    meeting = meeting_of(idea, meeting_id)
    meeting.begin()
    return redirect("ideas:meeting_screen", idea.pk, meeting.pk)


@require_POST
@once
def end(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """It is over, or not after all (`to` is `open`)."""
    idea, _standing = get_idea(request, idea_id, Act.MEET, lock=True)
    meeting = meeting_of(idea, meeting_id)
    if request.POST.get("to") == "open":
        meeting.open_again()
    else:
        meeting.end()
    return redirect("ideas:meeting", idea.pk, meeting.pk)


@require_POST
@once
def to_preparation(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """Puts a meeting with support services among the talks of the preparation, so that nothing is typed twice."""
    idea, _standing = get_idea(request, idea_id, Act.CHECK, lock=True)
    meeting, edited = meeting_of(idea, meeting_id), LISTS["support"]
    if meeting.with_whom is not Company.SUPPORT:
        raise Http404
    services = meeting.invited.exclude(support_service="").order_by("support_service")
    row: Any = edited.new_row(
        idea,
        date=meeting.date,
        service=", ".join(dict.fromkeys(member.support_service for member in services))[:200],
        who=", ".join(line.strip() for line in meeting.present.split("\n") if line.strip())[:200],
        remarks=meeting.notes,
    )
    meeting.become_preparation(row)
    return redirect(edited.at(idea))


@require_safe
def report(request: HtmxHttpRequest, idea_id: int, meeting_id: int) -> HttpResponse:
    """The report, to copy."""
    idea, _standing = get_idea(request, idea_id)
    meeting = meeting_of(idea, meeting_id)
    reading = read([idea.pk], WITHOUT_TALK)[idea.pk]
    text = report_of(meeting, meeting.items.all(), reading, reading.whole())
    context = {"idea": idea, "meeting": meeting, "report": text, "lines": min(max(text.count("\n") + 2, 12), 30)}
    return render(request, "ideas/meetings/report.html", context)
