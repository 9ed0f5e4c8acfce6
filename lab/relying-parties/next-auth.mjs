// npm `next-auth` 4, the stable one, whose OpenID client is another one than that of Auth.js 5. Its handler for API routes
// runs in a plain server; what Next.js would add to requests and responses is added here.
import { createRequire } from 'node:module';
import { rotating } from './tokens.mjs';
import { bodyOf, serve } from './serve.mjs';
import { useApp } from './authjs.mjs';

const { default: NextAuth } = createRequire(import.meta.url)('next-auth/next');

export { registration } from './authjs.mjs';

export async function run({ browser, base, issuer, credentials, account }) {
  process.env.NEXTAUTH_URL = `${base}/auth`;
  const tokens = rotating(issuer, credentials);
  const options = {
    secret: 'a secret of thirty-two characters',
    providers: [{
      id: 'realm',
      name: 'Realm',
      type: 'oauth',
      wellKnown: `${issuer}/.well-known/openid-configuration`,
      authorization: { params: { scope: 'openid email profile' } },
      clientId: credentials.id,
      clientSecret: credentials.secret,
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      httpOptions: { timeout: 60_000 }, // 3.5 seconds are little on a machine that tests everything at once
      // Providers say what they sign with when a client is registered; this library wants to be told.
      client: { id_token_signed_response_alg: credentials.algorithm },
      profile: ({ sub, name, email }) => ({ id: sub, name, email }),
    }],
    callbacks: tokens.callbacks,
  };
  const handle = async (request, response) => {
    const url = new URL(request.url, base);
    if (!url.pathname.startsWith('/auth/')) {
      response.end('here');
      return;
    }
    request.query = { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.slice('/auth/'.length).split('/') };
    request.cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').filter(Boolean).map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    }));
    request.body = request.method === 'POST' ? Object.fromEntries(new URLSearchParams(String(await bodyOf(request)))) : {};
    response.status = (status) => Object.assign(response, { statusCode: status });
    response.json = (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    response.send = (body) => response.end(typeof body === 'object' ? JSON.stringify(body) : body);
    await NextAuth(request, response, options);
  };
  await serve(Number(new URL(base).port), handle, () => useApp({ browser, base, account, tokens, issuer }));
}
