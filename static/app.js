"use strict";

// ---------- what went wrong

const notSaved = new Map(); // each line that says so, with the form or the link that it is about

// Puts words in a line. Whoever is signed out signs in again from there.
function tell(line, words) {
  const isSignedOut = words === document.body.dataset.signedOut;
  line.textContent = isSignedOut ? "" : words;
  for (const name of ["acts", "beneath"]) line.classList.toggle(name, isSignedOut && line.matches(".stands"));
  if (!isSignedOut) return;
  const link = document.createElement("a");
  link.href = document.body.dataset.again;
  link.className = "act";
  link.dataset.signsIn = "";
  link.textContent = words;
  line.append(link);
}

function takeBack(isMeant) {
  for (const [line, about] of notSaved) {
    if (line.isConnected && !isMeant(about)) continue;
    line.remove();
    notSaved.delete(line);
  }
}

// Says it in the form that was sent, or near the link that was pressed. What was typed stays where it is.
function sayAt(about, words) {
  takeBack((other) => other === about);
  const line = document.createElement("p");
  line.className = "problem not-saved";
  line.setAttribute("role", "alert");
  if (about.matches("form")) (about.querySelector(".state") || about).append(line);
  else (about.closest("p, .row, .under") || about).after(line);
  tell(line, words);
  notSaved.set(line, about);
}

const isByHand = (detail) => ["click", "submit"].includes(detail.requestConfig?.triggeringEvent?.type);

// A form that keeps what is typed says so itself; of what the page asks by itself nobody need know.
function sayNotSaved({ detail }, words) {
  if (detail.elt.matches("form:not([data-keeps])")) sayAt(detail.elt, words);
  else if (isByHand(detail) && !detail.elt.matches("form")) {
    sayAt(detail.elt, words === document.body.dataset.signedOut ? words : document.body.dataset.didNotWork);
  }
}

for (const kind of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(kind, (event) => sayNotSaved(event, document.body.dataset.noConnection));
}
document.addEventListener("htmx:responseError", (event) => {
  const words = event.detail.xhr.status === 401 ? "signedOut" : "notSaved";
  sayNotSaved(event, document.body.dataset[words]);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && isByHand(detail)) takeBack((about) => about === detail.elt || !about.matches("form"));
});
document.addEventListener("werktsamen:signed-in", () => takeBack(() => true));

// ---------- what others change comes in by itself, but never where somebody is at work
//
// Each thing on a page holds an element with data-refreshes, the event after which it asks for the thing anew.

const TYPED_IN = "textarea, select, input:not([type=radio], [type=checkbox])";
const REMEMBERED = 10_000; // milliseconds
const MINE = "mine"; // what data-stale says where only this member changed it
const THEIRS = "theirs";

const savedHere = new Set(); // the events of what this page saved itself, until it hears of them
const savedAt = new Map(); // when this page last saved each thing, by its event
const askedAt = new WeakMap(); // when each thing was last asked for anew
let isSignedOut = false;
let before = null; // how things stood before a swap

// Somebody types in it, drags something, it holds what is not saved yet, or it is open to be edited.
function isBusy(thing) {
  if (document.body.matches(".is-dragging")) return true;
  const active = document.activeElement;
  // What is being added to a list comes by itself: it must not come twice.
  if (thing.closest(".listed")?.querySelector("form.htmx-request")) return true;
  if (thing.querySelector(".is-up")) return true; // a card is in somebody's hand
  const forms = [thing, ...thing.querySelectorAll("form")].filter((part) => part.matches("form"));
  return forms.some(
    (form) =>
      form.matches("[data-unsaved], .editing, .htmx-request") ||
      [...form.querySelectorAll(".problem")].some((line) => !notSaved.has(line) || notSaved.get(line) === form) ||
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
  const isMine = Boolean(cause?.detail?.mine);
  if (isMine && savedHere.delete(cause.type)) {
    event.preventDefault();
    return;
  }
  if (isBusy(target)) {
    event.preventDefault();
    // Of what this page is saving itself it may hear before that is answered.
    const isOwn = isMine && cause.type === elt.dataset.refreshes && elt.dataset.stale !== THEIRS;
    if (cause?.type !== "refresh") elt.dataset.stale = isOwn ? MINE : THEIRS;
    return;
  }
  delete elt.dataset.stale;
  askedAt.set(elt, performance.now());
});

document.addEventListener("focusout", () => setTimeout(refreshStale));
document.addEventListener("werktsamen:confirmed", () => setTimeout(refreshStale));
document.addEventListener("htmx:afterSettle", refreshStale);

