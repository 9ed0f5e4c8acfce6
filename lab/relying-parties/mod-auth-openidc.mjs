// Apache httpd with the distribution's mod_auth_openidc, in front of pages of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listening } from './listening.mjs';
import { confirm, signIn } from './person.mjs';

const MODULES = '/usr/lib/apache2/modules';

export function registration({ base }) {
  return { redirectUris: [`${base}/protected/callback`], postLogoutRedirectUris: [`${base}/signed-out`] };
}

export async function run({ browser, base, issuer, credentials, account, certificate }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'mod-auth-openidc-'));
  try {
    await chmod(folder, 0o755); // httpd answers as another user than the one that starts it
    await mkdir(path.join(folder, 'pages/protected'), { recursive: true });
    for (const page of ['protected/index.html', 'signed-out', 'index.html']) {
      await writeFile(path.join(folder, 'pages', page), 'here');
    }
    await copyFile(certificate, path.join(folder, 'authorities.pem'));
    await writeFile(path.join(folder, 'httpd.conf'), configuration({ folder, base, issuer, credentials }));
    const httpd = spawn('/usr/sbin/apache2', ['-X', '-d', folder, '-f', path.join(folder, 'httpd.conf')],
      { stdio: ['ignore', 'inherit', 'inherit'] });
    const ended = once(httpd, 'exit');
    try {
      await listening(base, httpd);
      await use({ browser, base, account });
    } catch (error) {
      const log = await readFile(path.join(folder, 'error.log'), 'utf8').catch(() => '(no log)');
      throw new Error(`${error.message}\nhttpd says:\n${log.split('\n').slice(-15).join('\n')}`, { cause: error });
    } finally {
      httpd.kill();
      await ended;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function use({ browser, base, account }) {
  const information = async () => browser.open(`${base}/protected/callback?info=json`);

  // Signing in: the page that was asked for comes after it.
  const page = await signIn(browser, await browser.open(`${base}/protected/`), account, base);
  assert.equal(page.status, 200, `${page}`);
  assert.equal(page.url.href, `${base}/protected/`);
  assert.equal(page.headers['x-claim-email'], account.email);
  const before = JSON.parse((await information()).body);
  assert.equal(before.userinfo.email, account.email);
  assert.equal(before.userinfo.sub, page.headers['x-claim-sub']);

  // Refreshing.
  const refreshed = await browser.open(`${base}/protected/callback?`
    + new URLSearchParams({ refresh: `${base}/protected/`, access_token: before.access_token }));
  assert.equal(refreshed.url.href, `${base}/protected/`, `${refreshed}`);
  const after = JSON.parse((await information()).body);
  assert.notEqual(after.access_token, before.access_token);

  // Signing out, at the provider too: asking for the page leads to the provider's sign-in again.
  const left = await confirm(browser,
    await browser.open(`${base}/protected/callback?` + new URLSearchParams({ logout: `${base}/signed-out` })), base);
  assert.equal(left.url.pathname, '/signed-out', `${left}`);
  const again = await browser.open(`${base}/protected/`);
  assert.ok(!again.url.href.startsWith(base), `${again}`);
}

function configuration({ folder, base, issuer, credentials }) {
  const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'headers', 'dir', 'mime', 'auth_openidc'];
  return `
ServerName localhost
User www-data
Group www-data
Listen 127.0.0.1:${new URL(base).port}
PidFile ${folder}/httpd.pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
Mutex file:${folder}
TypesConfig /etc/mime.types
${modules.map((module) => `LoadModule ${module}_module ${MODULES}/mod_${module}.so`).join('\n')}
DocumentRoot ${folder}/pages
DirectoryIndex index.html
<Directory ${folder}/pages>
  Require all granted
</Directory>

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCCABundlePath ${folder}/authorities.pem
OIDCClientID ${credentials.id}
OIDCClientSecret ${credentials.secret}
OIDCProviderTokenEndpointAuth client_secret_basic
OIDCIDTokenSignedResponseAlg ${credentials.algorithm}
OIDCRedirectURI ${base}/protected/callback
OIDCScope "openid email profile"
OIDCPKCEMethod S256
OIDCCryptoPassphrase a-passphrase-for-the-length-of-a-test
OIDCInfoHook access_token userinfo session
OIDCPassUserInfoAs claims
OIDCPassClaimsAs environment

<Location /protected>
  AuthType openid-connect
  Require valid-user
  Header set X-Claim-Email "%{OIDC_CLAIM_email}e"
  Header set X-Claim-Sub "%{OIDC_CLAIM_sub}e"
</Location>
`;
}
