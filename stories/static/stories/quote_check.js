// While a passage is typed, asks whether its source's page says so. Without this script the answer comes on saving.
(() => {
  "use strict";

  const TYPING_PAUSE_MS = 500;
  const READING_PAUSE_MS = 1500;
  const MOST_QUESTIONS = 40;
  const STATES = { verbatim: "good", altered: "warn", missing: "warn", unreadable: "warn" };
  const ELEMENTS = { insert: "ins", delete: "del", equal: "span" };
  const asking = new WeakMap();
  const told = new WeakMap();

  const fieldOf = (passage, name) =>
    passage.form.elements.namedItem(passage.name.replace(/exact$/, name));

  function start(passage, pause) {
    const before = asking.get(passage);
    if (before) {
      clearTimeout(before.timer);
      before.stop.abort();
    }
    const turn = { stop: new AbortController(), since: "", left: MOST_QUESTIONS };
    asking.set(passage, turn);
    turn.timer = setTimeout(() => ask(passage, turn), pause);
  }

  async function ask(passage, turn) {
    const source = fieldOf(passage, "source");
    if (!passage.value.trim() || !source || !source.value) {
      show(passage, null);
      return;
    }
    const question = new URLSearchParams({ source: source.value, exact: passage.value, since: turn.since });
    for (const name of ["prefix", "suffix"]) {
      question.set(name, fieldOf(passage, name)?.value ?? "");
    }
    try {
      const response = await fetch(passage.dataset.quoteCheck, {
        method: "POST",
        redirect: "manual",
        body: question,
        headers: { "X-CSRFToken": passage.form.elements.namedItem("csrfmiddlewaretoken").value },
        signal: turn.stop.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      show(passage, answer);
      turn.since = answer.since;
      turn.left -= 1;
      if (answer.is_reading && turn.left) {
        turn.timer = setTimeout(() => ask(passage, turn), READING_PAUSE_MS);
      } else if (answer.is_reading) {
        show(passage, { ...answer, read: passage.dataset.slow });
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        show(passage, { state: "unreadable", sentence: passage.dataset.unasked });
      }
    }
  }

  function show(passage, answer) {
    const box = boxOf(passage);
    box.hidden = !answer || !answer.sentence;
    if (box.hidden) {
      told.delete(box);
      return;
    }
    const { state, sentence, changes, wording, read } = answer;
    box.dataset.state = STATES[state] ?? "plain";
    // What an answer repeats stays where it is: the button may be under somebody's finger.
    const said = JSON.stringify([sentence, changes, wording]);
    if (told.get(box) !== said) {
      told.set(box, said);
      box.replaceChildren(paragraph("nr-quote-check__sentence", sentence));
      if (changes?.length) box.append(difference(changes));
      if (wording) box.append(taker(passage, wording));
    }
    box.querySelector(":scope > .nr-hint")?.remove();
    if (read) box.append(paragraph("nr-hint", read));
  }

  function boxOf(passage) {
    const next = passage.nextElementSibling;
    if (next?.classList.contains("nr-quote-check")) return next;
    const box = document.createElement("div");
    box.className = "nr-quote-check";
    box.setAttribute("role", "status");
    box.hidden = true;
    passage.after(box);
    return box;
  }

  function paragraph(name, text) {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    return made;
  }

  function difference(changes) {
    const made = document.createElement("blockquote");
    made.className = "nr-diff nr-quote";
    for (const [operation, text] of changes) {
      const part = document.createElement(ELEMENTS[operation]);
      part.textContent = text;
      made.append(part);
    }
    return made;
  }

  function taker(passage, wording) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nr-quote-check__take";
    button.textContent = passage.dataset.take;
    button.addEventListener("click", () => {
      passage.value = wording;
      passage.dispatchEvent(new Event("input", { bubbles: true }));
      passage.focus();
    });
    return button;
  }

  const passagesIn = (form) => form.querySelectorAll("textarea[data-quote-check]");

  document.addEventListener("input", (event) => {
    const match = /^(.*?)(exact|prefix|suffix)$/.exec(event.target.name ?? "");
    const passage = match && event.target.form?.elements.namedItem(`${match[1]}exact`);
    if (passage?.dataset?.quoteCheck) start(passage, TYPING_PAUSE_MS);
  });

  document.addEventListener("DOMContentLoaded", () => {
    // The list of sources tells of a choice through jQuery alone.
    window.django?.jQuery(document).on("change", "select[name$=source]", (event) => {
      const passage = event.target.form?.elements.namedItem(event.target.name.replace(/source$/, "exact"));
      if (passage?.dataset?.quoteCheck) start(passage, 0);
    });
    for (const form of document.forms) {
      // A passage that was refused with the rest of the form is asked about at once.
      for (const passage of passagesIn(form)) {
        if (form.querySelector(".errornote, .errorlist")) start(passage, 0);
      }
    }
  });
})();
