"use strict";

// Says that something was not saved, beside the form that was sent. What was typed stays where it is.
function sayNotSaved(event, words) {
  const form = event.detail.elt.closest("form");
  if (!form) return;
  const state = form.querySelector(".state") || form;
  let told = state.querySelector(".not-saved");
  if (!told) {
    told = document.createElement("p");
    told.className = "problem not-saved";
    told.setAttribute("role", "alert");
    state.append(told);
  }
  told.textContent = words;
}

document.addEventListener("htmx:sendError", (event) => sayNotSaved(event, document.body.dataset.noConnection));
document.addEventListener("htmx:responseError", (event) => {
  const words = event.detail.xhr.status === 401 ? "signedOut" : "notSaved";
  sayNotSaved(event, document.body.dataset[words]);
});

// A list does not refresh itself while somebody types in it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const list = event.detail.elt;
  if (!("refreshes" in list.dataset)) return;
  const isTyped = [...list.querySelectorAll("textarea[name=lines]")].some((field) => field.value);
  if (isTyped || list.querySelector("form.editing")) event.preventDefault();
});

// An answer that comes late does not take the keyboard away from where somebody types by then.
let typedIn = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  const types = active && active.matches("input, textarea, select");
  typedIn = types && !event.detail.target.contains(active) ? active : null;
});
document.addEventListener("htmx:load", () => {
  if (typedIn && typedIn.isConnected && typedIn !== document.activeElement) typedIn.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const closes = event.target.closest("[data-closes]");
  const adding = closes && closes.closest(".adding");
  if (adding) {
    event.preventDefault();
    adding.replaceChildren();
  }
  const copies = event.target.closest("[data-copies]");
  if (copies) {
    const letter = document.getElementById(copies.dataset.copies);
    letter.select();
    // Without https a browser offers no clipboard: the letter then stands selected.
    if (navigator.clipboard) {
      navigator.clipboard.writeText(letter.value).then(() => {
        copies.textContent = copies.dataset.copied;
      });
    }
  }
});
