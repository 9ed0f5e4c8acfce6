// Auth.js 5 (npm `@auth/core`, the engine of next-auth 5) in a plain server, with the documented rotation of refresh
// tokens and a sign-out that ends the provider's session too.
import assert from 'node:assert/strict';
import { Auth } from '@auth/core';
import { confirm, signIn } from './person.mjs';
import { bodyOf, serve } from './serve.mjs';
import { rotating, signOutAddress } from './tokens.mjs';

export function registration({ base }) {
  return { redirectUris: [`${base}/auth/callback/realm`], postLogoutRedirectUris: [`${base}/signed-out`] };
}

export async function run({ browser, base, issuer, credentials, account }) {
  const tokens = rotating(issuer, credentials);
  const config = {
    basePath: '/auth',
    trustHost: true,
    secret: 'a secret of thirty-two characters',
    providers: [{
      id: 'realm',
      name: 'Realm',
      type: 'oidc',
      issuer,
      clientId: credentials.id,
      clientSecret: credentials.secret,
      checks: ['pkce', 'state', 'nonce'],
    }],
    callbacks: tokens.callbacks,
  };
  const handle = async (request, response) => {
    if (request.url.startsWith('/auth/')) {
      const answer = await Auth(new Request(new URL(request.url, base), {
        method: request.method,
        headers: request.headers,
        body: request.method === 'POST' ? await bodyOf(request) : undefined,
      }), config);
      response.writeHead(answer.status, [...answer.headers].flat());
      response.end(Buffer.from(await answer.arrayBuffer()));
    } else {
      response.end('here');
    }
  };
  await serve(Number(new URL(base).port), handle, () => useApp({ browser, base, account, tokens, issuer }));
}

/** What a person does with an application of either version of Auth.js. */
export async function useApp({ browser, base, account, tokens, issuer }) {
  const session = async () => JSON.parse((await browser.open(`${base}/auth/session`)).body || 'null');
  assert.ok(!(await session())?.user);

  const choice = await browser.open(`${base}/auth/signin`);
  const form = choice.forms.find(({ action }) => action?.includes('/signin/realm'));
  assert.ok(form, `${choice}`);
  const landed = await signIn(browser, await browser.submit(choice, form), account, base);
  assert.equal(landed.status, 200, `${landed}`);
  const before = await session();
  assert.equal(before.user?.email, account.email, `${landed}`);

  tokens.expire();
  const after = await session();
  assert.equal(tokens.refreshed, 1);
  assert.notEqual(after.accessToken, before.accessToken);
  assert.equal((await tokens.userInfo(after.accessToken)).email, account.email);

  const asked = await browser.open(`${base}/auth/signout`);
  const out = asked.forms.find(({ action }) => action?.includes('/signout'));
  await browser.submit(asked, out);
  assert.ok(!(await session())?.user);
  const left = await confirm(browser, await browser.open(await signOutAddress(issuer, tokens.idToken, `${base}/signed-out`)),
    base);
  assert.equal(left.url.pathname, '/signed-out');

  // The provider's session is over, so it asks again.
  const again = await browser.open(`${base}/auth/signin`);
  const provider = await browser.submit(again, again.forms.find(({ action }) => action?.includes('/signin/realm')));
  assert.ok(!provider.url.href.startsWith(base), `${provider}`);
}
