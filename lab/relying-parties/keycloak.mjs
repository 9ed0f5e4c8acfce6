// A running Keycloak (lab/keycloak): as the provider that relying parties are proven with, and as a relying party itself.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const lab = fileURLToPath(new URL('../keycloak', import.meta.url));

/** Starts it, or finds it running; what `lab/keycloak up` prints. */
export async function up(name, trust) {
  const { stdout } = await promisify(execFile)(lab, ['up', name, ...(trust ? ['--trust', trust] : [])]);
  return JSON.parse(stdout);
}

export async function down(name) {
  await promisify(execFile)(lab, ['down', name]);
}

/** Its administrator, by its own API. */
export class Admin {
  constructor(server) {
    this.server = server;
  }

  async call(method, path, body) {
    const { httpUrl: url, user, password } = this.server;
    const token = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: user, password }),
    });
    assert.equal(token.status, 200);
    const response = await fetch(`${url}/admin${path}`, {
      method,
      headers: {
        authorization: `Bearer ${(await token.json()).access_token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** A fresh realm. */
  async realm(name) {
    await this.call('POST', '/realms', { realm: name, enabled: true });
    return new Realm(this, name);
  }
}

/** A realm of Keycloak as a provider. */
export class Realm {
  constructor(admin, name) {
    this.admin = admin;
    this.name = name;
    this.issuer = `${admin.server.url}/realms/${name}`;
    this.certificate = admin.server.certificate;
  }

  /** A user whose address is verified. */
  async user() {
    const account = {
      email: `ada-${randomBytes(4).toString('hex')}@example.com`,
      password: randomBytes(12).toString('base64url'),
      givenName: 'Ada',
      familyName: 'Lovelace',
    };
    await this.admin.call('POST', `/realms/${this.name}/users`, {
      username: account.email,
      email: account.email,
      emailVerified: true,
      firstName: account.givenName,
      lastName: account.familyName,
      enabled: true,
      credentials: [{ type: 'password', value: account.password, temporary: false }],
    });
    return account;
  }

  /** A confidential client; answers its credentials. */
  async client({ redirectUris, postLogoutRedirectUris }) {
    const id = `c${randomBytes(6).toString('hex')}`;
    const secret = randomBytes(24).toString('base64url');
    await this.admin.call('POST', `/realms/${this.name}/clients`, {
      clientId: id,
      secret,
      redirectUris,
      attributes: { 'post.logout.redirect.uris': postLogoutRedirectUris.join('##') },
    });
    return { id, secret, algorithm: 'RS256' };
  }
}
