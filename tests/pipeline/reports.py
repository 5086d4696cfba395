"""Five invented reports of two attacks and a bridge."""

from __future__ import annotations

TEXTS = {
    "gate.txt": (
        "Blast at Kenema grain gate kills 12\n\n"
        "A bomb killed 12 people and wounded 30 at the grain gate in Kenema, Sierra Leone, on 3 March 2025, the "
        "Kenema Government Hospital said.\n"
        "Police accused the Forest Column of the attack. The Forest Column denied responsibility.\n"
    ),
    "gate-later.txt": (
        "Kenema grain gate bomb killed 14\n\n"
        "The bomb at the grain gate in Kenema, Sierra Leone, on 3 March 2025 killed 14 people and wounded 28, the "
        "Kenema Government Hospital said.\n"
    ),
    "mill.txt": (
        "Gunmen attack mill in Mzuzu\n\n"
        "Gunmen attacked a mill in Mzuzu, Malawi, on 11 May 2025 and killed at least three guards, the district "
        "governor said.\n"
    ),
    "mill-radio.txt": (
        "Three guards killed in Mzuzu mill attack\n\n"
        "Three guards were killed when gunmen attacked a mill in Mzuzu, Malawi, on 11 May 2025, Radio Nkhata "
        "reported. A spokesman for the hospital said two people were injured.\n"
    ),
    "quiet.txt": "A new bridge opens in Mzuzu\n\nThe mayor opened a bridge on Monday and thanked the builders.\n",
}
