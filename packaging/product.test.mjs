// The packaged control plane, started as people start it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const run = (command, ...args) => execFileSync(join(HOME, command), args, { encoding: 'utf8' }).trim();

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function dataFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'haven-product-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data');
}

/** Starts a command that becomes the control plane; answers once it is ready. */
async function started(t, port, command, args, environment = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  t.after(() => child.kill('SIGKILL'));
  const deadline = Date.now() + 60_000;
  const ready = () => fetch(`http://127.0.0.1:${port}/health/ready`).then((answer) => answer.ok, () => false);
  while (!(await ready())) {
    assert.equal(child.exitCode, null, output);
    assert.ok(Date.now() < deadline, output);
    await delay(20);
  }
  return { child, output: () => output };
}

test('the ahead-of-time cache is used: a JVM that insists on it starts', async (t) => {
  const java = execFileSync(join(HOME, 'packaging/find-jdk'), { encoding: 'utf8' }).trim();
  const environment = { ...process.env, JAVA_HOME: java };
  const app = run('packaging/build', 'control-plane');
  const [jvm, ...flags] = execFileSync(join(HOME, 'packaging/java-command'), [app], { encoding: 'utf8', env: environment })
    .trim()
    .split('\n');
  assert.ok(flags.some((flag) => flag.startsWith('-XX:AOTCache=')), 'there is no cache');
  const port = await freePort();
  const data = dataFolder(t);

  const { child } = await started(t, port, jvm, [
    '-XX:AOTMode=on',
    ...flags,
    `--haven.data-dir=${data}`,
    `--server.port=${port}`,
  ]);

  child.kill('SIGTERM');
  await once(child, 'exit');
});

test('the first start leaves a setup token that only its owner reads, and tells it', async (t) => {
  const port = await freePort();
  const data = dataFolder(t);

  const { child, output } = await started(t, port, join(HOME, 'haven'), ['up', '--data', data, `--server.port=${port}`]);

  // It is told once the start is over, which may be a moment after the first answer.
  const deadline = Date.now() + 10_000;
  while (!/^Setup token: .+$/m.test(output()) && Date.now() < deadline) {
    await delay(20);
  }
  const file = join(data, 'setup-token');
  assert.equal(/^Setup token: (.+)$/m.exec(output())?.[1], readFileSync(file, 'utf8').trim());
  assert.equal(statSync(file).mode & 0o777, 0o600);
  child.kill('SIGTERM');
  await once(child, 'exit');
});
