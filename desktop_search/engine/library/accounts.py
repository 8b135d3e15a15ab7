"""Accounts: each key speaks for one, and sees nothing but the namespaces of its own.

A namespace is stored under its scope: the engine's own account under the bare name, the others with their account in
front of it, behind a separator that no name may hold.
"""

from __future__ import annotations

OWN_ACCOUNT = ""  # of the engine's own key
LEGACY_FOLDER_SCOPE = "\x1eAPI"  # folder -2 of the contract: read-only, and always empty here
PUBLIC_SCOPE = "\x1ePUBLIC"  # the library that all accounts share; in no namespace of anyone
SEPARATOR = "\x1e"


def scope_of(account: str, name: str) -> str:
    """Under which name the store keeps a namespace of the account. ValueError where the name holds the separator."""
    if SEPARATOR in name:
        raise ValueError(name)
    return name if account == OWN_ACCOUNT else f"{_prefix(account)}{name}"


def name_in(account: str, scope: str) -> str | None:
    """The name the account knows that namespace by; `None` when it belongs to another account, or to none."""
    if account == OWN_ACCOUNT:
        return None if SEPARATOR in scope else scope
    prefix = _prefix(account)
    return scope.removeprefix(prefix) if scope.startswith(prefix) else None


def _prefix(account: str) -> str:
    return f"{SEPARATOR}{account}{SEPARATOR}"
