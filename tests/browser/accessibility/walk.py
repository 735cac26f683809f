"""Somebody who goes through a procedure quickly and stops wherever a page looks different."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fastapi import FastAPI
from playwright.sync_api import Page

from engine import Plan
from engine.answers import write_answers
from engine.model import QuickCheck
from tests.browser.conftest import TODAY
from tests.browser.fill import begin, path_of, press
from tests.engine.explain.personas import persona
from tests.portal.complete import answers_of, complete_cases, plans
from tests.portal.form_values import form_values, question_values, rows

_MOST_PRESSES = 15
NEXT = "main button[name='_go'][value='next']"

# All that is shown gets its answer at once, as typing would; true if that brought up more.
_ANSWER = """(values) => {
  const shown = [...document.querySelectorAll("#answers :is(input, select, textarea)")]
    .filter((one) => !["hidden", "file"].includes(one.type) && one.checkVisibility())
    .filter((one) => !one.matches(":disabled") && one.name in values);
  let changed = false;
  for (const one of shown) {
    const place = [...document.getElementsByName(one.name)].indexOf(one);
    if (["radio", "checkbox"].includes(one.type)) {
      const wanted = values[one.name].includes(one.value);
      if (one.checked === wanted || (one.type === "radio" && !wanted)) continue;
      one.checked = wanted;
    } else {
      const wanted = values[one.name][place] ?? "";
      if (one.value === wanted) continue;
      one.value = wanted;
    }
    changed = true;
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return changed;
}"""

_LACKING = """(wanted) => [...document.querySelectorAll("button[name='_add']")]
  .filter((one) => one.checkVisibility()).map((one) => one.value)
  .find((group) => {
    const stem = "f-" + group.replaceAll("[", "-").replaceAll("].", "-") + "-";
    const there = [...document.querySelectorAll(".vd-row")]
      .filter((row) => row.id.startsWith(stem) && /^[0-9]+$/.test(row.id.slice(stem.length)));
    return there.length < (wanted[group] ?? 0);
  }) ?? null"""


def answer(page: Page, values: Mapping[str, list[str]]) -> None:
    """Every control that is shown gets its answer, and what these bring up."""
    for _ in range(_MOST_PRESSES):
        if not page.evaluate(_ANSWER, values):
            return


@dataclass(slots=False)
class Walk:
    """One person, one procedure, one language."""

    page: Page
    procedure_id: str
    language: str
    app: FastAPI  # the portal behind the pages: messages of the authority come in there
    done: dict[str, str] = field(default_factory=dict)  # what one stop leaves for a later one

    @cached_property
    def plan(self) -> Plan:
        """The procedure."""
        return plans()[self.procedure_id]

    @cached_property
    def case_id(self) -> str:
        """A case of it that is a whole application."""
        return next(case for name, case in complete_cases() if name == self.procedure_id)

    @cached_property
    def values(self) -> Mapping[str, list[str]]:
        """What its controls take."""
        return form_values(self.plan.procedure, answers_of(self.procedure_id, self.case_id))

    def goto(self, address: str) -> None:
        """Another page, in the walker's language."""
        sign = "&" if "?" in address else "?"
        self.page.goto(f"{address}{sign}lang={self.language}")

    def begin(self) -> None:
        """To the first question."""
        begin(self.page, self.procedure_id, self.language)

    @property
    def step(self) -> str:
        """The last part of the address."""
        return path_of(self.page).rpartition("/")[2]

    def questions(self) -> Iterator[str]:
        """Every page of questions: as it comes, with errors, and filled in."""
        names = {one.id for one in self.plan.procedure.pages}
        while (here := self.step) in names or here.startswith("invite-"):
            yield f"{here} empty"
            if here in names:
                yield from self._questions_of(here)
            else:
                self.done["invite"] = here
                press(self.page, NEXT)

    def _questions_of(self, here: str) -> Iterator[str]:
        press(self.page, NEXT)
        if self.step != here:  # nothing on it must be answered
            press(self.page, "main button[name='_go'][value='back']")
        else:
            yield f"{here} errors"
        wanted = rows(self.plan.procedure, answers_of(self.procedure_id, self.case_id))
        for _ in range(_MOST_PRESSES):
            answer(self.page, self.values)
            lacking = self.page.evaluate(_LACKING, wanted)
            if lacking:
                press(self.page, f"button[name='_add'][value='{lacking}']")
                continue
            yield f"{here} filled"
            press(self.page, NEXT)
            if self.step != here:
                return
        raise AssertionError(f"{here} does not end: {self.page.locator('#errors').inner_text()}")

    def quick_check(self) -> Iterator[str]:
        """The questions, what is missing, and the result with the most on it."""
        check = self.plan.procedure.quick_check
        if check is None:
            return
        self.goto(f"/p/{self.procedure_id}/quick-check")
        yield "empty"
        press(self.page, NEXT)
        yield "errors"
        values = question_values(check.questions, self._most_answers(check))
        for _ in range(_MOST_PRESSES):
            answer(self.page, values)
            press(self.page, NEXT)
            if not self.page.locator(NEXT).count():
                yield "result"
                return
        raise AssertionError("the Quick Check does not end")

    def _most_answers(self, check: QuickCheck) -> Mapping[str, object]:
        """Of the case that answers most, completed where its author left something out."""
        cases = [one for one in self.plan.procedure.cases if one.quick_check]
        given = [persona(self.procedure_id, one.id)[1] for one in cases]
        whole = [one for one in given if not self.plan.question_state(one, TODAY).problems]
        return write_answers(check.questions, max(whole, key=len))
