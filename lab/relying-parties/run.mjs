// Runs one relying party against a provider: `node run.mjs PARTY`, what it is told as JSON on standard input:
//
//   issuer                 the provider's issuer
//   base                   where the party listens, such as http://localhost:41234; nobody else does
//   credentials            {id, secret, algorithm}: its client there, registered as `registration(base)` of the party says
//   account                {email, password, givenName, familyName}: who signs in
//   certificate            file: the authorities that it trusts; NODE_EXTRA_CA_CERTS has to name it too
//   broker                 {server, name}: the realm of a Keycloak that stands between, for the party that is one
//
// It exits with 0 when the party has signed in, refreshed and signed out, and says what went wrong when it has not.
import { text } from 'node:stream/consumers';
import { Browser } from './browser.mjs';
import { parties } from './parties.mjs';

const party = parties[process.argv[2]];
if (!party) {
  console.error(`usage: node run.mjs ${Object.keys(parties).join('|')}`);
  process.exit(2);
}
await party.run({ browser: new Browser(), ...JSON.parse(await text(process.stdin)) });
