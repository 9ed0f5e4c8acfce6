// npm `openid-client`: the certified client library, with everything that it does out of the box.
import assert from 'node:assert/strict';
import * as client from 'openid-client';
import { confirm, signIn } from './person.mjs';
import { serve } from './serve.mjs';

export function registration({ base }) {
  return { redirectUris: [`${base}/callback`], postLogoutRedirectUris: [`${base}/signed-out`] };
}

export async function run({ browser, base, issuer, credentials, account }) {
  const config = await client.discovery(new URL(issuer), credentials.id, undefined,
    client.ClientSecretBasic(credentials.secret));
  assert.equal(config.serverMetadata().issuer, issuer);
  const landed = (request, response) => response.end('here');
  await serve(Number(new URL(base).port), landed, async () => {
    // Signing in, with PKCE, state and nonce.
    const first = await authorize(config, base, (url) => browser.open(url)
      .then((page) => signIn(browser, page, account, base)));
    const claims = first.claims();
    assert.equal(claims.email, account.email);
    assert.equal(claims.aud, credentials.id);
    const user = await client.fetchUserInfo(config, first.access_token, claims.sub);
    assert.equal(user.email, account.email);

    // A second sign-in of the same browser asks for nothing.
    const second = await authorize(config, base, (url) => browser.open(url));
    assert.equal(second.claims().sub, claims.sub);

    // A request pushed ahead, if the provider takes them.
    if (config.serverMetadata().pushed_authorization_request_endpoint) {
      const pushed = await authorize(config, base, (url) => browser.open(url), client.buildAuthorizationUrlWithPAR);
      assert.equal(pushed.claims().sub, claims.sub);
    }

    // Refreshing.
    const refreshed = await client.refreshTokenGrant(config, first.refresh_token);
    assert.notEqual(refreshed.access_token, first.access_token);
    assert.equal((await client.fetchUserInfo(config, refreshed.access_token, claims.sub)).sub, claims.sub);

    // A revoked refresh token is worth nothing.
    await client.tokenRevocation(config, second.refresh_token, { token_type_hint: 'refresh_token' });
    await assert.rejects(client.refreshTokenGrant(config, second.refresh_token), { error: 'invalid_grant' });

    // Signing out, at the provider too.
    const out = client.buildEndSessionUrl(config, {
      id_token_hint: refreshed.id_token ?? first.id_token,
      post_logout_redirect_uri: `${base}/signed-out`,
      state: 'bye',
    });
    const left = await confirm(browser, await browser.open(out), base);
    assert.equal(left.url.href, `${base}/signed-out?state=bye`);
    await assert.rejects(authorize(config, base, (url) => {
      url.searchParams.set('prompt', 'none');
      return browser.open(url);
    }), { error: 'login_required' });
  });
}

async function authorize(config, base, visit, build = client.buildAuthorizationUrl) {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const page = await visit(await build(config, {
    redirect_uri: `${base}/callback`,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }));
  assert.ok(page.url.href.startsWith(`${base}/callback?`), `${page}`);
  return client.authorizationCodeGrant(config, page.url, {
    pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
  });
}
