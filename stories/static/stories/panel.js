// The panel for publishing: what readers will see follows what is chosen and typed there. It is asked for as the button
// asks that shows it once more, which is needed where no script runs; nothing is saved by that.
(() => {
  "use strict";

  const PAUSE_MS = 500;

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form.nr-publish");
    if (form) new Panel(form);
  });

  class Panel {
    constructor(form) {
      this.form = form;
      this.seen = form.querySelector(".nr-publish__seen");
      this.look = form.elements.namedItem("_look");
      this.look.hidden = true;
      form.addEventListener("input", () => this.soon());
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), PAUSE_MS);
    }

    async refresh() {
      this.stop?.abort();
      this.stop = new AbortController();
      const words = new FormData(this.form);
      words.set("_look", "1");
      try {
        const answer = await fetch(location.href, { method: "POST", body: words, redirect: "manual", signal: this.stop.signal });
        this.show(answer.ok ? await answer.text() : "");
      } catch (error) {
        if (error.name === "AbortError") return;
        if (!(error instanceof TypeError)) throw error;
        this.show("");
      }
    }

    // The button is there again where nothing came, for the network or the session is lost: what is seen is of before.
    show(page) {
      const seen = new DOMParser().parseFromString(page, "text/html").querySelector(".nr-publish__seen");
      this.look.hidden = seen !== null;
      if (seen) this.seen.replaceChildren(...seen.childNodes);
    }
  }
})();
