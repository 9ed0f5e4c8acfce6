// Runs one relying party against a provider: `node run.mjs PARTY`, what it is told as JSON on standard input. Before that,
// `node run.mjs PARTY registration` prints what its client there needs: {redirectUris, postLogoutRedirectUris}.
//
//   issuer                 the provider's issuer
//   base                   where the party listens, such as http://localhost:41234; nobody else does
//   credentials            {id, secret, algorithm}: its client there
//   account                {email, password, givenName, familyName}: who signs in
//   certificate            file: the authorities that it trusts; NODE_EXTRA_CA_CERTS has to name it too
//   broker                 {server, name}: a Keycloak, and the name of the realm there that is made to stand between, for
//                          the party that is one
//
// It exits with 0 when the party has signed in, refreshed and signed out, and says what went wrong when it has not.
import { text } from 'node:stream/consumers';
import { Browser } from './browser.mjs';
import { parties } from './parties.mjs';

const [name, command] = process.argv.slice(2);
const party = parties[name];
if (!party || (command !== undefined && command !== 'registration')) {
  console.error(`usage: node run.mjs ${Object.keys(parties).join('|')} [registration]`);
  process.exit(2);
}
const told = JSON.parse(await text(process.stdin));
if (command === 'registration') {
  console.log(JSON.stringify(party.registration(told)));
} else {
  await party.run({ browser: new Browser(), ...told });
}
