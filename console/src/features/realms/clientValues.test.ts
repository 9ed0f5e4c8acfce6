import { expect, test } from 'vitest';
import type { RealmClient } from '../../api/types';
import { clientPatch, clientValuesOf } from './clientValues';

const client: RealmClient = {
  id: 'c',
  clientId: 'shop',
  name: 'Shop',
  kind: 'web',
  redirectUris: ['https://shop.example.com/callback'],
  afterLogoutUris: [],
  grants: ['refresh_token', 'authorization_code'],
  scopes: ['profile', 'email'],
  consent: false,
  pkce: true,
  pushed: false,
  proofs: ['client_secret_basic'],
  tokenFormat: 'jwt',
  accessSeconds: 600,
  bound: false,
  connections: [],
  hasSecret: true,
  version: 3,
  createdAt: '2026-01-01T00:00:00Z',
};

test('a client that was not touched makes an empty patch, whatever the order of its grants', () => {
  const values = clientValuesOf(client);

  expect(clientPatch(values, { ...values, grants: ['refresh_token', 'authorization_code'] })).toEqual({});
});

test('a patch of a client has addresses by line, and null where the realm decides again', () => {
  const values = clientValuesOf(client);

  expect(
    clientPatch(values, {
      ...values,
      redirectUris: ' https://shop.example.com/callback\n\nhttp://localhost:3000/callback \n',
      backChannelLogoutUri: '  ',
      accessSeconds: '',
      consent: true,
    }),
  ).toEqual({
    redirectUris: ['https://shop.example.com/callback', 'http://localhost:3000/callback'],
    accessSeconds: null,
    consent: true,
  });
});
