"use strict";

// A passkey is made or shown in a form that waits for it: data-passkey has the address of what is to be signed, or the
// id of the element in which that stands. Without scripts, or in a browser that knows no passkeys, it stays hidden.
(() => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;

  function reveal() {
    for (const form of document.querySelectorAll("form[data-passkey][hidden]")) form.hidden = false;
    for (const told of document.querySelectorAll("[data-no-passkeys]")) told.hidden = true;
  }

  async function asked(form) {
    const told = document.getElementById(form.dataset.passkey);
    if (told) return JSON.parse(told.textContent);
    const answer = await fetch(form.dataset.passkey, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  // A passkey is kept in the device, behind a finger, face or code: with it nothing else is needed.
  function toMake({ creation_options: { publicKey } }) {
    const kept = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
    const options = { ...publicKey, authenticatorSelection: kept };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }

  function toShow({ request_options: { publicKey } }) {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  }

  async function fill(form) {
    const options = await asked(form);
    const credential = await (options.creation_options ? toMake(options) : toShow(options));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
  }

  // Before other listeners: a form that is sent in place has its passkey by then.
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!form.matches("form[data-passkey]") || form.elements.credential.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const trouble = form.querySelector("[role=alert]");
      trouble.hidden = true;
      try {
        await fill(form);
      } catch {
        trouble.hidden = false;
        return;
      }
      form.requestSubmit();
    },
    true,
  );

  reveal();
  document.addEventListener("werktsamen:asks-again", reveal);
})();
