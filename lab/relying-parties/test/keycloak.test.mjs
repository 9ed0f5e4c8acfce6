// The relying parties against Keycloak: what they then find wrong with another provider is that provider's fault.
import { after, before, describe, it } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Admin, down, up } from '../keycloak.mjs';
import { trial } from '../peers.mjs';

describe('relying parties of Keycloak', () => {
  const name = `parties-${process.pid}`;
  let folder, admin, realm;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'relying-parties-'));
    admin = new Admin(await up(name));
    realm = await admin.realm('provider');
  });

  after(async () => {
    await down(name);
    await rm(folder, { recursive: true });
  });

  for (const party of ['openid-client', 'authjs', 'next-auth', 'mod-auth-openidc', 'spring-client']) {
    it(`${party} signs in, refreshes and signs out`, () => trial(party, realm, folder));
  }

  it('another realm of Keycloak signs in, refreshes and signs out', async () => {
    await trial('keycloak-broker', realm, folder, { server: admin.server, name: 'broker' });
  });
});
