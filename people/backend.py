"""Who is signed in, read together with what they are where."""

from typing import cast

from allauth.account.auth_backends import AuthenticationBackend

from people.models import Account, Member


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """Reads an account and its members in one query: nearly every page needs both."""

    def get_user(self, user_id: int) -> Account | None:
        members = list(Member.objects.of_account(user_id))
        account = members[0].account if members else cast(Account | None, super().get_user(user_id))
        if account is None or not account.is_active:
            return None
        account.known_members = members
        return account
