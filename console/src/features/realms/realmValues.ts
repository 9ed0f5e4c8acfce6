import type { Realm } from '../../api/types';
import { patchBetween } from './patch';

type Count = number | '';

/** A realm's settings as the form holds them: '' where there is nothing. */
export interface RealmValues {
  displayName: string;
  host: string;
  signUpMode: Realm['signUp']['mode'];
  domains: string[];
  shortest: Count;
  accessToken: Count;
  refreshToken: Count;
  session: Count;
  sessionIdle: Count;
  remembered: Count;
  logoUrl: string;
  primaryColour: string;
  headline: string;
  footer: string;
  termsUrl: string;
  privacyUrl: string;
  language: string;
  algorithm: Realm['algorithm'];
}

export function realmValuesOf(realm: Realm): RealmValues {
  const { branding, lifetimes } = realm;
  return {
    displayName: realm.displayName,
    host: realm.host ?? '',
    signUpMode: realm.signUp.mode,
    domains: realm.signUp.domains,
    shortest: realm.passwords.shortest,
    accessToken: lifetimes.accessToken,
    refreshToken: lifetimes.refreshToken,
    session: lifetimes.session,
    sessionIdle: lifetimes.sessionIdle,
    remembered: lifetimes.remembered,
    logoUrl: branding.logoUrl ?? '',
    primaryColour: branding.primaryColour ?? '',
    headline: branding.headline ?? '',
    footer: branding.footer ?? '',
    termsUrl: branding.termsUrl ?? '',
    privacyUrl: branding.privacyUrl ?? '',
    language: realm.language,
    algorithm: realm.algorithm,
  };
}

/** What makes the realm what the form says: only what differs, each group of settings whole. */
export function realmPatch(before: RealmValues, after: RealmValues) {
  return patchBetween(bodyOf(before), bodyOf(after));
}

function bodyOf(values: RealmValues) {
  return {
    displayName: values.displayName.trim(),
    host: values.host.trim() || null,
    signUp: { mode: values.signUpMode, domains: values.domains },
    passwords: { shortest: number(values.shortest) },
    lifetimes: {
      accessToken: number(values.accessToken),
      refreshToken: number(values.refreshToken),
      session: number(values.session),
      sessionIdle: number(values.sessionIdle),
      remembered: number(values.remembered),
    },
    branding: {
      logoUrl: text(values.logoUrl),
      primaryColour: text(values.primaryColour.toLowerCase()),
      headline: text(values.headline),
      footer: text(values.footer),
      termsUrl: text(values.termsUrl),
      privacyUrl: text(values.privacyUrl),
    },
    language: values.language,
    algorithm: values.algorithm,
  };
}

/** An emptied number is none that is accepted; the answer says which are. */
function number(value: Count): number {
  return value === '' ? 0 : value;
}

function text(value: string): string | undefined {
  return value.trim() || undefined;
}

const UNITS: [string, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Seconds as people say them: 2592000 is "30 days", 5400 is "1 hour 30 minutes". */
export function lasting(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.join(' ') || '0 seconds';
}
