// ./haven demo and ./haven down, as a newcomer runs them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const HAVEN = fileURLToPath(new URL('../../haven', import.meta.url));
const TIMEOUT = 300_000;

const docker = (...args) =>
  execFileSync(existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker', args, { encoding: 'utf8' }).trim();
const owned = (kind, installation) => docker(...kind, '--quiet', '--filter', `label=dev.havenkeep.installation=${installation}`);
const everything = (installation) =>
  [['ps', '--all'], ['network', 'ls'], ['volume', 'ls'], ['images', '--all']].map((kind) => owned(kind, installation)).join('');

/** Runs the demo until it has said everything. */
async function demo(t, folder) {
  const child = spawn(HAVEN, ['demo', '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.exitCode ?? child.kill('SIGTERM'));
  let output = '';
  const said = new Promise((resolve, reject) => {
    const read = (data) => {
      output += data;
      if (output.includes('./haven down removes everything')) {
        resolve();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${output}`)));
  });
  await said;
  return {
    output: () => output,
    async interrupt() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      assert.deepEqual(await ended, [0, null], output);
    },
  };
}

function visit(port) {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/', headers: { host: 'sample.localhost' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

test('the demo serves the sample application, again after a restart, and leaves nothing behind', { timeout: TIMEOUT }, async (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'haven-demo-'));
  t.after(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'demo');
  t.after(() => execFileSync(HAVEN, ['down', '--data', folder]));

  const first = await demo(t, folder);
  const { httpPort, consolePort } = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'));
  const installation = readFileSync(join(folder, 'data/installation-id'), 'utf8').trim();
  assert.equal(await visit(httpPort), 200);
  assert.match(first.output(), new RegExp(`http://localhost:${consolePort}`));
  await first.interrupt();
  assert.equal(await visit(httpPort), 200, 'the application serves while the control plane is stopped');

  const second = await demo(t, folder);
  assert.doesNotMatch(second.output(), /Deploying/);
  assert.equal(await visit(httpPort), 200);
  await second.interrupt();

  assert.notEqual(everything(installation), '');
  execFileSync(HAVEN, ['down', '--data', folder]);
  assert.equal(everything(installation), '');
  assert.equal(existsSync(folder), false);
});

test('down says so when there is nothing to remove', () => {
  const output = execFileSync(HAVEN, ['down', '--data', join(tmpdir(), 'haven-no-such-demo')], { encoding: 'utf8' });

  assert.match(output, /There is no demo/);
});
