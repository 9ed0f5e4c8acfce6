import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HAVEN = fileURLToPath(new URL('../../haven', import.meta.url));
const READY_MS = 360_000;
/** The demo's last words once everything is up. */
const READY = './haven down removes everything';

interface DemoState {
  email: string;
  password: string;
  consolePort: number;
  gitPort: number;
}

/** Sees to a control plane to test against; answers what takes it away again. */
export default async function environment(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.HAVEN_URL) return undefined;
  const parent = mkdtempSync(join(tmpdir(), 'haven-console-'));
  const folder = join(parent, 'demo');
  const demo = spawn(HAVEN, ['demo', '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const remove = async () => {
    if (demo.exitCode === null) {
      demo.kill('SIGINT');
      await once(demo, 'exit');
    }
    execFileSync(HAVEN, ['down', '--data', folder]);
    rmSync(parent, { recursive: true, force: true });
  };
  try {
    await ready(demo);
  } catch (error) {
    await remove();
    throw error;
  }
  const state = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoState;
  process.env.HAVEN_URL = `http://localhost:${state.consolePort}`;
  process.env.HAVEN_EMAIL = state.email;
  process.env.HAVEN_PASSWORD = state.password;
  process.env.HAVEN_SAMPLE_GIT_URL = `http://127.0.0.1:${state.gitPort}/sample-app.git`;
  return remove;
}

function ready(demo: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`The demo is not up in time:\n${output}`)), READY_MS);
    const read = (data: Buffer) => {
      output += data.toString();
      if (!output.includes(READY)) return;
      clearTimeout(timer);
      resolve();
    };
    demo.stdout?.on('data', read);
    demo.stderr?.on('data', read);
    demo.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The demo ended with ${code}:\n${output}`));
    });
  });
}
