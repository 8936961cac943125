"""Mail that is to go, or went."""

from django.db import models
from django.utils import timezone

from people.models.member import Account


class Mail(models.Model):
    """One mail to one person, kept from the moment that something calls for it until well after it went.

    `key` says what it is about, so that the same thing is mailed once, however often it is asked for. `sent` is when
    a mail server took it; `tried` counts how often none did.
    """

    key = models.CharField(max_length=200, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    asked = models.DateTimeField(default=timezone.now)
    tried = models.PositiveIntegerField(default=0)
    sent = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.subject
