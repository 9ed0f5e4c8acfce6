import { expect, test } from 'vitest';
import type { SigningKey } from '../../api/types';
import { discoveryOf, eventKinds, eventText, keyAppearance } from './words';

test('events read as words, also those that are new', () => {
  expect(eventText('client.authentication')).toBe("A client's proof");
  expect(eventText('passkey.added')).toBe('Passkey added');

  const kinds = eventKinds(['passkey.added', 'sign-in']);
  expect(kinds.filter(({ value }) => value === 'sign-in')).toEqual([{ value: 'sign-in', label: 'Sign-in' }]);
  expect(kinds).toContainEqual({ value: 'passkey.added', label: 'Passkey added' });
});

test('a key is announced, then signs, then only verifies', () => {
  const key: SigningKey = {
    id: 'k',
    algorithm: 'ES256',
    createdAt: '2026-01-01T00:00:00Z',
    signsFrom: '2026-01-02T00:00:00Z',
    signsUntil: '2026-03-01T00:00:00Z',
  };
  const at = (instant: string) => keyAppearance(key, Date.parse(instant)).label;

  expect(at('2026-01-01T12:00:00Z')).toBe('Announced');
  expect(at('2026-01-02T00:00:00Z')).toBe('Signs');
  expect(at('2026-03-01T00:00:00Z')).toBe('Verifies only');
  expect(keyAppearance({ ...key, signsUntil: undefined }, Date.parse('2027-01-01T00:00:00Z')).label).toBe('Signs');
});

test('the discovery document is below the issuer, on a path as on a host', () => {
  expect(discoveryOf('https://haven.example.com/realms/shop')).toBe(
    'https://haven.example.com/realms/shop/.well-known/openid-configuration',
  );
});
