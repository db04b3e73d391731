"""Durable work: workflows, queues and the schedule."""
