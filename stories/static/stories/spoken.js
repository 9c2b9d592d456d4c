// The theme leaves its page without a main part, and what select2 draws in place of a list without the list's name: whoever
// listens to the page would hear "edit text" where others read "Article".
const nameSelects = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = select.labels[0];
    const drawn = select.nextElementSibling;
    if (!label || !drawn?.matches(".select2-container")) continue;
    label.id ||= `${select.id}_label`;
    for (const part of drawn.querySelectorAll(".select2-search__field, [role=textbox]")) {
      part.setAttribute("aria-labelledby", label.id);
    }
    const chosen = drawn.querySelector(".select2-selection__rendered");
    drawn.querySelector(".select2-selection--single")?.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  }
};

document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("main")?.setAttribute("role", "main");
  nameSelects();
  // select2 draws when it likes: after the page is there, and in each row that is added.
  new MutationObserver(nameSelects).observe(document.body, { childList: true, subtree: true });
});
