// Keycloak as a relying party: one of its realms lets people in who sign in at ours (identity brokering), for a client of
// its own.
import assert from 'node:assert/strict';
import * as client from 'openid-client';
import { Admin } from './keycloak.mjs';
import { confirm, signIn } from './person.mjs';
import { serve } from './serve.mjs';

export function registration({ broker: { server, name } }) {
  const endpoint = `${server.url}/realms/${name}/broker/ours/endpoint`;
  return { redirectUris: [endpoint], postLogoutRedirectUris: [`${endpoint}/logout_response`] };
}

export async function run({ browser, base, issuer, credentials, account, broker: { server, name } }) {
  const broker = await new Admin(server).realm(name);
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  await broker.admin.call('POST', `/realms/${broker.name}/identity-provider/instances`, {
    alias: 'ours',
    providerId: 'oidc',
    enabled: true,
    trustEmail: true,
    storeToken: true,
    addReadTokenRoleOnCreate: true,
    config: {
      issuer,
      authorizationUrl: metadata.authorization_endpoint,
      tokenUrl: metadata.token_endpoint,
      userInfoUrl: metadata.userinfo_endpoint,
      logoutUrl: metadata.end_session_endpoint,
      jwksUrl: metadata.jwks_uri,
      useJwksUrl: 'true',
      validateSignature: 'true',
      clientId: credentials.id,
      clientSecret: credentials.secret,
      clientAuthMethod: 'client_secret_basic',
      defaultScope: 'openid email profile',
      pkceEnabled: 'true',
      pkceMethod: 'S256',
      syncMode: 'FORCE',
    },
  });
  const own = await broker.client({ redirectUris: [`${base}/callback`], postLogoutRedirectUris: [`${base}/signed-out`] });
  const config = await client.discovery(new URL(broker.issuer), own.id, own.secret);
  await serve(Number(new URL(base).port), (request, response) => response.end('here'), async () => {
    const ask = () => {
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: `${base}/callback`, scope: 'openid email profile', kc_idp_hint: 'ours', state: 'state',
      });
      return browser.open(url);
    };
    const page = await signIn(browser, await ask(), account, `${base}/callback?`);
    assert.ok(browser.visited.some((url) => url.startsWith(metadata.authorization_endpoint)));
    const tokens = await client.authorizationCodeGrant(config, page.url, { expectedState: 'state' });
    assert.equal(tokens.claims().email, account.email);
    assert.equal(tokens.claims().email_verified, true);

    // What Keycloak keeps of ours is good at our userinfo.
    const stored = await (await fetch(`${broker.issuer}/broker/ours/token`,
      { headers: { authorization: `Bearer ${tokens.access_token}` } })).json();
    const ours = await fetch(metadata.userinfo_endpoint, { headers: { authorization: `Bearer ${stored.access_token}` } });
    assert.equal(ours.status, 200);
    assert.equal((await ours.json()).email, account.email);
    assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token)).access_token);

    // Signing out goes through Keycloak to us and back.
    const left = await confirm(browser, await browser.open(client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token, post_logout_redirect_uri: `${base}/signed-out`,
    })), base);
    assert.equal(left.url.pathname, '/signed-out', `${left}`);
    assert.ok(browser.visited.some((url) => url.startsWith(metadata.end_session_endpoint)));
    const again = await ask();
    assert.ok(!again.url.href.startsWith(base), `${again}`);
  });
}
