"""The queues of background work: which there are."""

QUEUES = ("certificates", "exports", "mail")
