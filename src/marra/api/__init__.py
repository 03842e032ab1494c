"""The API: `/api/v1`, one router per room, additive within v1.

Figures are open to everybody and to pages of other sites; what changes something asks who you are.
Every error is `application/problem+json` (RFC 9457) whose `type` is a page that people can read.
"""
