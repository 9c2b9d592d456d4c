// Beside the text: the quoted passages and the readers' page follow what is typed; what is chosen there goes into the
// form, and is saved with it.
(() => {
  "use strict";

  const PAUSE_MS = 700;
  const TYPED = ["headline", "dek", "byline", "body"];

  document.addEventListener("DOMContentLoaded", () => {
    const aside = document.querySelector(".nr-beside");
    if (aside) new Beside(aside);
  });

  class Beside {
    constructor(aside) {
      this.aside = aside;
      this.form = aside.closest("form");
      this.quotes = aside.querySelector("#nr-quotes");
      this.frame = aside.querySelector(".nr-preview");
      this.body = this.field("body");
      if (!this.body) return;
      this.form.addEventListener("input", (event) => TYPED.includes(event.target.name) && this.soon());
      this.quotes.addEventListener("click", (event) => this.press(event));
      for (const tab of this.tabs) tab.addEventListener("click", () => this.open(tab));
      aside.querySelector("[role=tablist]").addEventListener("keydown", (event) => this.turn(event));
      // A page that was answered with what was typed lists what is saved.
      if (this.body.value !== this.body.defaultValue || this.form.querySelector(".errornote, .errorlist")) this.soon();
    }

    get tabs() {
      return [...this.aside.querySelectorAll("[role=tab]")];
    }

    field(name) {
      return this.form.elements.namedItem(name);
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), PAUSE_MS);
    }

    async refresh() {
      this.stop?.abort();
      this.stop = new AbortController();
      try {
        if (this.frame.closest("[hidden]")) {
          const answer = await this.ask(this.aside.dataset.beside);
          if (answer) this.list((await answer.json()).html);
        } else {
          const answer = await this.ask(this.aside.dataset.preview);
          if (answer) this.frame.srcdoc = await answer.text();
        }
      } catch (error) {
        if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
      }
    }

    // What was chosen and is not saved yet is known here alone.
    list(html) {
      this.quotes.innerHTML = html;
      for (const quote of this.quotes.querySelectorAll(".nr-quotes__one--proposed")) {
        const source = this.field(`${this.row(quote)}source`);
        if (source?.value) this.done(quote, this.attachedTo(source.selectedOptions[0].textContent.trim()));
      }
    }

    async ask(address) {
      const words = new FormData();
      for (const name of TYPED) if (this.field(name)) words.set(name, this.field(name).value);
      const headers = { "X-CSRFToken": this.field("csrfmiddlewaretoken").value };
      const answer = await fetch(address, { method: "POST", body: words, headers, redirect: "manual", signal: this.stop.signal });
      return answer.ok ? answer : null;
    }

    open(tab) {
      for (const each of this.tabs) {
        const isOpen = each === tab;
        each.setAttribute("aria-selected", String(isOpen));
        each.tabIndex = isOpen ? 0 : -1;
        document.getElementById(each.getAttribute("aria-controls")).hidden = !isOpen;
      }
      this.aside.parentElement.classList.toggle("nr-writing--preview", tab.id === "nr-tab-preview");
      this.refresh();
    }

    turn(event) {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = this.tabs.find((tab) => tab.tabIndex === -1);
      other.focus();
      this.open(other);
    }

    press(event) {
      const button = event.target.closest("button");
      const quote = button?.closest("li");
      if (!quote) return;
      if ("find" in button.dataset) this.select(quote);
      else if ("take" in button.dataset) this.take(quote, button.dataset);
      else if ("follow" in button.dataset) this.follow(quote);
      else if ("attach" in button.dataset) this.attach(quote, button);
    }

    // The server counts code points, a text box UTF-16 units.
    place(quote) {
      const { start, exact } = quote.dataset;
      const at = [...this.body.value].slice(0, Number(start)).join("").length;
      return this.body.value.startsWith(exact, at) ? at : this.body.value.indexOf(exact);
    }

    select(quote) {
      const at = this.place(quote);
      if (at < 0) return;
      this.body.focus();
      this.body.setSelectionRange(at, at + quote.dataset.exact.length);
    }

    take(quote, { take, wording }) {
      const at = this.place(quote);
      if (at < 0) return;
      this.body.setRangeText(take, at, at + quote.dataset.exact.length, "select");
      tell(this.body);
      this.put(this.row(quote), "exact", wording);
    }

    follow(quote) {
      if (this.put(this.row(quote), "exact", quote.dataset.exact)) this.done(quote, this.aside.dataset.attachedSo);
    }

    attach(quote, button) {
      const { attach, title, claim, claimText } = button.dataset;
      const row = this.row(quote) ?? this.newRow(quote.dataset.exact);
      if (!row) return;
      if (claim) this.choose(row, "claim", claim, claimText);
      else this.put(row, "new_claim", claimText);
      if (attach) {
        this.choose(row, "source", attach, title);
        this.done(quote, this.attachedTo(title));
      } else {
        this.openRow(row);
      }
    }

    attachedTo(title) {
      return this.aside.dataset.attached.replace("{source}", () => title);
    }

    done(quote, sentence) {
      const told = Object.assign(document.createElement("p"), { className: "nr-hint nr-hint--strong", textContent: sentence });
      told.setAttribute("role", "status");
      quote.querySelector(".nr-quotes__offers, .nr-hint:last-child")?.replaceWith(told);
    }

    // The passage's own row among the quoted passages of the form: by its number, else by its words.
    row(quote) {
      const rows = [...this.form.elements].filter((each) => /^citations-\d+-exact$/.test(each.name));
      const named = rows.find((each) => {
        const id = this.field(each.name.replace(/exact$/, "id"))?.value;
        return id ? id === quote.dataset.citation : each.value === quote.dataset.exact;
      });
      return named?.name.replace(/exact$/, "") ?? null;
    }

    newRow(exact) {
      const total = Number(this.field("citations-TOTAL_FORMS")?.value ?? 0);
      document.querySelector("#citations-group .add-row")?.click();
      const row = `citations-${total}-`;
      return this.put(row, "exact", exact) ? row : null;
    }

    put(row, name, value) {
      const field = row && this.field(row + name);
      if (!field) return false;
      field.value = value;
      tell(field);
      return true;
    }

    choose(row, name, key, words) {
      const field = this.field(row + name);
      if (!field) return;
      if (![...field.options].some((each) => each.value === key)) field.add(new Option(words, key));
      field.value = key;
      tell(field);
      window.django?.jQuery(field).trigger("change");
    }

    openRow(row) {
      document.querySelector("a[href='#citations']")?.click();
      requestAnimationFrame(() => {
        const source = this.field(`${row}source`);
        source?.closest("fieldset")?.scrollIntoView({ block: "center" });
        if (source) window.django?.jQuery(source).select2?.("open");
      });
    }
  }

  function tell(field) {
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
})();
