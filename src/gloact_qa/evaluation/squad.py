"""SQuAD's JSON, versions 1 and 2, as questions.

Rajpurkar et al., SQuAD (2016, https://arxiv.org/abs/1606.05250) and Know What You Don't
Know (2018, https://arxiv.org/abs/1806.03822); XQuAD and others share the format.
"""

from collections.abc import Iterator
from typing import Any

from gloact_qa.errors import QuestionSetError


def squad_items(loaded: object, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the questions as a line of JSON Lines would have them.

    With each comes its path within the JSON ("data[0].paragraphs[3].qas[1]"). What only
    a reader trained on SQuAD needs (contexts, offsets, plausible answers) is left out.
    Raises QuestionSetError, with ``name`` and the path, where the JSON is not SQuAD's.
    """
    if not isinstance(loaded, dict) or "data" not in loaded:
        raise QuestionSetError(
            f'{name}: expected SQuAD\'s JSON, {{"data": [...]}}; '
            "for one question a line name the file .jsonl"
        )
    for article_path, article in _items(loaded, "data", "", name):
        for paragraph_path, paragraph in _items(article, "paragraphs", article_path, name):
            for path, qa in _items(paragraph, "qas", paragraph_path, name):
                yield path, _item(qa, path, name)


def _item(qa: dict[str, Any], path: str, name: str) -> dict[str, Any]:
    impossible = qa.get("is_impossible", False)
    if not isinstance(impossible, bool):
        raise QuestionSetError(f"{name}: {path}: is_impossible: expected true or false")
    texts = [answer.get("text") for _, answer in _items(qa, "answers", path, name)]
    # A hidden test set has no answers either; that does not make it unanswerable.
    if impossible == bool(texts):
        found = f"{len(texts)} answers" if texts else "no answers"
        raise QuestionSetError(
            f"{name}: {path}: {found}, yet is_impossible is {str(impossible).lower()}"
        )
    # What is missing or of a wrong type is told when the question is validated.
    item = {key: value for key, value in qa.items() if key in ("id", "question")}
    # Several annotators gave the same answer.
    item["answers"] = [text for i, text in enumerate(texts) if text not in texts[:i]]
    return item


def _items(
    parent: dict[str, Any], key: str, parent_path: str, name: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    path = f"{parent_path}.{key}" if parent_path else key
    children = parent.get(key)
    if not isinstance(children, list):
        raise QuestionSetError(f"{name}: {path}: expected a list")
    for i, child in enumerate(children):
        if not isinstance(child, dict):
            raise QuestionSetError(f"{name}: {path}[{i}]: expected an object")
        yield f"{path}[{i}]", child
