"""The commands and their groups."""

from inspect import getdoc
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup

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

if TYPE_CHECKING:
    from typer._click import Context


class Program(TyperGroup):
    """The commands; what is wrong with an argument is said without the words of a library."""

    def invoke(self, ctx: "Context") -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as fault:
            fault.message = fault.message.removeprefix("Value error, ")
            raise


def tell_whole_summaries(group: typer.Typer) -> None:
    """Show the first line about each command whole: by itself Typer cuts it off."""
    for command in group.registered_commands:
        words = getdoc(command.callback)
        command.short_help = words.splitlines()[0] if words else None
    for each in group.registered_groups:
        if each.typer_instance is not None:
            tell_whole_summaries(each.typer_instance)


program = typer.Typer(
    cls=Program,
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
tell_whole_summaries(program)
