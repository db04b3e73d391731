"""Mails: their texts and the ways out."""
