"""Draw the program's icon in the forms that Windows (.ico) and macOS (.icns) ask for."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "resources" / "icons" / "application.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)
LARGEST = 1024


def main() -> int:
    """Write cocm.png, cocm.ico and cocm.icns into build/icons."""
    application = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    target = ROOT / "build" / "icons"
    target.mkdir(parents=True, exist_ok=True)
    largest = drawn(LARGEST)
    largest.save(target / "cocm.png")
    largest.save(target / "cocm.icns")
    # Each size is drawn anew, not scaled, so that the small ones stay sharp.
    small = [drawn(size) for size in SIZES]
    small[-1].save(
        target / "cocm.ico", sizes=[(size, size) for size in SIZES], append_images=small[:-1]
    )
    application.quit()
    return 0


def drawn(size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


if __name__ == "__main__":
    sys.exit(main())
