"""The engine without workers: everything in this process, for a few documents and for whoever looks with a debugger."""

from collections.abc import Callable, Iterable, Iterator

from pipeline.engine.model import R, T


class Here:
    """One task after another, in this process. What ends the process ends the build."""

    def map(
        self, function: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], R]
    ) -> Iterator[tuple[T, list[R]]]:
        """See :class:`~pipeline.engine.model.Engine`; exceptions come as they are."""
        for task in tasks:
            yield task, [function(task)]

    def close(self) -> None:
        """Nobody was called in."""
