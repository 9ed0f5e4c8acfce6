// An application of Spring Boot with Spring Security's OAuth 2.0 client (the folder spring-client).
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { listening } from './listening.mjs';
import { confirm, signIn } from './person.mjs';

const run_ = promisify(execFile);

export function registration({ base }) {
  return { redirectUris: [`${base}/login/oauth2/code/realm`], postLogoutRedirectUris: [`${base}/signed-out`] };
}

export async function run({ browser, base, issuer, credentials, account, certificate }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'spring-client-'));
  try {
    const java = path.join(
      (await run_(fileURLToPath(new URL('../../packaging/find-jdk', import.meta.url)))).stdout.trim(), 'bin');
    const jar = (await run_(fileURLToPath(new URL('spring-client/build', import.meta.url)))).stdout.trim();
    const trust = await trustStore(folder, java, certificate);
    const realm = 'spring.security.oauth2.client';
    const application = spawn(path.join(java, 'java'), [
      '-XX:TieredStopAtLevel=1', '-Xmx128m', `-Djavax.net.ssl.trustStore=${trust}`, '-Djavax.net.ssl.trustStorePassword=changeit',
      '-jar', jar,
      `--server.port=${new URL(base).port}`, '--server.address=127.0.0.1', '--logging.level.root=warn',
      `--${realm}.provider.realm.issuer-uri=${issuer}`,
      `--${realm}.registration.realm.client-id=${credentials.id}`,
      `--${realm}.registration.realm.client-secret=${credentials.secret}`,
      `--${realm}.registration.realm.scope=openid,profile,email`,
    ], { stdio: ['ignore', 'inherit', 'inherit'] });
    const ended = once(application, 'exit');
    try {
      await listening(`${base}/signed-out`, application);
      await use({ browser, base, account });
    } finally {
      application.kill();
      await ended;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function use({ browser, base, account }) {
  const landed = await signIn(browser, await browser.open(`${base}/`), account, base);
  assert.equal(landed.status, 200, `${landed}`);
  const before = JSON.parse(landed.body);
  assert.equal(before.email, account.email);
  assert.equal(before.userInfo.sub, before.sub);

  const after = JSON.parse((await browser.open(`${base}/refreshed`)).body);
  assert.equal(after.sub, before.sub);
  assert.notEqual(after.accessToken, before.accessToken);

  const left = await confirm(browser, await browser.open(`${base}/logout`, { method: 'POST', body: '' }), base);
  assert.equal(left.url.pathname, '/signed-out', `${left}`);
  const again = await browser.open(`${base}/`);
  assert.ok(!again.url.href.startsWith(base), `${again}`);
}

/** The certificates as Java takes them: keytool reads one at a time. */
async function trustStore(folder, java, certificate) {
  const store = path.join(folder, 'trust.p12');
  const certificates = (await readFile(certificate, 'utf8')).match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  for (const [number, text] of certificates.entries()) {
    const imported = run_(path.join(java, 'keytool'), ['-importcert', '-noprompt', '-alias', `authority-${number}`,
      '-keystore', store, '-storepass', 'changeit']);
    imported.child.stdin.end(text);
    await imported;
  }
  return store;
}
