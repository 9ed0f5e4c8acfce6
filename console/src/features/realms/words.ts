import type { AuthEvent, Realm, RealmClient, SigningAlgorithm, SigningKey } from '../../api/types';
import type { Appearance } from '../../ui/status';
import { actionText } from '../../ui/words';

/** What the API's codes are called on the screen. */

interface Choice<T> {
  value: T;
  label: string;
  description: string;
}

interface KindOfClient extends Choice<RealmClient['kind']> {
  /** An address to go back to after signing in, as this kind has them; absent where nobody goes back. */
  redirect?: string;
}

export const CLIENT_KINDS: KindOfClient[] = [
  {
    value: 'web',
    label: 'Web application',
    description: 'Runs on a server and keeps a secret.',
    redirect: 'https://shop.example.com/callback',
  },
  {
    value: 'single-page',
    label: 'Single-page application',
    description: 'Runs in the browser; has no secret and uses PKCE.',
    redirect: 'https://app.example.com/callback',
  },
  {
    value: 'native',
    label: 'Native application',
    description: 'On a phone or desktop; has no secret and uses PKCE.',
    redirect: 'com.example.app:/callback',
  },
  { value: 'machine', label: 'Machine', description: 'A program that acts for itself, without people.' },
  { value: 'device', label: 'Device', description: 'Shows a code that people enter elsewhere: a television, a tool.' },
];

export function kindOf(value: RealmClient['kind']): KindOfClient | undefined {
  return CLIENT_KINDS.find((kind) => kind.value === value);
}

export const GRANTS: Choice<RealmClient['grants'][number]>[] = [
  { value: 'authorization_code', label: 'Sign people in', description: 'authorization_code' },
  { value: 'refresh_token', label: 'Stay signed in with refresh tokens', description: 'refresh_token' },
  { value: 'client_credentials', label: 'Act for itself', description: 'client_credentials' },
  {
    value: 'urn:ietf:params:oauth:grant-type:device_code',
    label: 'Sign in on another device',
    description: 'device_code',
  },
  {
    value: 'urn:ietf:params:oauth:grant-type:token-exchange',
    label: 'Exchange tokens',
    description: 'token-exchange',
  },
];

export const SIGN_UP: Choice<Realm['signUp']['mode']>[] = [
  { value: 'open', label: 'Anybody', description: 'Whoever wants an account makes one.' },
  { value: 'domains', label: 'By domain', description: 'Whoever has an address in one of the domains.' },
  { value: 'invited', label: 'By invitation', description: 'Only who is invited.' },
  { value: 'closed', label: 'Nobody', description: 'Only operators make accounts.' },
];

export const ALGORITHMS: Choice<SigningAlgorithm>[] = [
  { value: 'ES256', label: 'ES256', description: 'ECDSA on P-256: quick and small.' },
  { value: 'RS256', label: 'RS256', description: 'RSA: what every library understands.' },
  { value: 'EdDSA', label: 'EdDSA', description: 'Ed25519.' },
];

export const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' },
  { value: 'pt-BR', label: 'Português' },
  { value: 'ja', label: '日本語' },
  { value: 'zh-Hans', label: '中文' },
];

/** What can happen at a realm's door. There may be new kinds: those are said by their own name. */
const EVENTS: Record<string, string> = {
  'sign-in': 'Sign-in',
  'sign-out': 'Sign-out',
  'sign-up': 'Sign-up',
  authorization: 'Way into an application',
  consent: 'Consent',
  device: 'Sign-in on another device',
  token: 'Request for tokens',
  'client.authentication': "A client's proof",
  introspection: 'Question about a token',
  revocation: 'Revocation of a token',
  'grant.revoked': 'End of a grant',
  'grant.replayed': 'Code or token used twice',
};

export function eventText(kind: string): string {
  return EVENTS[kind] ?? actionText(kind);
}

/** The kinds to choose from: those that are known, and any other that is meant. */
export function eventKinds(also: string[]): { value: string; label: string }[] {
  return [...new Set([...Object.keys(EVENTS), ...also])]
    .map((kind) => ({ value: kind, label: eventText(kind) }))
    .sort((one, other) => one.label.localeCompare(other.label, 'en'));
}

export function eventAppearance({ success }: Pick<AuthEvent, 'success'>): Appearance {
  return success
    ? { tone: 'running', shape: 'dot', label: 'Came about' }
    : { tone: 'failed', shape: 'diamond', label: 'Refused' };
}

/** Where a key is in its life: tokens are signed with it, will be, or were and are still verified. */
export function keyAppearance(key: SigningKey, now: number): Appearance {
  if (Date.parse(key.signsFrom) > now) return { tone: 'idle', shape: 'ring', label: 'Announced' };
  if (key.signsUntil !== undefined && Date.parse(key.signsUntil) <= now)
    return { tone: 'idle', shape: 'square', label: 'Verifies only' };
  return { tone: 'running', shape: 'dot', label: 'Signs' };
}

/** Where a realm's discovery document is (OpenID Connect Discovery 1.0, section 4). */
export function discoveryOf(issuer: string): string {
  return `${issuer}/.well-known/openid-configuration`;
}
