from allauth.account.views import (
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
)
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path

from people import account, inviting, members, preferences, profile, starting, views, with_organisation
from people.weighty import weighty_for_account

signing_in = [
    path("", views.SignIn.as_view(), name="account_login"),
    path("again/", views.SignInAgain.as_view(), name="sign_in_again"),
    path("again/code/", views.SecondStepAgain.as_view(), name="sign_in_again_code"),
    path("code/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("passkey/", views.SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path("demo/", views.sign_in_to_demo, name="sign_in_to_demo"),
    path("organisation/", with_organisation.choose_organisation, name="sign_in_with"),
    path("organisation/<slug:slug>/", with_organisation.short_way, name="sign_in_at"),
    path("provider/<str:provider_id>/", with_organisation.to_provider, name="openid_connect_login"),
    path("provider/<str:provider_id>/back/", with_organisation.from_provider, name="openid_connect_callback"),
]

# The names are those by which allauth finds them.
forgotten = [
    path("", PasswordResetView.as_view(template_name="people/forgotten.html"), name="account_reset_password"),
    path(
        "mailed/",
        PasswordResetDoneView.as_view(template_name="people/forgotten_mailed.html"),
        name="account_reset_password_done",
    ),
    path(
        "done/",
        PasswordResetFromKeyDoneView.as_view(template_name="people/forgotten_done.html"),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        PasswordResetFromKeyView.as_view(template_name="people/new_password.html"),
        name="account_reset_password_from_key",
    ),
]

own_account = [
    path("", account.overview, name="account_overview"),
    path("", account.overview, name="mfa_index"),
    path("language/", account.choose_mail_language, name="mail_language"),
    path("mail/", account.change_mail, name="change_mail"),
    path("mail/<str:key>/", account.confirm_mail, name="confirm_mail"),
    path("password/", account.ChangePassword.as_view(), name="account_change_password"),
    path("sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("app/", weighty_for_account(account.AddApp.as_view()), name="mfa_activate_totp"),
    path("app/off/", weighty_for_account(account.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("passkey/", weighty_for_account(account.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("passkey/<int:pk>/off/", weighty_for_account(account.RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path("codes/", weighty_for_account(account.RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path("codes/new/", weighty_for_account(account.NewRecoveryCodes.as_view()), name="mfa_generate_recovery_codes"),
    path("provider/", with_organisation.link, name="link_to_provider"),
    path("ask-again/", views.AskPassword.as_view(), name="account_reauthenticate"),
    path("ask-again/code/", views.AskCode.as_view(), name="mfa_reauthenticate"),
    path("ask-again/passkey/", views.AskPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
]

urlpatterns = [
    path("sign-in/", include(signing_in)),
    path("password-forgotten/", include(forgotten)),
    path("account/", include(own_account)),
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
    path("me/mail/", preferences.my_mail, name="my_mail"),
    path("mail/stop/<str:token>/", preferences.stop_digest, name="stop_digest"),
    path("organisation/sign-in/", with_organisation.settings_page, name="identity_provider"),
    path("language/", account.choose_language, name="set_language"),
    path("about/", views.about, name="about"),
]
