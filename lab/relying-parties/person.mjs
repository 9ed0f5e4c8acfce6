// What a person does on an identity provider's pages, whichever provider it is: types who they are, agrees, goes on.

const MOST_PAGES = 10;
const REFUSES = /cancel|deny|decline|reject|refuse|no\b|back/i;

/**
 * Goes through the provider's pages until they lead back to `base`; answers the page there.
 *
 * @param account {email, password, givenName, familyName}
 */
export async function signIn(browser, page, account, base) {
  return goThrough(browser, page, base, (form) => {
    const typed = {};
    for (const { name, type } of form.fields) {
      if (type === 'password') {
        typed[name] = account.password;
      } else if (type === 'email' || /^(username|email|identifier|login)$/i.test(name)) {
        typed[name] = account.email;
      } else if (/^(firstName|given_name|givenName)$/.test(name)) {
        typed[name] = account.givenName;
      } else if (/^(lastName|family_name|familyName)$/.test(name)) {
        typed[name] = account.familyName;
      }
    }
    return typed;
  });
}

/** Confirms whatever the provider asks until its pages lead back to `base`; answers the page there. */
export async function confirm(browser, page, base) {
  return goThrough(browser, page, base, () => ({}));
}

async function goThrough(browser, page, base, type) {
  const seen = [];
  for (let count = 0; count < MOST_PAGES; count++) {
    if (page.url.href.startsWith(base)) {
      return page;
    }
    seen.push(`${page}`);
    const form = chosen(page);
    if (page.status >= 400 || form === undefined) {
      break;
    }
    const button = form.buttons.find(({ name, value }) => !REFUSES.test(`${name} ${value}`)) ?? form.buttons[0];
    page = await browser.submit(page, form, type(form), button);
  }
  if (page.url.href.startsWith(base)) {
    return page;
  }
  throw new Error(`the provider's pages do not lead to ${base}:\n${[...seen, `${page}`].join('\n')}`);
}

/** The form that goes on: one with a password before one with a name before any other that changes something. */
function chosen(page) {
  const forms = page.forms;
  const visible = (form) => form.fields.filter(({ type }) => type !== 'hidden');
  return forms.find((form) => form.fields.some(({ type }) => type === 'password'))
    ?? forms.find((form) => visible(form).some(({ name, type }) => type === 'email' || /user|mail|identifier/i.test(name)))
    ?? forms.find((form) => form.method === 'post' && form.buttons.length > 0)
    ?? forms.find((form) => form.method === 'post');
}
