"""Surveys, rounds, invitations, links, deadlines and the next round."""
