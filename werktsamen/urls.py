from django.urls import include, path

from werktsamen import views

urlpatterns = [
    path("", include("people.urls")),
    path("", include("ideas.urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
