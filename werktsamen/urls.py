from django.urls import include, path

urlpatterns = [
    path("", include("people.urls")),
    path("", include("ideas.urls")),
]
