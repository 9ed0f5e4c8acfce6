// Starts the control plane on the demo's folder, makes the sample application's repository, deploys it, and stays until
// it is told to stop. Each part looks first whether an earlier run has done it.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Api, ApiError } from './api.mjs';
import { serveRepositories } from './git-server.mjs';
import { alive, free, identify, newState, readState, writeState } from './state.mjs';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const HOST = 'sample.localhost';
const READY_MS = 60_000;
const DEPLOY_MS = 300_000;
const SERVING_MS = 30_000;
const STOP_MS = 30_000;
const OVER = new Set(['succeeded', 'failed', 'cancelled', 'superseded']);

export async function up(paths, listen) {
  let state = readState(paths) ?? (await newState());
  if (alive(state.demo)) {
    console.log('The demo runs already.');
    explain(paths, state);
    return 0;
  }
  if (alive(state.controlPlane)) {
    throw problem(`a control plane of the demo runs without it (process ${state.controlPlane.pid}): run ./haven down first`);
  }
  state = { ...state, demo: identify(process.pid) };
  writeState(paths, state);

  prepareRepository(paths);
  const git = await serveRepositories(paths.repositories, state.gitPort);
  state.gitPort = git.address().port;
  writeState(paths, state);

  const controlPlane = await start(paths, state, listen);
  state.controlPlane = identify(controlPlane.pid);
  writeState(paths, state);
  const stop = stopper(paths, state, controlPlane, git);
  try {
    const api = new Api(`http://127.0.0.1:${state.consolePort}`);
    await answering(api, controlPlane, paths);
    const team = await owner(api, paths, state);
    state.applicationId = await application(api, team, state);
    writeState(paths, state);
    await deployed(api, state.applicationId);
    await serving(state);
    explain(paths, state);
  } catch (error) {
    await stop.now();
    if (error instanceof ApiError || error.known) {
      console.error(`haven: ${error.message}\nhaven: the control plane's log is ${paths.log}`);
      return 1;
    }
    throw error;
  }
  return stop.whenAsked();
}

