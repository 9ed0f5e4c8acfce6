import { expect, test } from 'vitest';
import type { Realm } from '../../api/types';
import { lasting, realmPatch, realmValuesOf } from './realmValues';

const realm: Realm = {
  id: 'r',
  teamId: 't',
  name: 'shop',
  host: 'auth.example.com',
  issuer: 'https://auth.example.com',
  displayName: 'Shop',
  signUp: { mode: 'invited', domains: [] },
  passwords: { shortest: 12 },
  lifetimes: { accessToken: 900, refreshToken: 86_400, session: 43_200, sessionIdle: 7_200, remembered: 2_592_000 },
  branding: { primaryColour: '#2f6f4f', headline: 'Welcome' },
  language: 'en',
  algorithm: 'ES256',
  version: 5,
  createdAt: '2026-01-01T00:00:00Z',
};

test('a realm that was not touched makes an empty patch', () => {
  const values = realmValuesOf(realm);

  expect(realmPatch(values, { ...values, displayName: ' Shop ' })).toEqual({});
});

test('a patch of a realm has each group whole, without what was cleared, and null for the path form', () => {
  const values = realmValuesOf(realm);

  expect(
    realmPatch(values, {
      ...values,
      host: '',
      signUpMode: 'domains',
      domains: ['example.com'],
      sessionIdle: 3_600,
      primaryColour: '#AA0000',
      headline: '',
    }),
  ).toEqual({
    host: null,
    signUp: { mode: 'domains', domains: ['example.com'] },
    lifetimes: { ...realm.lifetimes, sessionIdle: 3_600 },
    branding: { primaryColour: '#aa0000' },
  });
});

test('lengths of time are said in words', () => {
  expect(lasting(2_592_000)).toBe('30 days');
  expect(lasting(5_400)).toBe('1 hour 30 minutes');
  expect(lasting(61)).toBe('1 minute 1 second');
  expect(lasting(0)).toBe('0 seconds');
});
