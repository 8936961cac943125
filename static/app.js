"use strict";

// Says that something was not saved, beside the form that was sent. What was typed stays where it is.
function sayNotSaved(event, words) {
  const form = event.detail.elt.closest("form:not([data-keeps])");
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

// ---------- what others change comes in by itself, but never where somebody is at work
//
// Each thing on a page holds an element with data-refreshes, the event after which it asks for the thing anew.

const TYPED_IN = "textarea, select, input:not([type=radio], [type=checkbox])";
const REMEMBERED = 10_000; // milliseconds

const savedHere = new Set(); // the events of what this page saved itself, until it hears of them
const savedAt = new Map(); // when this page last saved each thing, by its event
const askedAt = new WeakMap(); // when each thing was last asked for anew
let isSignedOut = false;
let before = null; // how things stood before a swap

// Somebody types in it, it holds what is not saved yet, or it is open to be edited.
function isBusy(thing) {
  const active = document.activeElement;
  // What is being added to a list comes by itself: it must not come twice.
  if (thing.closest(".listed")?.querySelector("form.htmx-request")) return true;
  const forms = [thing, ...thing.querySelectorAll("form")].filter((part) => part.matches("form"));
  return forms.some(
    (form) =>
      form.matches("[data-unsaved], .editing, .htmx-request") ||
      form.querySelector(".problem") ||
      (form.matches(".answering") && form.contains(active) && active.matches(TYPED_IN)),
  );
}

function refreshStale() {
  for (const part of document.querySelectorAll("[data-stale]")) htmx.trigger(part, "refresh");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target, requestConfig } = event.detail;
  if (elt.id === "here" && (document.hidden || isSignedOut)) event.preventDefault();
  if (!("refreshes" in elt.dataset)) return;
  const cause = requestConfig.triggeringEvent;
  if (cause?.detail?.mine && savedHere.delete(cause.type)) {
    event.preventDefault();
    return;
  }
  askedAt.set(elt, performance.now());
  elt.toggleAttribute("data-stale", isBusy(target));
  if (isBusy(target)) event.preventDefault();
});

document.addEventListener("focusout", () => setTimeout(refreshStale));
document.addEventListener("werktsamen:confirmed", () => setTimeout(refreshStale));
document.addEventListener("htmx:afterSettle", refreshStale);

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  const part = requestConfig.verb === "post" && xhr.status < 300 && elt.closest(".answering, .listed");
  const listens = part && part.querySelector(":scope > [data-refreshes]");
  if (!listens) return;
  const told = listens.dataset.refreshes;
  savedHere.add(told);
  savedAt.set(told, performance.now());
  setTimeout(() => savedHere.delete(told), REMEMBERED);
});

// Nobody did this: where it is refused, nobody is told. Whoever is signed out is asked for nothing until that is over.
document.addEventListener(
  "htmx:responseError",
  (event) => {
    const { elt, xhr } = event.detail;
    if (!elt.matches("#here, [data-refreshes]")) return;
    event.stopPropagation();
    if (xhr.status < 500) isSignedOut = isSignedOut || elt.id === "here";
  },
  true,
);
document.addEventListener("werktsamen:signed-in", () => {
  isSignedOut = false;
});

// Where the keyboard is, so that it is found again in what comes in the place of this.
function placeOf(element) {
  const named = element.closest("[id]");
  const value = element.matches("input, button") ? `[value="${CSS.escape(element.value)}"]` : "";
  const like = element.localName + value;
  return { id: named?.id, like, index: named ? [...named.querySelectorAll(like)].indexOf(element) : -1 };
}

function goTo({ id, like, index }) {
  const named = document.getElementById(id);
  const element = index < 0 ? named : named?.querySelectorAll(like)[index];
  element?.focus({ preventScroll: true });
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  const active = document.activeElement;
  const types = active.matches("input, textarea, select");
  const isAtEnd = active.matches("textarea") && active.selectionStart === active.value.length;
  before = { types: null, top: 0, atEnd: isAtEnd && target.contains(active) ? active.id : "" };
  if (types && !target.contains(active)) staysAt(active);
  const { elt } = requestConfig;
  if (!("refreshes" in elt.dataset) || !event.detail.shouldSwap) return;
  const isOlder = savedAt.get(elt.dataset.refreshes) > askedAt.get(elt);
  if (isOlder || isBusy(target)) {
    elt.dataset.stale = "";
    event.detail.shouldSwap = false;
    if (isOlder) setTimeout(refreshStale);
    return;
  }
  before.thing = target;
  before.folds = [...target.querySelectorAll("details")].map((fold) => fold.open);
  before.place = target.contains(active) ? placeOf(active) : null;
});

function staysAt(field) {
  before.types = field;
  before.top = field.getBoundingClientRect().top;
}

// Whoever goes on to another field between a swap and what follows it stays there.
document.addEventListener("focusin", ({ target }) => {
  if (before?.types && target.matches("input:not([autofocus]), textarea:not([autofocus]), select")) staysAt(target);
});

// What somebody types in stays where it is on the screen, whatever changes above it.
function holdStill() {
  const field = before?.types;
  const moved = field?.isConnected ? field.getBoundingClientRect().top - before.top : 0;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
}

document.addEventListener("htmx:oobAfterSwap", holdStill);
document.addEventListener("htmx:afterSwap", () => {
  if (before?.thing) {
    const { thing, folds, place } = before;
    const stands = thing.isConnected ? thing : document.getElementById(thing.id);
    [...(stands?.querySelectorAll("details") || [])].forEach((fold, index) => {
      fold.open ||= Boolean(folds[index]);
    });
    if (place && !document.activeElement?.closest("main")) goTo(place);
    before.thing = null;
  }
  // Whoever types at the end of a text goes on at the end of what came in its place, however much longer that is.
  const field = before?.atEnd && document.getElementById(before.atEnd);
  if (field) field.setSelectionRange(field.value.length, field.value.length);
  holdStill();
});

// An answer that comes late does not take the keyboard away from where somebody types by then.
document.addEventListener("htmx:load", () => {
  const field = before?.types;
  if (field?.isConnected && field !== document.activeElement) field.focus({ preventScroll: true });
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
