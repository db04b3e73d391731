"""The commands and their groups."""

import typer

from app.cli import (
    audit,
    export,
    link,
    mail,
    migrate,
    questionnaire,
    rounds,
    sample,
    serve,
    survey,
    user,
    versions,
    worker,
)

program = typer.Typer(
    name="rapporteur",
    help="Questionnaires for intergovernmental secretariats, and their synthesis.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
program.command()(serve.serve)
program.command()(worker.worker)
program.command()(migrate.migrate)
program.command()(export.export)
program.command()(link.link)
program.add_typer(sample.group, name="sample")
questionnaire.group.command()(versions.diff)
questionnaire.group.command()(versions.publish)
program.add_typer(questionnaire.group, name="questionnaire")
program.add_typer(survey.group, name="survey")
program.add_typer(rounds.group, name="round")
program.add_typer(mail.group, name="mail")
program.add_typer(user.group, name="user")
program.add_typer(audit.group, name="audit")
