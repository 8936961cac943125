from django.urls import path

from ideas.dossier import views as dossier
from ideas.intake import entering, received
from ideas.portfolio import overview
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
    parts,
    rows,
    temperature,
    whole,
)
from ideas.way import people
from ideas.way import views as the_way

app_name = "ideas"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("ideas/received/", received.received, name="received"),
    path("ideas/<slug:slug>/", overview.lane, name="lane"),
    path("idea/new/", entering.new, name="new"),
    path("idea/<int:idea_id>/", whole.whole, name="idea"),
    path("idea/<int:idea_id>/explore/", explore.explore, name="explore"),
    path("idea/<int:idea_id>/check/", check.check, name="check"),
    path("idea/<int:idea_id>/concretise/", concretise.concretise, name="concretise"),
    path("idea/<int:idea_id>/decide/", decide.decide, name="decide"),
    path("idea/<int:idea_id>/way/delete/", the_way.delete, name="delete"),
    path("idea/<int:idea_id>/way/<str:verb>/", the_way.way, name="way"),
    path("idea/<int:idea_id>/people/", people.people, name="people"),
    path("idea/<int:idea_id>/answer/<str:question>/", answers.answer, name="answer"),
    path("idea/<int:idea_id>/conclusion/<str:check>/", answers.conclusion, name="conclusion"),
    path("idea/<int:idea_id>/confirm/<str:name>/", confirm.confirm, name="confirm"),
    path("idea/<int:idea_id>/part/<str:name>/", parts.part, name="part"),
    path("idea/<int:idea_id>/list/<str:name>/", rows.rows, name="list"),
    path("idea/<int:idea_id>/list/<str:name>/add/", rows.add, name="add"),
    path("idea/<int:idea_id>/list/<str:name>/order/", rows.order, name="order"),
    path("idea/<int:idea_id>/list/<str:name>/<int:row_id>/", rows.edit, name="edit"),
    path("idea/<int:idea_id>/list/<str:name>/<int:row_id>/remove/", rows.remove, name="remove"),
    path("idea/<int:idea_id>/look-back/<int:row_id>/", look_back.look_back, name="look_back"),
    path("idea/<int:idea_id>/control/<str:name>/<int:row_id>/", control.control_row, name="control_row"),
    path("idea/<int:idea_id>/verdict/", control.verdict, name="verdict"),
    path("idea/<int:idea_id>/questions-back/", control.take_back, name="questions_back"),
    path("idea/<int:idea_id>/temperature/", temperature.temperature, name="temperature"),
    path("idea/<int:idea_id>/temperature/<int:reading_id>/", temperature.temperature, name="correct_temperature"),
    path("idea/<int:idea_id>/prepare/<str:name>/", deciding.prepare, name="prepare"),
    path("idea/<int:idea_id>/record/<str:value>/", deciding.record, name="record"),
    path("idea/<int:idea_id>/told/", aftercare.told, name="told"),
    path("idea/<int:idea_id>/skip/<str:what>/", aftercare.skip, name="skip"),
    path("idea/<int:idea_id>/start/", aftercare.start, name="start"),
    path("idea/<int:idea_id>/finish/", aftercare.finish, name="finish"),
    path("idea/<int:idea_id>/close/", aftercare.close, name="close"),
    path("idea/<int:idea_id>/file/<int:attachment_id>/", whole.file, name="file"),
    path("idea/<int:idea_id>/dossier/", dossier.dossier, name="dossier"),
    path("idea/<int:idea_id>/dossier/<str:language>.pdf", dossier.pdf, name="dossier_pdf"),
]
