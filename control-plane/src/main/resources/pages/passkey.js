(() => {
  'use strict';
  const form = document.querySelector('form[data-passkey]');
  if (!form || !window.PublicKeyCredential || !navigator.credentials) {
    return;
  }
  const creating = form.dataset.passkey === 'create';
  const problem = document.querySelector('[data-passkey-problem]');
  let waiting = new AbortController();

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const described = (list) => (list ?? []).map((entry) => ({ ...entry, id: bytes(entry.id) }));

  const options = () => {
    const json = JSON.parse(form.dataset.options);
    const read = { ...json, challenge: bytes(json.challenge) };
    if (creating) {
      read.user = { ...json.user, id: bytes(json.user.id) };
      read.excludeCredentials = described(json.excludeCredentials);
    } else {
      read.allowCredentials = described(json.allowCredentials);
    }
    return read;
  };

  const answer = (credential) => {
    const given = credential.response;
    const response = { clientDataJSON: text(given.clientDataJSON) };
    if (creating) {
      response.attestationObject = text(given.attestationObject);
      response.transports = given.getTransports ? given.getTransports() : [];
    } else {
      response.authenticatorData = text(given.authenticatorData);
      response.signature = text(given.signature);
      if (given.userHandle) {
        response.userHandle = text(given.userHandle);
      }
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  };

  const run = async (mediation) => {
    waiting.abort();
    waiting = new AbortController();
    const request = { publicKey: options(), signal: waiting.signal };
    if (mediation) {
      request.mediation = mediation;
    }
    const credential = await (creating ? navigator.credentials.create(request) : navigator.credentials.get(request));
    form.elements.credential.value = JSON.stringify(answer(credential));
    const remember = document.querySelector('input[type=checkbox][name=remember]');
    if (remember?.checked && form.elements.remember) {
      form.elements.remember.value = 'on';
    }
    HTMLFormElement.prototype.submit.call(form);
  };

  /* Offers passkeys among the browser's own suggestions for the identifier. */
  const suggest = async () => {
    if (!creating && form.dataset.suggest && (await PublicKeyCredential.isConditionalMediationAvailable?.())) {
      await run('conditional');
    }
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    problem.hidden = true;
    run().catch((error) => {
      problem.hidden = error.name === 'AbortError';
      suggest().catch(() => undefined);
    });
  });
  form.hidden = false;
  document.querySelectorAll('[data-passkey-absent]').forEach((element) => element.remove());
  suggest().catch(() => undefined);
})();