// What did not come in is asked for again, every few seconds.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt } = detail.requestConfig || {};
  if (elt?.matches("[data-refreshes]") && (detail.xhr.status === 0 || detail.xhr.status >= 500)) elt.dataset.stale = THEIRS;
  if (elt?.id === "here") refreshStale();
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  const part = requestConfig.verb === "post" && xhr.status < 300 && elt.closest(".answering, .listed");
  const listens = part && part.querySelector(":scope > [data-refreshes]");
  if (!listens) return;
  const told = listens.dataset.refreshes;
  savedAt.set(told, performance.now());
  if (listens.dataset.stale === MINE) {
    delete listens.dataset.stale;
    return;
  }
  savedHere.add(told);
  setTimeout(() => savedHere.delete(told), REMEMBERED);
});

// Nobody did this: where it is refused, nobody is told. Whoever is signed out is asked for nothing until that is over.
document.addEventListener(
  "htmx:responseError",
  (event) => {
    const { elt, xhr } = event.detail;
    if (!elt.matches("#here, [data-refreshes], [hx-trigger^='saved ']")) return;
    event.stopPropagation();
    if (xhr.status < 500) isSignedOut = isSignedOut || elt.id === "here";
  },
  true,
);
document.addEventListener("werktsamen:signed-in", () => {
  isSignedOut = false;
});

// ---------- where the keyboard is
//
// It is found again in what comes in the place of where it was.

const FIELD = "textarea, select, input:not([type=hidden], [type=submit])";
const pressed = new Map(); // the answers to what somebody pressed, with the place of the button that stays

function placeOf(element) {
  const named = element.closest("[id]");
  const value = element.matches("input, button[value]") ? `[value="${CSS.escape(element.value)}"]` : "";
  const like = element.localName + value;
  return { id: named?.id, like, index: named ? [...named.querySelectorAll(like)].indexOf(element) : -1 };
}

function goTo({ id, like, index }) {
  const named = document.getElementById(id);
  const element = index < 0 ? named : named?.querySelectorAll(like)[index];
  element?.focus({ preventScroll: true });
  return Boolean(element);
}

// Whoever presses what makes place for something else goes on there: at what is refused, at the button that was
// pressed, in the first field of a form, or else at the first thing that can be pressed.
function goOnIn(part, { xhr }, place) {
  const alert = xhr.status === 409 && part.querySelector("[role=alert]");
  if (place && goTo(place)) return;
  if (alert) {
    alert.tabIndex = -1;
    alert.focus({ preventScroll: true });
    alert.scrollIntoView({ block: "center" });
    return;
  }
  const wrong = part.querySelector("[aria-invalid=true]");
  const field = wrong || part.querySelector(`form.editing :is(${FIELD})`);
  (field || part.querySelector(`a[href], button, summary, ${FIELD}`))?.focus();
  if (field?.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target, xhr, requestConfig } = detail;
  const { elt, triggeringEvent } = requestConfig;
  const active = document.activeElement;
  const isThere = target.contains(active) || (active === document.body && target.contains(elt));
  if (!isByHand(detail) || !isThere || !detail.shouldSwap) return;
  pressed.set(xhr, elt.matches(".moving") && triggeringEvent.submitter ? placeOf(triggeringEvent.submitter) : null);
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const { target, xhr } = detail;
  if (!pressed.has(xhr)) return;
  const place = pressed.get(xhr);
  pressed.delete(xhr);
  const part = target.isConnected ? target : document.getElementById(target.id);
  const active = document.activeElement;
  const isLed = xhr.status !== 409 && !place; // by the page that came
  if (part && (active === document.body || (!isLed && part.contains(active)))) goOnIn(part, detail, place);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  const active = document.activeElement;
  const types = active.matches("input, textarea, select");
  const isAtEnd = active.matches("textarea") && active.selectionStart === active.value.length;
  const { elt } = requestConfig;
  const staysAt = types && !target.contains(active) ? active : null;
  before = { types: staysAt, top: staysAt?.getBoundingClientRect().top, atEnd: isAtEnd && !staysAt ? active.id : "" };
  before.place = target.contains(active) && !isByHand(event.detail) ? placeOf(active) : null;
  const isHere = active === document.body || target.contains(active) || elt.contains(active);
  before.elsewhere = isHere ? null : active;
  if (!("refreshes" in elt.dataset) || !event.detail.shouldSwap) return;
  const isOlder = savedAt.get(elt.dataset.refreshes) > askedAt.get(elt);
  if (isOlder || isBusy(target)) {
    elt.dataset.stale = THEIRS;
    event.detail.shouldSwap = false;
    if (isOlder) setTimeout(refreshStale);
    return;
  }
  before.thing = target;
  before.folds = [...target.querySelectorAll("details")].map((fold) => fold.open);
});

// What somebody types in stays where it is on the screen, whatever changes above it.
function holdStill() {
  const field = before?.types;
  const moved = field?.isConnected ? field.getBoundingClientRect().top - before.top : 0;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
}

