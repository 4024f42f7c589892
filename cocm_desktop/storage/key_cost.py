"""What it costs to try a password, and the least that a file may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cocm_desktop.domain.password import normalized
from cocm_desktop.errors import Damaged, Unavailable
from cocm_desktop.storage.data_key import KEY_BYTES


@dataclass(frozen=True, slots=True)
class Cost:
    """Parameters of Argon2id."""

    memory_kib: int
    passes: int
    lanes: int

    def at_least(self, floor: Cost) -> bool:
        return self.memory_kib >= floor.memory_kib and self.passes >= floor.passes

    def at_most(self, ceiling: Cost) -> bool:
        return (
            self.memory_kib <= ceiling.memory_kib
            and self.passes <= ceiling.passes
            and 1 <= self.lanes <= ceiling.lanes
        )


@dataclass(frozen=True, slots=True)
class KeyPolicy:
    """What a new slot costs, and the least and the most that a slot in a file may ask for."""

    cost: Cost
    floor: Cost
    ceiling: Cost

    def require(self, cost: Cost) -> None:
        """Refuse a cost that an attacker lowered, or raised to exhaust this computer."""
        if not cost.at_least(self.floor) or not cost.at_most(self.ceiling):
            raise Damaged(
                "The key file asks for a password check that CoCM Desktop would never write: "
                "somebody changed it. Nothing was opened. Restore keys.json from a backup."
            )


# Measured on two cores of 2026: 256 MiB, 3 passes, 4 lanes take 0.50 to 0.58 s (median 0.51 s);
# 128 MiB would take 0.25 s. Between 0.3 and 1.0 s nobody minds, and a guess costs 256 MiB.
# Floor: the second recommendation of RFC 9106 has 64 MiB and 3 passes.
PRODUCTION: Final = KeyPolicy(
    cost=Cost(memory_kib=256 * 1024, passes=3, lanes=4),
    floor=Cost(memory_kib=64 * 1024, passes=2, lanes=1),
    ceiling=Cost(memory_kib=1024 * 1024, passes=16, lanes=16),
)


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """Turn a password into 32 bytes, at that cost in memory and time."""
    argon2 = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    try:
        return argon2.derive(normalized(password).encode(errors="surrogatepass"))
    except MemoryError as error:
        raise Unavailable(
            "This computer has too little free memory to check the password. "
            "Nothing was changed. Close other programs, then try again."
        ) from error
