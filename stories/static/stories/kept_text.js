// What is typed into a form is kept in this browser until the server has saved it, and is offered again after a
// crash, a closed tab, a session that ended, or an answer that failed.
(() => {
  "use strict";

  const PREFIX = "newsroom-kept:";
  const PAUSE_MS = 400;
  const KEPT_DAYS = 30;
  // What confirms or chooses something that this page shows is said anew.
  const NEVER_KEPT = /^(csrfmiddlewaretoken|kept|overwrite|confirm|knowingly|typed|take|versions|_.*)$|__prefix__|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;
  const ROW = /^(\w+)-(\d+)-(\w+)$/;

  // The server names what it has saved in a cookie; other pages of the admin run this, too.
  const saved = /(?:^|; )kept_saved=([\w-]+)/.exec(document.cookie);
  if (saved) {
    for (const key of keys()) if (key.endsWith(`:${saved[1]}`)) localStorage.removeItem(key);
    document.cookie = "kept_saved=; Max-Age=0; path=/admin/; SameSite=Lax";
  }
  // Whatever page it was typed on: nobody may ever open that one again.
  for (const key of keys()) if (isOld(read(key))) localStorage.removeItem(key);

  function keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const boxes = document.querySelectorAll(".nr-kept");
    // The page's other scripts fill in what they fill in first.
    setTimeout(() => boxes.forEach((box) => new Keeper(box).begin()), 0);
  });

  class Keeper {
    constructor(box) {
      this.box = box;
      this.words = box.dataset;
      this.form = box.closest("form");
      // A page may have several forms, of which each has a way of its own.
      const way = this.form.elements.namedItem("way")?.value;
      this.place = `${PREFIX}${box.dataset.person}:${location.pathname}:${way ? `${way}:` : ""}`;
      this.alert = new URLSearchParams(location.search).get("alert") ?? "";
      this.token = this.form.elements.namedItem("kept");
      this.isRefused = this.token.value !== "" || this.form.querySelector(".errornote, .errorlist, .nr-conflict") !== null;
      this.token.value ||= `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    }

    begin() {
      this.unchanged = this.isRefused ? "" : JSON.stringify(this.fields());
      const soon = () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.keep(), PAUSE_MS);
      };
      for (const kind of ["input", "change"]) this.form.addEventListener(kind, soon);
      window.django?.jQuery(this.form).on("change", "select", soon);
      window.addEventListener("pagehide", () => this.keep());
      this.form.addEventListener("submit", () => this.keep());
      if (this.isRefused) this.keep();
      this.offer();
    }

    get key() {
      return this.place + this.token.value;
    }

    fields() {
      const fields = {};
      for (const field of this.form.elements) {
        if (!field.name || NEVER_KEPT.test(field.name) || field.type === "file" || field.type === "button") continue;
        if (field.type === "submit" || field.closest(".empty-form")) continue;
        if (field.type === "radio" ? !field.checked : this.isOneOfMany(field)) continue;
        fields[field.name] = valueOf(field);
      }
      return fields;
    }

    // Boxes of one name, such as those that choose passages, are ticked again by whoever looks at them.
    isOneOfMany(field) {
      return this.form.elements.namedItem(field.name) instanceof RadioNodeList;
    }

    keep() {
      clearTimeout(this.timer);
      const fields = this.fields();
      const isTyped = JSON.stringify(fields) !== this.unchanged;
      this.form.dataset.isTyped = isTyped ? "1" : "";
      try {
        if (isTyped) localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), alert: this.alert, fields }));
        else localStorage.removeItem(this.key);
        this.say(isTyped ? this.words.unsaved.replace("{time}", clock(new Date())) : "");
      } catch {
        this.say(this.words.noRoom);
      }
    }

    say(sentence) {
      const line = this.box.querySelector(".nr-kept__state");
      line.textContent = sentence;
      line.hidden = !sentence;
    }

    // The latest of what was typed here and not saved; what is as the form has it is nobody's loss.
    offer() {
      const now = this.fields();
      const found = [];
      for (const key of keys()) {
        if (!key.startsWith(this.place) || key === this.key) continue;
        const kept = read(key);
        // A note on one source's change is none on another's; what was written before any was chosen is for each.
        if (this.alert && kept?.alert && kept.alert !== this.alert) continue;
        const differences = kept ? this.differences(kept, now) : [];
        if (differences.length) found.push({ key, kept, differences });
        else localStorage.removeItem(key);
      }
      found.sort((one, other) => other.kept.at - one.kept.at);
      if (found.length) this.show(found[0]);
    }

    differences(kept, now) {
      const found = [];
      for (const [name, value] of Object.entries(kept.fields)) {
        if (name === "seen" || NEVER_KEPT.test(name) || /-id$|-article$/.test(name)) continue;
        const here = this.nameHere(kept, name);
        const before = plain(here === null ? "" : now[here]);
        if (before !== plain(value)) found.push({ name, here, label: this.label(here ?? name), before, after: plain(value) });
      }
      return found;
    }

    // Rows are known by their number in the database, for a colleague may have added or deleted one; a new row has none.
    nameHere(kept, name) {
      const row = ROW.exec(name);
      if (!row) return this.form.elements.namedItem(name) ? name : null;
      const [, prefix, index, field] = row;
      const id = kept.fields[`${prefix}-${index}-id`];
      if (!id) {
        const shift = this.count(prefix, "INITIAL_FORMS") - this.keptRows(kept, prefix);
        return `${prefix}-${Number(index) + shift}-${field}`;
      }
      const here = [...this.form.elements].find((each) => each.value === id && ROW.exec(each.name)?.[3] === "id" && each.name.startsWith(`${prefix}-`));
      return here ? here.name.replace(/id$/, field) : null;
    }

    keptRows(kept, prefix) {
      return Object.entries(kept.fields).filter(([name, value]) => ROW.exec(name)?.[1] === prefix && name.endsWith("-id") && value).length;
    }

    count(prefix, what) {
      return Number(this.form.elements.namedItem(`${prefix}-${what}`)?.value ?? 0);
    }

    label(name) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof RadioNodeList) return field[0].closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? name;
      const words = field?.labels?.[0] ?? this.form.querySelector(`label[for="id_${name}"]`);
      const row = ROW.exec(name);
      return words?.textContent.replace(/[*:]\s*$/, "").trim() || (row ? `${row[1]}: ${row[3]}` : name);
    }

    show(found) {
      const when = new Date(found.kept.at);
      const said = paragraph(this.words.found.replace("{time}", clock(when)), "nr-kept__offer-head");
      const more = Object.assign(document.createElement("div"), { className: "nr-kept__differences", hidden: true });
      const offer = Object.assign(document.createElement("section"), { className: "nr-kept__offer" });
      offer.setAttribute("aria-label", this.words.offer);
      const buttons = Object.assign(document.createElement("p"), { className: "nr-actions" });
      buttons.append(
        button(this.words.show, async (pressed) => {
          more.hidden = !more.hidden;
          pressed.textContent = more.hidden ? this.words.show : this.words.hide;
          if (!more.childElementCount) more.replaceChildren(...(await this.shown(found.differences)));
        }),
        button(this.words.restore, () => {
          this.restore(found);
          offer.remove();
          this.offer();
        }),
        button(this.words.throwAway, () => this.throwAway(found, offer)),
      );
      offer.append(said, buttons, more);
      this.box.append(offer);
      this.box.closest("details")?.setAttribute("open", "");
    }

    throwAway(found, offer) {
      localStorage.removeItem(found.key);
      const undo = button(this.words.undo, () => {
        localStorage.setItem(found.key, JSON.stringify(found.kept));
        offer.remove();
        this.offer();
      });
      offer.replaceChildren(paragraph(`${this.words.thrownAway} `, "nr-kept__offer-head"), undo);
    }

    async shown(differences) {
      const changes = await this.compare(differences);
      return differences.flatMap((each, index) => {
        const text = Object.assign(document.createElement("p"), { className: "nr-diff" });
        text.append(...(changes?.[index] ?? [["insert", each.after]]).map(([kind, words]) => marked(kind, words)));
        const lost = each.here === null ? [paragraph(this.words.rowGone, "nr-hint")] : [];
        return [paragraph(each.label, "nr-label"), text, ...lost];
      });
    }

    async compare(differences) {
      const pairs = differences.map(({ before, after }) => [before, after]);
      try {
        const answer = await fetch(this.box.dataset.differences, {
          method: "POST",
          redirect: "manual",
          body: JSON.stringify(pairs),
          headers: {
            "Content-Type": "application/json",
            "X-CSRFToken": this.form.elements.namedItem("csrfmiddlewaretoken").value,
          },
        });
        return answer.ok ? await answer.json() : null;
      } catch {
        return null;
      }
    }

    restore({ key, kept, differences }) {
      for (const { name, here } of differences) {
        if (here === null) continue;
        this.makeRoom(here);
        const field = this.form.elements.namedItem(here);
        if (field) fill(field, kept.fields[name]);
      }
      // Text of an earlier day stands under the mark of that day: a save since then is not overwritten unseen.
      const seen = this.form.elements.namedItem("seen");
      if (seen && kept.fields.seen) seen.value = kept.fields.seen;
      this.keep();
      localStorage.removeItem(key);
    }

    makeRoom(name) {
      const row = ROW.exec(name);
      if (!row || this.form.elements.namedItem(name)) return;
      const group = document.getElementById(`${row[1]}-group`);
      for (let left = 20; left && this.count(row[1], "TOTAL_FORMS") <= Number(row[2]); left -= 1) {
        group?.querySelector(".add-row")?.click();
      }
    }
  }

  function read(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept?.fields ? kept : null;
    } catch {
      return null;
    }
  }

  function isOld(kept) {
    return !kept || kept.at < Date.now() - KEPT_DAYS * 86400000;
  }

  // A choice is kept with its words: a list that is searched while typing has no others.
  function valueOf(field) {
    if (field.type === "checkbox") return field.checked ? "on" : "";
    if (field.type === "radio") return [[field.value, field.labels[0]?.textContent.trim() ?? field.value]];
    if (field.tagName !== "SELECT") return field.value.replaceAll("\r\n", "\n");
    return [...field.selectedOptions].filter((each) => each.value).map((each) => [each.value, each.textContent.trim()]);
  }

  function plain(value) {
    return (Array.isArray(value) ? value.map(([, words]) => words).join(", ") : (value ?? "")).trim();
  }

  function fill(field, value) {
    if (field instanceof RadioNodeList) {
      field.value = value[0][0];
      field = [...field].find((each) => each.checked) ?? field[0];
    } else if (Array.isArray(value)) {
      for (const [key, words] of value) {
        if (![...field.options].some((each) => each.value === key)) field.add(new Option(words, key));
      }
      const chosen = new Set(value.map(([key]) => key));
      for (const each of field.options) each.selected = each.value ? chosen.has(each.value) : !chosen.size;
    } else if (field.type === "checkbox") field.checked = value === "on";
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    window.django?.jQuery(field).trigger("change");
  }

  function clock(moment) {
    const time = moment.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const isToday = moment.toDateString() === new Date().toDateString();
    return isToday ? time : `${moment.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" })}, ${time}`;
  }

  function button(words, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "nr-button nr-button--quiet", textContent: words });
    made.addEventListener("click", () => act(made));
    return made;
  }

  function paragraph(words, name) {
    return Object.assign(document.createElement("p"), { className: name, textContent: words });
  }

  function marked(kind, words) {
    const made = document.createElement({ insert: "ins", delete: "del" }[kind] ?? "span");
    made.textContent = words;
    return made;
  }
})();
