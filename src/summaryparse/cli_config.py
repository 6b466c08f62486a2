"""`summaryparse.toml`: the options that one types every day."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typer

from summaryparse.command_line import CONFIG_FILE

Options = dict[str, Any]


def apply_config(context: Any, path: Path | None) -> None:  # noqa: ANN401 typer ships its own click
    """Makes what a file says the default of every command's options; what is typed goes before it.

    Without a path the file of the working folder is taken, if there is one. A key before the first [command]
    is for every command that has such an option. Whatever is wrong is a usage error that names file and key.
    """
    if path is None and not Path(CONFIG_FILE).is_file():
        return
    source = path or Path(CONFIG_FILE)
    commands = {name: options_of(command) for name, command in context.command.commands.items()}
    given = read_config(source)
    defaults: dict[str, Options] = {name: {} for name in commands}
    for key, value in given.items():
        if isinstance(value, dict):
            require(key, commands, f"[{key}]", "command", source)
            for option, chosen in value.items():
                require(plain_key(option), commands[key], f"[{key}] {option}", f"option of {key}", source)
                defaults[key][plain_key(option)] = chosen
        else:
            every = {option for options in commands.values() for option in options}
            require(plain_key(key), every, key, "option of any command", source)
            for name, options in commands.items():
                if plain_key(key) in options:
                    defaults[name].setdefault(plain_key(key), value)
    context.default_map = {
        name: dict(setting(context, commands[name][key], value, source) for key, value in options.items())
        for name, options in defaults.items()
    }


def read_config(path: Path) -> Mapping[str, Any]:
    """What a TOML file holds."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise wrong(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise wrong(path, f"not TOML: {error}") from error


def options_of(command: Any) -> Options:  # noqa: ANN401 as above
    """A command's options by their long names, without those that end the program."""
    return {
        plain_key(name.removeprefix("--")): option
        for option in command.params
        for name in option.opts
        if name.startswith("--") and not option.is_eager
    }


def setting(context: Any, option: Any, value: object, path: Path) -> tuple[str, object]:  # noqa: ANN401 as above
    """An option's own name and its value, checked as if it had been typed."""
    several = option.multiple or option.nargs != 1
    if several and not isinstance(value, list):
        value = [value]
    elif isinstance(value, list) and not several:
        value = ",".join(map(str, value))
    try:
        option.process_value(context, value)
    except typer.BadParameter as error:
        raise wrong(path, f"{option.opts[0].removeprefix('--')}: {error.message}") from error
    return option.name, value


def require(key: str, known: Iterable[str], shown: str, what: str, path: Path) -> None:
    """Ends with a usage error where a key is not known, and says which one it looks like."""
    names = sorted(name for name in known if name)
    if key in names:
        return
    near = difflib.get_close_matches(key, names, 1)
    hint = f"did you mean {near[0].replace('_', '-')}?" if near else f"there are {', '.join(names)}"
    raise wrong(path, f"{shown} is no {what}; {hint.replace('_', '-')}")


def plain_key(name: str) -> str:
    """with-text and with_text are one key."""
    return name.replace("-", "_")


def wrong(path: Path, message: str) -> typer.BadParameter:
    """The usage error for a configuration file."""
    return typer.BadParameter(message, param_hint=str(path))