/** A repository to push to, and a working copy of it to play with. */
function prepareRepository(paths) {
  const bare = join(paths.repositories, 'sample-app.git');
  if (existsSync(join(bare, 'HEAD')) && existsSync(join(paths.workingCopy, '.git'))) {
    return;
  }
  rmSync(bare, { recursive: true, force: true });
  rmSync(paths.workingCopy, { recursive: true, force: true });
  mkdirSync(paths.repositories, { recursive: true });
  const git = (...args) => execFileSync('git', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  git('init', '--quiet', '--bare', '--initial-branch=main', bare);
  cpSync(join(HOME, 'lab/sample-app'), paths.workingCopy, { recursive: true });
  const inCopy = (...args) => git('-C', paths.workingCopy, ...args);
  inCopy('init', '--quiet', '--initial-branch=main');
  inCopy('config', 'user.name', 'Havenkeep demo');
  inCopy('config', 'user.email', 'demo@example.com');
  inCopy('add', '--all');
  inCopy('commit', '--quiet', '--message', 'A small web application');
  inCopy('remote', 'add', 'origin', bare);
  inCopy('push', '--quiet', '--set-upstream', 'origin', 'main');
}

async function start(paths, state, listen) {
  if (!(await free(state.consolePort))) {
    throw problem(`port ${state.consolePort}, where the demo's console was, is taken by another program`);
  }
  console.log('Starting the control plane …');
  const log = openSync(paths.log, 'a', 0o600);
  // In a process group of its own: Ctrl-C reaches this process alone, which then stops the control plane in order.
  return spawn(
    join(HOME, 'haven'),
    [
      'up',
      '--data',
      paths.data,
      `--server.port=${state.consolePort}`,
      `--server.address=${listen}`,
      `--haven.public-url=http://localhost:${state.consolePort}`,
      `--haven.edge.http-port=${state.httpPort}`,
      `--haven.edge.https-port=${state.httpsPort}`,
      '--haven.sources.allow-private-networks=true', // the repository is on loopback
    ],
    { detached: true, stdio: ['ignore', log, log] },
  );
}

async function answering(api, controlPlane, paths) {
  const deadline = Date.now() + READY_MS;
  while (!(await api.ready())) {
    if (controlPlane.exitCode !== null || controlPlane.signalCode !== null || Date.now() > deadline) {
      throw problem(`the control plane did not start; its log ends:\n${tail(paths.log)}`);
    }
    await delay(50);
  }
}

/** Signs in as the owner, whom the first run creates with the one-time token; answers the team's id. */
async function owner(api, paths, state) {
  if ((await api.get('/setup')).required) {
    await api.post('/setup', {
      token: readFileSync(join(paths.data, 'setup-token'), 'utf8').trim(),
      email: state.email,
      name: 'Demo Owner',
      password: state.password,
      teamName: 'Demo',
    });
  }
  const session = await api.signIn(state.email, state.password);
  return session.teams[0].id;
}

/** The sample application with its domain; answers its id. */
async function application(api, team, state) {
  const url = `http://127.0.0.1:${state.gitPort}/sample-app.git`;
  const project = await named(api, `/teams/${team}/projects`, { name: 'Demo' });
  const environment = (await api.list(`/projects/${project.id}/environments`))[0];
  const server = (await api.list(`/teams/${team}/servers`))[0];
  const found = await named(api, `/environments/${environment.id}/applications`, {
    name: 'sample',
    serverId: server.id,
    source: { kind: 'git', url, branch: 'main' },
    port: 3000,
    replicas: 1,
    healthCheck: { path: '/health' },
  });
  if (found.source.url !== url) {
    const { etag } = await api.getTagged(`/applications/${found.id}`);
    await api.patch(`/applications/${found.id}`, { source: { kind: 'git', url, branch: 'main' } }, etag);
  }
  const domains = await api.list(`/applications/${found.id}/domains`);
  if (!domains.some((domain) => domain.host === HOST)) {
    await api.post(`/applications/${found.id}/domains`, { host: HOST, certificate: 'internal', forceHttps: false });
  }
  return found.id;
}

async function named(api, path, wanted) {
  const found = (await api.list(path)).find((item) => item.name === wanted.name);
  return found ?? api.post(path, wanted);
}

/** Deploys unless a release is live, and tells each step as it ends. */
async function deployed(api, id) {
  const { status } = await api.get(`/applications/${id}`);
  if (status.state === 'running') {
    return;
  }
  let deployment = await api.post(`/applications/${id}/deployments`, {});
  console.log(`Deploying the sample application (deployment ${deployment.number ?? 1}) …`);
  const told = new Set();
  const deadline = Date.now() + DEPLOY_MS;
  while (!OVER.has(deployment.state)) {
    if (Date.now() > deadline) {
      throw problem('the deployment takes too long');
    }
    await delay(200);
    deployment = await api.get(`/deployments/${deployment.id}`);
    for (const step of deployment.steps ?? []) {
      if (step.state === 'succeeded' && !told.has(step.name)) {
        told.add(step.name);
        const ms = Date.parse(step.finishedAt) - Date.parse(step.startedAt);
        console.log(`  ${step.name.padEnd(10)} ${(ms / 1000).toFixed(1)} s`);
      }
    }
  }
  if (deployment.state !== 'succeeded') {
    throw problem(`the deployment ended ${deployment.state}: ${deployment.problem?.detail ?? 'no reason given'}`);
  }
}

/** Waits for the application's own answer through the edge. */
async function serving(state) {
  const deadline = Date.now() + SERVING_MS;
  while (!(await healthy(state.httpPort))) {
    if (Date.now() > deadline) {
      throw problem(`the application does not answer through the edge on port ${state.httpPort}`);
    }
    await delay(100);
  }
}

function healthy(port) {
  return new Promise((answer) => {
    const request = get({ host: '127.0.0.1', port, path: '/health', headers: { host: HOST }, timeout: 2000 }, (response) => {
      response.resume();
      answer(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => answer(false));
  });
}

function explain(paths, state) {
  const plain = state.httpPort === 80 ? '' : `:${state.httpPort}`;
  const secure = state.httpsPort === 443 ? '' : `:${state.httpsPort}`;
  const console_ = `http://localhost:${state.consolePort}`;
  console.log(`
  Console      ${console_}
  Sign in as   ${state.email}
  Password     ${state.password}

  Application  http://${HOST}${plain}
               https://${HOST}${secure}   (certificate of the demo's own authority)

  What to try next
    1. Open the application, then change it:
         cd ${paths.workingCopy}
         sed -i 's/It is live/It is mine/' src/settings.js
         git commit -am 'My own greeting' && git push
       and press Deploy in the console: no request fails while the new release takes over.
    2. Roll back to the first release: no build, a few seconds.
    3. Set a variable GREETING in the console and deploy: no build either.
${remoteHint(state)}
  Ctrl-C stops the control plane; the application keeps serving. ./haven down removes everything that the demo made.
`);
}

function remoteHint(state) {
  if (!process.env.SSH_CONNECTION) {
    return '';
  }
  return `
  You are here over SSH. To open these in your own browser:
    ssh -L ${state.consolePort}:localhost:${state.consolePort} -L ${state.httpPort === 80 ? 8080 : state.httpPort}:localhost:${state.httpPort} …
`;
}

/** Stops the control plane and the git server, once, for whatever reason. */
function stopper(paths, state, controlPlane, git) {
  const ended = new Promise((resolve) => {
    controlPlane.once('exit', resolve);
  });
  let stopping;

  function now() {
    stopping ??= end();
    return stopping;
  }

  async function end() {
    controlPlane.kill('SIGTERM');
    const patience = delay(STOP_MS, 'late', { ref: false });
    if ((await Promise.race([ended, patience])) === 'late') {
      controlPlane.kill('SIGKILL');
      await ended;
    }
    git.close();
    git.closeAllConnections();
    const { demo, controlPlane: stopped, ...rest } = state;
    writeState(paths, rest);
  }

  const signalled = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve(signal));
    }
  });
  // A signal while the demo is still being set up stops it just the same.
  signalled.then(async () => {
    if (stopping) {
      return; // it ends by itself already
    }
    console.log('\nStopping the control plane …');
    await now();
    console.log('Stopped. The application and its edge keep serving; ./haven down removes them.');
    process.exit(0);
  });

  return {
    now,
    /** Ends with the control plane; with an error when nobody asked it to. */
    async whenAsked() {
      await ended;
      if (stopping) {
        return new Promise(() => {}); // the signal's handler ends the process
      }
      await now();
      console.error(`haven: the control plane ended by itself; its log ends:\n${tail(paths.log)}`);
      return 1;
    },
  };
}

/** The end of the log, for people: of a structured line the message alone. */
function tail(file) {
  if (!existsSync(file)) {
    return '(there is none)';
  }
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-12)
    .map((line) => {
      try {
        const { level, message } = JSON.parse(line);
        return `  ${level} ${message.slice(0, 1000)}`;
      } catch {
        return `  ${line.slice(0, 1000)}`;
      }
    })
    .join('\n');
}

function problem(message) {
  return Object.assign(new Error(message), { known: true });
}
