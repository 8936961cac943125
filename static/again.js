"use strict";

// Whose session has expired signs in again in place, and what was typed stays. Once that is done the page hears
// "werktsamen:signed-in" and sends again what was refused.
(() => {
  const BETWEEN = 20_000; // milliseconds from one question to the next
  const PAUSE = 1_000; // milliseconds without typing: nobody is interrupted in the middle of a word
  const { member, mail, again } = document.body.dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "again sheet";
  dialog.setAttribute("aria-labelledby", "again-title");
  document.body.append(dialog);

  let isRefused = false; // something was refused, and nobody signed in since
  let isLater = false; // they want to be asked no more
  let isBusy = false;
  let isOfAnother = false; // this page was opened by another person than is signed in now
  let lastAsked = -BETWEEN;
  let lastTyped = -PAUSE;

  // What the server shows there: a form, or who is signed in by now. Anything else is no answer.
  async function fetched(address, options) {
    const answer = await fetch(address, options);
    const shown = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (![200, 422].includes(answer.status) || !shown.querySelector("#again-title")) throw new Error(answer.status);
    return shown;
  }

  // What is asked one at a time; gives null while something else is asked, or when there was no answer.
  async function ask(address, options) {
    if (isBusy) return null;
    isBusy = true;
    try {
      return await fetched(address, options);
    } catch {
      return null;
    } finally {
      isBusy = false;
    }
  }

  function show(shown) {
    dialog.replaceChildren(...shown.childNodes);
    const login = dialog.querySelector("[name=login]");
    if (login && !login.value) login.value = mail;
    const choice = dialog.querySelector(`[name=member] option[value="${CSS.escape(mail)}"]`);
    if (choice) choice.selected = true;
    if (!dialog.open) dialog.showModal();
    document.dispatchEvent(new CustomEvent("werktsamen:asks-again"));
    dialog.querySelector(dialog.querySelector(".problem:not([hidden])") ? "[name=password], [name=code]" : "#again-title").focus();
  }

  // Chromium gives the keyboard back to the field where it was, but without its caret: what is typed there would be lost.
  function closes() {
    if (!dialog.open) return;
    dialog.close();
    const field = document.activeElement;
    field.blur();
    field.focus({ preventScroll: true });
  }

  // Goes on where somebody is signed in, and tells whether that is so.
  function goesOn(shown) {
    const greeting = shown.querySelector("[data-csrf]");
    if (!greeting) return false;
    isRefused = false;
    isLater = false;
    if (greeting.dataset.member === member) {
      for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
        field.value = greeting.dataset.csrf;
      }
      closes();
      document.dispatchEvent(new CustomEvent("werktsamen:signed-in"));
    } else {
      isOfAnother = true;
      show(shown);
    }
    return true;
  }

  async function until(isSo) {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, PAUSE / 4));
  }

  document.addEventListener("input", () => {
    lastTyped = performance.now();
  });

  document.addEventListener("htmx:responseError", async (event) => {
    if (event.detail.xhr.status !== 401) return;
    isRefused = true;
    if (dialog.open || performance.now() - lastAsked < BETWEEN) return;
    lastAsked = performance.now();
    const shown = await ask(again);
    if (!shown) lastAsked = -BETWEEN;
    if (!shown || goesOn(shown)) return;
    await until(() => performance.now() - lastTyped >= PAUSE);
    if (isRefused && !isLater) show(shown);
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-signs-in]");
    if (!link) return;
    event.preventDefault();
    await until(() => !isBusy); // the page may be asking by itself just then
    const shown = await ask(again);
    if (!shown) sayAt(link, document.body.dataset.noConnection);
    else if (!goesOn(shown)) show(shown);
  });

  // Somebody may have signed in in another tab.
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden || !isRefused) return;
    const shown = await ask(again);
    if (shown) goesOn(shown);
  });

  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const shown = (await ask(form.action, { method: "POST", body: new FormData(form) })) || (await ask(again));
    if (shown && goesOn(shown)) return;
    if (shown) show(shown);
    dialog.querySelector("[data-trouble]").hidden = Boolean(dialog.querySelector(".problem:not([data-trouble])"));
  });

  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-later]")) closes();
  });

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    closes();
  });

  dialog.addEventListener("close", () => {
    lastAsked = performance.now();
    isLater = isRefused;
    if (isOfAnother) location.replace(location.pathname + location.search);
  });
})();
