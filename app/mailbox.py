"""An address that mail can be sent to or from, alone or as ``Name <address>``."""

import unicodedata
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import getaddresses


def one_line(text: str) -> str:
    """The text on one line, without control characters: fit for a header and a terminal."""
    # U+2028 and U+2029 are spaces to split(), and other controls are dropped.
    words = " ".join(text.split())
    return "".join(mark for mark in words if unicodedata.category(mark) not in {"Cc", "Cs"})


def read_mailbox(text: str) -> Address:
    """Read ``address`` or ``Name <address>``. Raises ``ValueError`` where there is not one."""
    found = getaddresses([one_line(text)])
    if len(found) != 1:
        raise ValueError(_none(text))
    return mailbox(*found[0], written=text)


def mailbox(name: str, address: str, *, written: str = "") -> Address:
    """The mailbox of a name and an address. Raises ``ValueError`` where the address is none."""
    local, at, domain = one_line(address).rpartition("@")
    if not (local and at and domain) or " " in address.strip():
        raise ValueError(_none(written or address))
    try:
        return Address(display_name=one_line(name), addr_spec=f"{local}@{ascii_domain(domain)}")
    except (ValueError, IndexError, MessageError) as error:
        raise ValueError(_none(written or address)) from error


def ascii_domain(domain: str) -> str:
    """The domain as the mail system spells it: ``xn--…`` where it has letters beyond ASCII."""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def _none(text: str) -> str:
    return f"«{one_line(text)}» is not an address that mail can be sent to"
