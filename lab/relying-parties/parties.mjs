import * as authjs from './authjs.mjs';
import * as keycloakBroker from './keycloak-broker.mjs';
import * as modAuthOpenidc from './mod-auth-openidc.mjs';
import * as nextAuth from './next-auth.mjs';
import * as openidClient from './openid-client.mjs';
import * as springClient from './spring-client.mjs';

/**
 * The relying parties by name. Each has
 * `registration({ base, broker })`: which redirect URIs its client needs when it listens at `base`, and
 * `run({ browser, base, issuer, credentials, account, certificate, broker })`: signs in, refreshes, signs out, or throws.
 */
export const parties = {
  'openid-client': openidClient,
  authjs,
  'next-auth': nextAuth,
  'mod-auth-openidc': modAuthOpenidc,
  'spring-client': springClient,
  'keycloak-broker': keycloakBroker,
};