document.addEventListener("htmx:oobAfterSwap", holdStill);

// Whoever is giving a reason for a signal, reads why it is there, or chooses in the mirror, is not disturbed by what was
// saved elsewhere. What was unfolded stays so, also where it moves. Whoever pressed what is gone with that goes on at what
// came in its place.
const BUSY = "form.editing, details[open] > summary:focus, select:focus";
const NEXT = ":is(summary, a[href], select, button)";
let unfolded = [];
let pressedAt = null;
const remembersWhere = (target) => {
  const active = document.activeElement;
  const around = target.contains(active) && target.closest(".signals, .mirror");
  if (around) pressedAt = { id: around.id, near: active.closest("[id]").id };
};
document.addEventListener("focusin", () => {
  pressedAt = null;
});
// Not every browser moves the keyboard to a button that is pressed: then who chose is done choosing.
document.addEventListener("submit", ({ target }) => {
  if (target.closest(".mirror")) target.querySelector("select:focus")?.blur();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded = [];
  remembersWhere(event.detail.target);
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  if (!target.matches(".signals, .mirror")) return;
  if (target.querySelector(BUSY)) {
    event.detail.shouldSwap = false;
    return;
  }
  unfolded.push(...[...target.querySelectorAll("details[open][id]")].map((fold) => fold.id));
  remembersWhere(target);
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  const { target } = event.detail;
  for (const fold of unfolded) document.getElementById(fold)?.setAttribute("open", "");
  if (!pressedAt || target.id !== pressedAt.id || document.activeElement !== document.body) return;
  const places = [pressedAt.near, pressedAt.id, "signals-others"].map((id) => `#${CSS.escape(id)} ${NEXT}`);
  const next = places.map((place) => document.querySelector(place)).find(Boolean);
  next?.focus({ preventScroll: true });
});
document.addEventListener("htmx:afterSwap", () => {
  if (before?.place && !document.activeElement?.closest("main")) goTo(before.place);
  if (before?.thing) {
    const { thing, folds } = before;
    const stands = thing.isConnected ? thing : document.getElementById(thing.id);
    [...(stands?.querySelectorAll("details") || [])].forEach((fold, index) => {
      fold.open ||= Boolean(folds[index]);
    });
    before.thing = null;
  }
  // Whoever types at the end of a text goes on at the end of what came in its place, however much longer that is.
  const field = before?.atEnd && document.getElementById(before.atEnd);
  if (field) field.setSelectionRange(field.value.length, field.value.length);
  holdStill();
});

// What asks for the keyboard in an answer that comes late does not get it from where somebody is by then.
document.addEventListener("htmx:load", () => {
  const place = before?.types || before?.elsewhere;
  if (place?.isConnected && document.activeElement.matches("[autofocus]")) place.focus({ preventScroll: true });
});

// ---------- what unfolds in place

const openerOf = (part) => part.id && document.querySelector(`[hx-target="#${CSS.escape(part.id)}"]`);
const pastOf = (link) => document.getElementById(link.getAttribute("hx-target").slice(1));

function tellsWhatIsOpen() {
  for (const link of document.querySelectorAll("a.earlier[hx-get]")) {
    link.setAttribute("aria-expanded", Boolean(pastOf(link)?.firstElementChild));
  }
}

document.addEventListener("DOMContentLoaded", tellsWhatIsOpen);
document.addEventListener("htmx:afterSettle", tellsWhatIsOpen);

// Who presses again closes it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (!elt.matches("a.earlier[hx-get]") || elt.getAttribute("aria-expanded") !== "true") return;
  event.preventDefault();
  pastOf(elt).replaceChildren();
  tellsWhatIsOpen();
});

document.addEventListener("click", (event) => {
  const closes = event.target.closest("[data-closes]");
  const adding = closes && closes.closest(".adding");
  if (adding) {
    event.preventDefault();
    adding.replaceChildren();
    openerOf(adding)?.focus();
    tellsWhatIsOpen();
  }
  if (event.target.closest("[data-prints]")) window.print();
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

// ---------- a meeting on the screen: arrow keys and a clicker turn the agenda, but never where somebody types or chooses

const TURNS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };

document.addEventListener("keydown", (event) => {
  const rel = TURNS[event.key];
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (!rel || isTyping || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = document.querySelector(`.on-screen .turn a[rel=${rel}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// ---------- how much waits for me: it comes when the page stands, and where it does not come nobody is told

const howMany = document.querySelector(".how-many");
if (howMany) {
  fetch(howMany.dataset.at, { headers: { "HX-Request": "true" } })
    .then((answer) => (answer.status === 200 ? answer.text() : ""))
    .then((html) => {
      howMany.innerHTML = html;
    })
    .catch(() => {});
}
