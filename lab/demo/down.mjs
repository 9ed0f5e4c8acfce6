// Removes what the demo made: everything on the engine that carries its installation's label, and its folder.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { alive, readState } from './state.mjs';

const STOP_MS = 40_000;

export async function down(paths) {
  const state = readState(paths);
  if (state === undefined) {
    console.log(`There is no demo in ${paths.root}.`);
    return 0;
  }
  // The demo stops its control plane itself; one that was left alone, after a crash of the demo, is stopped here.
  await stop(state.demo);
  await stop(state.controlPlane);

  const idFile = join(paths.data, 'installation-id');
  if (existsSync(idFile)) {
    removeFromEngine(readFileSync(idFile, 'utf8').trim());
  }
  rmSync(paths.root, { recursive: true });
  console.log(
    'Removed the demo: its containers, networks, volumes, images and folder. The Docker Engine and the stand-in images,\n' +
      'which others may use, stay.',
  );
  return 0;
}

async function stop(running) {
  if (!alive(running)) {
    return;
  }
  process.kill(running.pid, 'SIGTERM');
  const deadline = Date.now() + STOP_MS;
  while (alive(running)) {
    if (Date.now() > deadline) {
      throw new Error(`the process ${running.pid} does not end; nothing was removed`);
    }
    await delay(100);
  }
}

function removeFromEngine(installation) {
  if (!/^[A-Za-z0-9-]{8,64}$/.test(installation)) {
    throw new Error('the installation id is not one; nothing was removed');
  }
  const filter = `label=dev.havenkeep.installation=${installation}`;
  const lines = (...args) => [...new Set(docker(args).split('\n').filter(Boolean))];
  const each = (ids, ...args) => ids.forEach((id) => docker([...args, id]));

  const containers = lines('ps', '--all', '--quiet', '--filter', filter);
  // The edge's files on the host belong to it alone.
  const folders = containers.flatMap((id) =>
    lines('inspect', '--format', '{{range .Mounts}}{{if eq .Type "bind"}}{{.Source}}{{"\\n"}}{{end}}{{end}}', id),
  );
  each(containers, 'rm', '--force', '--volumes');
  each(lines('network', 'ls', '--quiet', '--filter', filter), 'network', 'rm');
  each(lines('volume', 'ls', '--quiet', '--filter', filter), 'volume', 'rm');
  each(lines('images', '--all', '--quiet', '--no-trunc', '--filter', filter), 'rmi', '--force');
  for (const folder of folders) {
    const own = /^(\/var\/lib\/havenkeep\/edge-[A-Za-z0-9-]+)(\/|$)/.exec(folder);
    if (own) {
      rmSync(own[1], { recursive: true, force: true });
    }
  }
}

function docker(args) {
  // Docker's own error text says what stood in the way.
  const binary = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';
  return execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
