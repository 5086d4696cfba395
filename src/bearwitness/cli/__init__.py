"""The command line. Only click is imported here; each command brings in what it needs when it is run.

Exit codes: 0 done (problems in the evidence are kept, and are not failures); 1 a bug, with its traceback;
2 a file or an argument that cannot be used; 3 a ledger that is missing, locked or of another version; 4 a
ledger that does not add up; 5 something optional is not installed; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from bearwitness import __version__
from bearwitness.cli import (
    changing,
    comparing,
    deciding,
    demo,
    fetching,
    giving,
    keeping,
    looking,
    reading,
    reviewing,
    totalling,
    vouching,
    waiting,
    watching,
)
from bearwitness.cli.say import complain
from bearwitness.errors import BearwitnessError

if TYPE_CHECKING:
    from collections.abc import Sequence

# One thread, as long as nobody asks for more: on a busy machine the threads of numpy's algebra wait for each other.
# It must be said before numpy is brought in, which commands do when they run.
for _library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_library, os.environ.get("BEARWITNESS_THREADS", "1"))

INTERRUPTED = 130
WRITERS = ("add", "update", "rebuild", "judge")
FETCHERS = ("fetch", "retry", "watch")

EPILOG = """Exit codes: 0 done, 2 a file or an argument cannot be used, 3 the ledger is missing or locked,
4 the ledger is damaged, 5 something optional is not installed, 130 interrupted."""


class InOrder(click.Group):
    """A group that lists its commands in the order of a day's work rather than by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Where whoever reads our output has gone (``| head``), nothing went wrong."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            resume = ""
            if ctx.invoked_subcommand in WRITERS:
                resume = "; what was finished is kept: resume with bearwitness update"
            elif ctx.invoked_subcommand in FETCHERS:
                resume = "; what was finished is kept: resume with the same command"
            complain(f"interrupted{resume}")
            return INTERRUPTED
        except BrokenPipeError:
            silence()
            return 0


def silence() -> None:
    """Let standard output lead nowhere, so that what is left in it can be thrown away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=EPILOG,
)
@click.version_option(__version__, prog_name="bearwitness")
@click.option("--ledger", metavar="DIR", help="The ledger's folder, for any command that works on one.")
@click.pass_context
def cli(context: click.Context, ledger: str | None) -> None:
    """Keep who claims what in reports of violence, and compute what follows from it."""
    context.obj = ledger


for command in (
    reading.extract,
    keeping.init,
    keeping.add,
    fetching.fetch,
    fetching.retry,
    watching.watch,
    keeping.update,
    waiting.waiting,
    looking.incidents,
    totalling.totals,
    looking.show,
    changing.changes,
    reviewing.review,
    deciding.judge,
    comparing.compare,
    giving.export,
    giving.publish,
    keeping.verify,
    vouching.timestamp,
    vouching.custody,
    vouching.views,
    keeping.rebuild,
    looking.stages,
    demo.demo,
):
    cli.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. A bug raises; an operator's mistake is one line."""
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="bearwitness",
            standalone_mode=False,
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BearwitnessError as error:
        complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        complain("interrupted")
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def main() -> None:
    """The ``bearwitness`` program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        silence()
        code = 0
    sys.exit(code)
