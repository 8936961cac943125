from django.urls import path

from ideas import alike, background, calendar
from ideas.advice import scan
from ideas.after import running
from ideas.asking import answering
from ideas.asking import views as asking
from ideas.board import views as board
from ideas.comments import views as comments
from ideas.dossier import views as dossier
from ideas.exports import views as exports
from ideas.for_me import views as for_me
from ideas.intake import entering, received
from ideas.meetings import screen
from ideas.meetings import views as meetings
from ideas.mirror import views as mirror
from ideas.organisation import leaving, settings, teams
from ideas.passing import views as passing
from ideas.portfolio import overview
from ideas.privacy import mine
from ideas.privacy import views as privacy
from ideas.puzzle import views as puzzle
from ideas.seal import views as seal
from ideas.signals import views as signals
from ideas.steps import (
    aftercare,
    answers,
    check,
    concretise,
    confirm,
    control,
    decide,
    deciding,
    explore,
    look_back,
    now,
    parts,
    past,
    rows,
    temperature,
    whole,
)
from ideas.voting import leading as voting
from ideas.voting import views as votes
from ideas.way import people
from ideas.way import views as the_way

app_name = "ideas"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("me/calendar/", calendar.my_calendar, name="my_calendar"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar"),
    path("organisation/", settings.organisation, name="organisation"),
    path("organisation/change/<str:part>/", settings.change, name="change_organisation"),
    path("organisation/teams/", teams.teams, name="teams"),
    path("organisation/teams/<int:team_id>/", teams.team, name="team"),
    path("organisation/teams/<int:team_id>/take-away/", teams.take_away, name="take_away_team"),
    path("organisation/people/<int:member_id>/leaving/", leaving.leaving, name="leaving"),
    path("ideas/received/", received.received, name="received"),
    path("ideas/<slug:slug>/", overview.lane, name="lane"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:export_id>/", exports.export, name="export"),
    path("exports/<int:export_id>/file/", exports.export_file, name="export_file"),
    path("background/", background.backgrounds, name="backgrounds"),
    path("background/<slug:page>/", background.background, name="background"),
    path("for-me/", for_me.for_me, name="for_me"),
    path("for-me/count/", for_me.count, name="for_me_count"),
    path("answer/<str:token>/", answering.answer_link, name="answer_link"),
    path("vote/", votes.vote_by_slip, name="vote_by_slip"),
    path("vote/thanks/", votes.vote_thanks, name="vote_thanks"),
    path("vote/by/<str:token>/", votes.vote_link, name="vote_link"),
    path("vote/<str:code>/", votes.vote_slip, name="vote_slip"),
    path("scan/", scan.scan, name="scan"),
    path("idea/new/", entering.new, name="new"),
    path("idea/new/alike/", alike.alike_to_typed, name="alike_to_typed"),
    path("idea/<int:idea_id>/alike/", alike.alike, name="alike"),
    path("idea/<int:idea_id>/", whole.whole, name="idea"),
    path("idea/<int:idea_id>/now/", now.now, name="now"),
    path("idea/<int:idea_id>/explore/", explore.explore, name="explore"),
    path("idea/<int:idea_id>/check/", check.check, name="check"),
    path("idea/<int:idea_id>/concretise/", concretise.concretise, name="concretise"),
    path("idea/<int:idea_id>/decide/", decide.decide, name="decide"),
    path("idea/<int:idea_id>/running/", running.running, name="running"),
    path("idea/<int:idea_id>/puzzle/", puzzle.puzzle, name="puzzle"),
    path("idea/<int:idea_id>/puzzle/print/", puzzle.puzzle_print, name="puzzle_print"),
    path("idea/<int:idea_id>/way/delete/", the_way.delete, name="delete"),
    path("idea/<int:idea_id>/way/<str:verb>/", the_way.way, name="way"),
    path("idea/<int:idea_id>/people/", people.people, name="people"),
    path("idea/<int:idea_id>/meetings/", meetings.meetings, name="meetings"),
    path("idea/<int:idea_id>/meetings/plan/", meetings.plan, name="plan_meeting"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/edit/", meetings.edit, name="edit_meeting"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/remove/", meetings.remove, name="remove_meeting"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/begin/", meetings.begin, name="begin_meeting"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/end/", meetings.end, name="end_meeting"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/present/", meetings.present, name="meeting_present"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/preparation/", meetings.to_preparation, name="to_preparation"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/report/", meetings.report, name="meeting_report"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/screen/", screen.screen, name="meeting_screen"),
    path(
        "idea/<int:idea_id>/meetings/<int:meeting_id>/screen/<int:item_id>/<str:name>/", screen.add, name="screen_add"
    ),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/agenda/", meetings.add_to_agenda, name="add_to_agenda"),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/agenda/<int:item_id>/", meetings.on_agenda, name="on_agenda"),
    path(
        "idea/<int:idea_id>/meetings/<int:meeting_id>/agenda/<int:item_id>/note/",
        meetings.agenda_note,
        name="agenda_note",
    ),
    path(
        "idea/<int:idea_id>/meetings/<int:meeting_id>/agenda/<int:item_id>/note/past/",
        past.past,
        {"kind": "agenda_note"},
        "agenda_note_past",
    ),
    path("idea/<int:idea_id>/meetings/<int:meeting_id>/part/<str:name>/", meetings.meeting_part, name="meeting_part"),
    path(
        "idea/<int:idea_id>/meetings/<int:meeting_id>/part/<str:name>/past/",
        past.past,
        {"kind": "meeting"},
        "meeting_past",
    ),
    path("idea/<int:idea_id>/ask/", asking.ask, name="ask"),
    path("idea/<int:idea_id>/asked/at/<str:place>/", asking.asked_here, name="asked_here"),
    path("idea/<int:idea_id>/asked/<int:asked_id>/", answering.answer, name="answer_asked"),
    path("idea/<int:idea_id>/asked/<int:asked_id>/point/", asking.point, name="asked_point"),
    path("idea/<int:idea_id>/asking/<int:asking_id>/", asking.asking, name="asking"),
    path("idea/<int:idea_id>/asking/<int:asking_id>/withdraw/", asking.withdraw, name="withdraw"),
    path("idea/<int:idea_id>/asking/<int:asking_id>/remind/", asking.remind, name="remind"),
    path("idea/<int:idea_id>/answer/<str:question>/", answers.answer, name="answer"),
    path("idea/<int:idea_id>/conclusion/<str:check>/", answers.conclusion, name="conclusion"),
    path("idea/<int:idea_id>/confirm/<str:name>/", confirm.confirm, name="confirm"),
    path("idea/<int:idea_id>/part/<str:name>/", parts.part, name="part"),
    path("idea/<int:idea_id>/list/<str:name>/", rows.rows, name="list"),
    path("idea/<int:idea_id>/list/<str:name>/add/", rows.add, name="add"),
    path("idea/<int:idea_id>/list/<str:name>/order/", rows.order, name="order"),
    path("idea/<int:idea_id>/list/<str:name>/<int:row_id>/", rows.edit, name="edit"),
    path("idea/<int:idea_id>/list/<str:name>/<int:row_id>/remove/", rows.remove, name="remove"),
    path("idea/<int:idea_id>/list/<str:name>/<int:row_id>/done/", rows.tick_off, name="tick_off"),
    path("idea/<int:idea_id>/list/<str:name>/<int:row_id>/drop/", board.drop, name="drop"),
    path("idea/<int:idea_id>/board/activity/<int:activity_id>/", board.move_activity, name="move_activity"),
    path("idea/<int:idea_id>/look-back/<int:row_id>/", look_back.look_back, name="look_back"),
    path("idea/<int:idea_id>/control/<str:name>/<int:row_id>/", control.control_row, name="control_row"),
    path("idea/<int:idea_id>/mirror/condition/<int:condition_id>/", mirror.care, name="care"),
    path("idea/<int:idea_id>/mirror/condition/<int:condition_id>/point/", mirror.care_by_point, name="care_by_point"),
    path("idea/<int:idea_id>/mirror/goal/<int:goal_id>/", mirror.couple, name="couple"),
    path("idea/<int:idea_id>/signal/<slug:which>/", signals.signal, name="signal"),
    path("idea/<int:idea_id>/verdict/", control.verdict, name="verdict"),
    path("idea/<int:idea_id>/questions-back/", control.take_back, name="questions_back"),
    path("idea/<int:idea_id>/temperature/", temperature.temperature, name="temperature"),
    path("idea/<int:idea_id>/temperature/<int:reading_id>/", temperature.temperature, name="correct_temperature"),
    path("idea/<int:idea_id>/voting/", voting.voting, name="voting"),
    path("idea/<int:idea_id>/voting/screen/", voting.voting_screen, name="voting_screen"),
    path("idea/<int:idea_id>/voting/slips/", voting.voting_slips, name="voting_slips"),
    path("idea/<int:idea_id>/voting/close/", voting.close_voting, name="close_voting"),
    path("idea/<int:idea_id>/vote/", votes.vote, name="vote"),
    path("idea/<int:idea_id>/prepare/<str:name>/", deciding.prepare, name="prepare"),
    path("idea/<int:idea_id>/record/<str:value>/", deciding.record, name="record"),
    path("idea/<int:idea_id>/told/", aftercare.told, name="told"),
    path("idea/<int:idea_id>/skip/<str:what>/", aftercare.skip, name="skip"),
    path("idea/<int:idea_id>/start/", aftercare.start, name="start"),
    path("idea/<int:idea_id>/finish/", aftercare.finish, name="finish"),
    path("idea/<int:idea_id>/close/", aftercare.close, name="close"),
    path("idea/<int:idea_id>/past/", past.timeline, name="timeline"),
    path("idea/<int:idea_id>/past/<int:change_id>/back/", past.bring_back, name="bring_back"),
    path("idea/<int:idea_id>/answer/<str:question>/past/", past.past, {"kind": "answer"}, "answer_past"),
    path("idea/<int:idea_id>/conclusion/<str:check>/past/", past.past, {"kind": "conclusion"}, "conclusion_past"),
    path("idea/<int:idea_id>/part/<str:name>/past/", past.past, {"kind": "part"}, "part_past"),
    path("idea/<int:idea_id>/prepare/<str:name>/past/", past.past, {"kind": "prepared"}, "prepare_past"),
    path("idea/<int:idea_id>/verdict/past/", past.past, {"kind": "verdict"}, "verdict_past"),
    path("idea/<int:idea_id>/skip/<str:what>/past/", past.past, {"kind": "skipped"}, "skip_past"),
    path("idea/<int:idea_id>/list/<str:name>/past/", past.of_list, name="list_past"),
    path("idea/<int:idea_id>/list/<str:name>/<int:row_id>/past/", past.past, {"kind": "row"}, "row_past"),
    path("idea/<int:idea_id>/control/<str:name>/<int:row_id>/past/", past.past, {"kind": "row"}, "control_past"),
    path(
        "idea/<int:idea_id>/look-back/<int:row_id>/past/",
        past.past,
        {"kind": "row", "name": "followups"},
        "look_back_past",
    ),
    path("idea/<int:idea_id>/comments/", comments.comments, name="comments"),
    path("idea/<int:idea_id>/comments/<str:name>/", comments.at_place, name="comments_at"),
    path("idea/<int:idea_id>/comments/<int:comment_id>/<str:deed>/", comments.do, name="comment"),
    path("idea/<int:idea_id>/read-links/", privacy.links, name="read_links"),
    path("idea/<int:idea_id>/read-links/<int:link_id>/revoke/", privacy.revoke, name="revoke_link"),
    path("idea/<int:idea_id>/readings/", privacy.readings, name="readings"),
    path("me/data/", mine.my_data, name="my_data"),
    path("me/data.json", mine.my_data_file, name="my_data_file"),
    path("organisation/retention/", mine.retention, name="retention"),
    path("organisation/people/<int:member_id>/erase/", mine.erase_person, name="erase_person"),
    path("read/<str:secret>/", privacy.read, name="read"),
    path("idea/<int:idea_id>/file/<int:attachment_id>/", whole.file, name="file"),
    path("idea/new/file/", passing.take_in, name="take_in"),
    path("idea/<int:idea_id>/pass-on/", passing.pass_on, name="pass_on"),
    path("idea/<int:idea_id>/pass-on/<int:partner_id>.json", passing.file_for, name="pass_on_file"),
    path("idea/<int:idea_id>/sealed/", seal.sealed, name="sealed"),
    path("idea/<int:idea_id>/sealed/<int:sealed_id>.json", seal.record, name="sealed_record"),
    path("idea/<int:idea_id>/sealed/<int:sealed_id>/<str:version>-<str:language>.pdf", seal.pdf, name="sealed_pdf"),
    path("idea/<int:idea_id>/sealed/<int:sealed_id>/make/", seal.make, name="make_sealed_pages"),
    path("idea/<int:idea_id>/sealed/black-out/", seal.black_out_passage, name="black_out"),
    path("idea/<int:idea_id>/reconfirm/", seal.reconfirm, name="reconfirm"),
    path("check/", seal.check_dossier, name="check_dossier"),
    path("idea/<int:idea_id>/dossier/", dossier.dossier, name="dossier"),
    path("idea/<int:idea_id>/dossier/<str:version>-<str:language>.pdf", dossier.pdf, name="dossier_pdf"),
]
