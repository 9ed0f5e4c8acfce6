import type { RealmClient, SigningAlgorithm } from '../../api/types';
import { linesOf, patchBetween } from './patch';

/** A client's settings as the form holds them: addresses one on each line, '' where the realm decides. */
export interface ClientValues {
  name: string;
  redirectUris: string;
  afterLogoutUris: string;
  backChannelLogoutUri: string;
  grants: RealmClient['grants'];
  scopes: string[];
  consent: boolean;
  pkce: boolean;
  accessSeconds: number | '';
  refreshSeconds: number | '';
  algorithm: SigningAlgorithm | '';
  tokenFormat: RealmClient['tokenFormat'];
}

export function clientValuesOf(client: RealmClient): ClientValues {
  return {
    name: client.name,
    redirectUris: client.redirectUris.join('\n'),
    afterLogoutUris: client.afterLogoutUris.join('\n'),
    backChannelLogoutUri: client.backChannelLogoutUri ?? '',
    // In one order, so that choosing a grant and taking it back is no change.
    grants: [...client.grants].sort(),
    scopes: client.scopes,
    consent: client.consent,
    pkce: client.pkce,
    accessSeconds: client.accessSeconds ?? '',
    refreshSeconds: client.refreshSeconds ?? '',
    algorithm: client.algorithm ?? '',
    tokenFormat: client.tokenFormat,
  };
}

/** What makes the client what the form says: only what differs, null for as the realm says. */
export function clientPatch(before: ClientValues, after: ClientValues) {
  return patchBetween(bodyOf(before), bodyOf(after));
}

function bodyOf(values: ClientValues) {
  return {
    name: values.name.trim(),
    redirectUris: linesOf(values.redirectUris),
    afterLogoutUris: linesOf(values.afterLogoutUris),
    backChannelLogoutUri: values.backChannelLogoutUri.trim() || null,
    grants: [...values.grants].sort(),
    scopes: values.scopes,
    consent: values.consent,
    pkce: values.pkce,
    accessSeconds: values.accessSeconds === '' ? null : values.accessSeconds,
    refreshSeconds: values.refreshSeconds === '' ? null : values.refreshSeconds,
    algorithm: values.algorithm === '' ? null : values.algorithm,
    tokenFormat: values.tokenFormat,
  };
}
