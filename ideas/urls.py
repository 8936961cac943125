from django.urls import path

from ideas.dossier import views as dossier
from ideas.portfolio import overview
from ideas.steps import check, concretise, decide, explore, whole

app_name = "ideas"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("ideas/<slug:slug>/", overview.lane, name="lane"),
    path("idea/<int:idea_id>/", whole.whole, name="idea"),
    path("idea/<int:idea_id>/explore/", explore.explore, name="explore"),
    path("idea/<int:idea_id>/check/", check.check, name="check"),
    path("idea/<int:idea_id>/concretise/", concretise.concretise, name="concretise"),
    path("idea/<int:idea_id>/decide/", decide.decide, name="decide"),
    path("idea/<int:idea_id>/file/<int:attachment_id>/", whole.file, name="file"),
    path("idea/<int:idea_id>/dossier/", dossier.dossier, name="dossier"),
    path("idea/<int:idea_id>/dossier/<str:language>.pdf", dossier.pdf, name="dossier_pdf"),
]
