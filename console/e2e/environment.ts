import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tunnel } from './tunnel.mjs';

const HAVEN = fileURLToPath(new URL('../../haven', import.meta.url));
const READY_MS = 360_000;
/** The demo's last words once everything is up. */
const READY = './haven down removes everything';

interface DemoState {
  email: string;
  password: string;
  consolePort: number;
  gitPort: number;
  httpsPort: number;
}

/**
 * Sees to what there is to test: the demo, and a control plane that nobody has set up yet. Answers what takes both away
 * again.
 */
export default async function environment(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.HAVEN_URL) return undefined;
  const parent = mkdtempSync(join(tmpdir(), 'haven-console-'));
  const folder = join(parent, 'demo');
  const demo = spawn(HAVEN, ['demo', '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let fresh: ChildProcess | undefined;
  const remove = async () => {
    await Promise.all([ended(demo, 'SIGINT'), ended(fresh, 'SIGTERM')]);
    execFileSync(HAVEN, ['down', '--data', folder]);
    rmSync(parent, { recursive: true, force: true });
  };
  try {
    await said(demo, READY);
    const state = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoState;
    const data = join(parent, 'fresh');
    const port = await freePort();
    fresh = spawn(HAVEN, ['up', '--data', data, `--server.port=${port}`, '--server.address=127.0.0.1'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await said(fresh, 'Setup token: ');
    for (const one of [state.consolePort, port]) {
      tunnel({ path: join(parent, String(one)) }, { port: one, host: '127.0.0.1' }).unref();
    }
    Object.assign(process.env, {
      HAVEN_URL: `http://localhost:${state.consolePort}`,
      HAVEN_EMAIL: state.email,
      HAVEN_PASSWORD: state.password,
      HAVEN_SAMPLE_GIT_URL: `http://127.0.0.1:${state.gitPort}/sample-app.git`,
      HAVEN_EDGE_PORT: String(state.httpsPort),
      HAVEN_FRESH_URL: `http://localhost:${port}`,
      HAVEN_FRESH_TOKEN: readFileSync(join(data, 'setup-token'), 'utf8').trim(),
      HAVEN_BROWSER_PORTS: `${state.consolePort},${port}`,
      HAVEN_BROWSER_SOCKETS: parent,
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}

async function ended(process: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (process?.exitCode !== null || process.signalCode !== null) return;
  const end = once(process, 'exit');
  process.kill(signal);
  await end;
}

/** Waits until a program has written something. */
function said(process: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`It is not up in time:\n${output}`)), READY_MS);
    const read = (data: Buffer) => {
      output += data.toString();
      if (!output.includes(words)) return;
      clearTimeout(timer);
      resolve();
    };
    process.stdout?.on('data', read);
    process.stderr?.on('data', read);
    process.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`It ended with ${code}:\n${output}`));
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
