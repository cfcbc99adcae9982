"""One module a channel. Its name is the channel's name; there is no list to edit.

``receivers(settings)`` gives who is configured, and ``send(notice, receiver, settings)`` tells
one of them, or raises :class:`~pgassay.notify.undelivered.Undelivered`.
"""
