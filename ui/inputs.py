"""What the UI is built from, as JSON in src/generated/: the OpenAPI document, words, and how things are drawn."""

from __future__ import annotations

from pathlib import Path

import orjson

from graph_service.analysis.network import REVERSED
from graph_service.api import openapi
from graph_service.api.cells import CHIPS, GLYPHS
from graph_service.api.labels import LANGUAGES, table
from graph_service.api.uploads import MOST_BYTES
from graph_service.domain.schema import ACTORS
from graph_service.uploads.folder import ENDINGS

FOLDER = Path(__file__).with_name("src") / "generated"
GROUPS = ("type", "types", "relation", "relation_in", "counted", "field", "value", "rank", "unit", "group")


def main() -> None:
    """Write the files, where they have changed: an unchanged one keeps its time, so nothing is built anew."""
    words = {
        lang: {group: {key: words[place] for key, words in table()[group].items()} for group in GROUPS}
        for place, lang in enumerate(LANGUAGES)
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    drawn = {"glyphs": GLYPHS, "chips": CHIPS, "reversed": REVERSED, "actors": ACTORS}
    drawn |= {"tables": ENDINGS, "most_bytes": MOST_BYTES}
    for name, content in (("openapi.json", openapi.document()), ("labels.json", words), ("drawing.json", drawn)):
        text = orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
        path = FOLDER / name
        if not path.exists() or path.read_bytes() != text:
            path.write_bytes(text)


if __name__ == "__main__":
    main()
