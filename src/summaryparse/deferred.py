"""Parts of other packages that are loaded when somebody uses them, and not with the package."""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

LOADING = RLock()


class Deferred(ModuleType):
    """A module that runs its code when it is first asked for something that it has not."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever the module holds
        """Loads the module, unless that is being done, and gives what was asked for."""
        with LOADING:
            spec = self.__spec__
            if type(self) is Deferred and spec is not None and spec.loader is not None:
                loader, spec.loader = spec.loader, None
                try:
                    loader.exec_module(self)
                    self.__class__ = ModuleType  # type: ignore[assignment] # which it is now
                finally:
                    spec.loader = loader
        return object.__getattribute__(self, name)


def defer(package: str, name: str) -> None:
    """Has a package that is not loaded yet find a folder of it deferred; nothing changes if there is none."""
    spec, full = find_spec(package), f"{package}.{name}"
    if package in sys.modules or spec is None or not spec.submodule_search_locations:
        return
    folder = Path(spec.submodule_search_locations[0], name)
    code = folder / "__init__.py"
    part = spec_from_file_location(full, code, submodule_search_locations=[str(folder)])
    if code.is_file() and part is not None:
        module = module_from_spec(part)
        module.__class__ = Deferred
        sys.modules[full] = module
