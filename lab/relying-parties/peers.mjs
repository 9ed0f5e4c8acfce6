// Relying parties as processes of their own, each with a client that the provider just made for it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parties } from './parties.mjs';

const DEADLINE_MS = 180_000;

/**
 * Has a party sign in, refresh and sign out; fails with what it says when it does not.
 *
 * @param name the party
 * @param provider {issuer, certificate, user(), client(registration)}
 * @param broker {server, name}: a Keycloak and a realm to be, for the party that stands between
 */
export async function trial(name, provider, folder, broker) {
  const base = `http://localhost:${await freePort()}`;
  const certificate = path.join(folder, 'authorities.pem');
  const authorities = [provider.certificate, ...(broker ? [broker.server.certificate] : [])];
  await writeFile(certificate, (await Promise.all(authorities.map((file) => readFile(file, 'utf8')))).join('\n'));
  const input = {
    issuer: provider.issuer,
    base,
    certificate,
    account: await provider.user(),
    credentials: await provider.client(parties[name].registration({ base, broker })),
    broker,
  };
  const child = spawn(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), name], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
  });
  child.stdin.end(JSON.stringify(input));
  const [[status], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  assert.equal(status, 0, `${name} failed:\n${out}${err}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
