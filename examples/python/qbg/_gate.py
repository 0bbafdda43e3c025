"""Who may use a workspace when: any number of questions at once, or one change alone.

Short calls keep the interpreter's lock, and so exclude each other by themselves. Long questions let
other threads go on; a change that comes meanwhile waits until they are answered."""
import threading
from typing import Any, Callable, List


class Gate:
    __slots__ = ("_condition", "_asking", "_changing", "_left", "_is_over")

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.RLock())
        self._asking = 0    # questions that are being answered
        self._changing = 0  # changes that wait for them; new questions let them pass
        self._left: List[Callable[[], None]] = []
        self._is_over = False

    def leave(self, work: Callable[[], None]) -> None:
        """Work that a finalizer must not do itself, as it changes the workspace: it is done before
        the next call that goes through the gate; at once when the workspace is no more."""
        if self._is_over:
            work()
        else:
            self._left.append(work)

    def end(self) -> None:
        """Called right before the workspace is freed."""
        self._finish_left()
        self._is_over = True

    def _finish_left(self) -> None:
        while self._left:
            self._left.pop()()

    def change(self, function: Any, *arguments: Any) -> Any:
        """Calls what needs the workspace alone."""
        with self._condition:
            self._wait()
            self._finish_left()
            return function(*arguments)

    def _wait(self) -> None:
        """Until no question is being answered."""
        self._changing += 1
        try:
            while self._asking:
                self._condition.wait()
        finally:
            self._changing -= 1
            self._condition.notify_all()

    def ask(self, function: Any, *arguments: Any) -> Any:
        """Calls what may run beside other questions."""
        with self._condition:
            while self._changing:
                self._condition.wait()
            if self._left and not self._asking:
                self._finish_left()
            self._asking += 1
        try:
            return function(*arguments)
        finally:
            with self._condition:
                self._asking -= 1
                self._condition.notify_all()


def gate_of(value: Any, kind: type) -> Gate:
    """The gate of an object that is told, which has to be of that class."""
    if not isinstance(value, kind):
        raise TypeError(f"a {kind.__name__} is needed, not {type(value).__name__}")
    return value._gate
