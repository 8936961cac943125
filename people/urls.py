from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from people import preferences, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/again/", views.SignInAgain.as_view(), name="sign_in_again"),
    path("sign-in/demo/", views.sign_in_to_demo, name="sign_in_to_demo"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="account_logout"),
    path("organisation/switch/", views.switch, name="switch"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("me/mail/", preferences.my_mail, name="my_mail"),
    path("mail/stop/<str:token>/", preferences.stop_digest, name="stop_digest"),
    path("about/", views.about, name="about"),
]
