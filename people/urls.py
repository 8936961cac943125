from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from people import inviting, members, preferences, profile, starting, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/again/", views.SignInAgain.as_view(), name="sign_in_again"),
    path("sign-in/demo/", views.sign_in_to_demo, name="sign_in_to_demo"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="account_logout"),
    path("organisation/switch/", views.switch, name="switch"),
    path("start/", starting.first_start, name="first_start"),
    path("me/", profile.profile, name="profile"),
    path("organisation/people/", members.people, name="people"),
    path("organisation/people/invite/", inviting.invite, name="invite"),
    path("organisation/people/<int:member_id>/", members.member, name="member"),
    path("organisation/invitations/<int:invitation_id>/again/", inviting.again, name="invite_again"),
    path("organisation/invitations/<int:invitation_id>/withdraw/", inviting.withdraw, name="withdraw"),
    path("invitation/<str:code>/", inviting.invitation, name="invitation"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("me/mail/", preferences.my_mail, name="my_mail"),
    path("mail/stop/<str:token>/", preferences.stop_digest, name="stop_digest"),
    path("about/", views.about, name="about"),
]
